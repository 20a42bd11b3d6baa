// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.autograd;

import dev.ashlar.Tensor;
import dev.ashlar.type.AshlarException;
import dev.ashlar.type.DType;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Compares gradient rules with central differences. Works in float64; the gradient that is checked is that of a weighted sum of the
 * result's elements, with fixed weights of which no two are equal.
 */
public final class GradCheck {
    private static final double EPSILON = 1e-6;
    private static final double RTOL = 1e-3;
    private static final double ATOL = 1e-5;

    private GradCheck() {}

    /** Checks with a step of 1e-6 and tolerances of 1e-3 relative and 1e-5 absolute. */
    public static void check(Function<List<Tensor>, Tensor> function, List<Tensor> inputs) {
        check(function, inputs, EPSILON, RTOL, ATOL);
    }

    /**
     * Checks the gradients of a function with respect to every input that requires one. The inputs are not changed: the function gets
     * copies, and it must give the same result for the same values.
     *
     * @param function of the inputs, in their order; its result is float64
     * @param inputs those that require gradients are float64, at least one does; other ones are passed on as they are
     * @param epsilon how far an element is moved to each side
     * @throws AshlarException if a gradient differs from the difference quotient d by more than {@code atol + rtol |d|}; the message
     *     names input, element and both numbers
     */
    public static void check(Function<List<Tensor>, Tensor> function, List<Tensor> inputs, double epsilon, double rtol, double atol) {
        List<Integer> checked = checked(inputs);
        List<double[]> values = new ArrayList<>();
        for (int place : checked) {
            values.add(inputs.get(place).toDoubleArray());
        }
        List<Tensor> copies = copies(inputs, checked, values);
        Tensor result = function.apply(copies);
        checkResult(result);
        double[] weights = weights(result.shape());
        List<@Nullable Tensor> gradients = Autograd.grad(
                List.of(result), checked.stream().map(copies::get).toList(), List.of(like(result, weights)), false, false, true);
        for (int i = 0; i < values.size(); i++) {
            Shape shape = inputs.get(checked.get(i)).shape();
            double[] analytic = gradient(gradients.get(i), shape, checked.get(i));
            double[] value = values.get(i);
            for (int element = 0; element < value.length; element++) {
                double middle = value[element];
                value[element] = middle + epsilon;
                double[] above = function.apply(copies(inputs, checked, values)).toDoubleArray();
                value[element] = middle - epsilon;
                double[] below = function.apply(copies(inputs, checked, values)).toDoubleArray();
                value[element] = middle;
                double numeric = 0;
                for (int j = 0; j < weights.length; j++) {
                    numeric += weights[j] * (above[j] - below[j]) / (2 * epsilon);
                }
                // Written so that NaN on one side only is a difference too.
                boolean bothNan = Double.isNaN(numeric) && Double.isNaN(analytic[element]);
                if (!bothNan && !(Math.abs(analytic[element] - numeric) <= atol + rtol * Math.abs(numeric))) {
                    throw new AshlarException("[gradCheck] expected a gradient of " + numeric + " for input " + checked.get(i)
                            + " of shape " + shape + " at " + Arrays.toString(coordinates(shape, element))
                            + " by central differences, got " + analytic[element] + "; correct the gradient rule, or choose inputs"
                            + " away from places where the derivative jumps");
                }
            }
        }
    }

    /** Checks second derivatives with a step of 1e-6 and tolerances of 1e-3 relative and 1e-5 absolute. */
    public static void checkSecond(Function<List<Tensor>, Tensor> function, List<Tensor> inputs) {
        checkSecond(function, inputs, EPSILON, RTOL, ATOL);
    }

    /**
     * Checks the gradients of the gradients, with respect to the inputs and to the gradient that flows into the result. Parameters as
     * in {@link #check(Function, List, double, double, double)}; in messages the gradient of the result counts as one more input.
     */
    public static void checkSecond(
            Function<List<Tensor>, Tensor> function, List<Tensor> inputs, double epsilon, double rtol, double atol) {
        List<Integer> checked = checked(inputs);
        Tensor result = function.apply(inputs);
        checkResult(result);
        List<Tensor> all = new ArrayList<>(inputs);
        all.add(like(result, weights(result.shape())).requiresGrad(true));
        check(given -> gradients(function, given, checked), all, epsilon, rtol, atol);
    }

    /** Returns all gradients of the function one after the other, in a form that can be differentiated. */
    private static Tensor gradients(Function<List<Tensor>, Tensor> function, List<Tensor> given, List<Integer> checked) {
        Tensor result = function.apply(given.subList(0, given.size() - 1));
        List<Tensor> wanted = checked.stream().map(given::get).toList();
        List<@Nullable Tensor> gradients = Autograd.grad(
                List.of(result), wanted, Collections.singletonList(given.getLast()), true, true, true);
        Tensor[] flat = new Tensor[wanted.size()];
        for (int i = 0; i < flat.length; i++) {
            Tensor gradient = gradients.get(i);
            flat[i] = (gradient == null ? wanted.get(i).zerosLike() : gradient).flatten();
        }
        return Tensor.cat(0, flat);
    }

    private static List<Integer> checked(List<Tensor> inputs) {
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            Tensor input = inputs.get(i);
            if (!input.requiresGrad()) {
                continue;
            }
            if (input.dtype() != DType.FLOAT64) {
                throw new InvalidArgumentException("[gradCheck] expected inputs of float64, got input " + i + " of " + input.dtype()
                        + "; difference quotients are too coarse in it, cast with to(DType.FLOAT64)");
            }
            places.add(i);
        }
        if (places.isEmpty()) {
            throw new InvalidArgumentException("[gradCheck] expected an input that requires gradients, got none; call"
                    + " requiresGrad(true)");
        }
        return places;
    }

    private static void checkResult(Tensor result) {
        if (result.dtype() != DType.FLOAT64 || !result.requiresGrad()) {
            throw new AshlarException("[gradCheck] expected a float64 result that depends on the inputs, got " + result.dtype()
                    + (result.requiresGrad() ? "; compute in float64" : " without gradient; was it computed inside noGrad or detached?"));
        }
    }

    private static List<Tensor> copies(List<Tensor> inputs, List<Integer> checked, List<double[]> values) {
        List<Tensor> copies = new ArrayList<>(inputs);
        for (int i = 0; i < values.size(); i++) {
            copies.set(checked.get(i), like(inputs.get(checked.get(i)), values.get(i)).requiresGrad(true));
        }
        return copies;
    }

    private static Tensor like(Tensor tensor, double[] values) {
        Tensor flat = Tensor.of(values).to(tensor.device());
        try (var _ = Autograd.noGrad()) {
            return flat.reshape(tensor.shape().toArray()).clone();
        }
    }

    /** Returns numbers in [0.5, 1.5) that are spread evenly and have no order. */
    private static double[] weights(Shape shape) {
        double[] weights = new double[Math.toIntExact(shape.elements())];
        double golden = (Math.sqrt(5) - 1) / 2;
        Arrays.setAll(weights, i -> 0.5 + (i + 1) * golden % 1);
        return weights;
    }

    private static double[] gradient(@Nullable Tensor gradient, Shape shape, int input) {
        if (gradient == null) {
            return new double[Math.toIntExact(shape.elements())];
        }
        if (!gradient.shape().equals(shape) || gradient.dtype() != DType.FLOAT64) {
            throw new AshlarException("[gradCheck] expected a float64 gradient of shape " + shape + " for input " + input + ", got "
                    + gradient.dtype() + " of shape " + gradient.shape() + "; correct the gradient rule");
        }
        return gradient.toDoubleArray();
    }

    private static long[] coordinates(Shape shape, int element) {
        long[] coordinates = new long[shape.rank()];
        long rest = element;
        for (int dim = shape.rank() - 1; dim >= 0; dim--) {
            coordinates[dim] = rest % shape.size(dim);
            rest /= shape.size(dim);
        }
        return coordinates;
    }
}
