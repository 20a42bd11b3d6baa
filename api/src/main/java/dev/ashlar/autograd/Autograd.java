// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.autograd;

import dev.ashlar.Scope;
import dev.ashlar.Tensor;
import dev.ashlar.internal.tensor.Backward;
import dev.ashlar.internal.tensor.GradMode;
import dev.ashlar.type.InvalidArgumentException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Gradient mode of the calling thread, and gradients as values. */
public final class Autograd {
    private Autograd() {}

    // ---- mode -------------------------------------------------------------------------------------------------------------------

    /** Stops recording gradient rules until the scope is closed; parameters may be changed in place meanwhile. */
    public static Scope noGrad() {
        return GradMode.set(false);
    }

    /** Records gradient rules again, inside {@link #noGrad()}, until the scope is closed. */
    public static Scope enableGrad() {
        return GradMode.set(true);
    }

    /** Records gradient rules or not, until the scope is closed. */
    public static Scope setGradEnabled(boolean enabled) {
        return GradMode.set(enabled);
    }

    public static boolean isGradEnabled() {
        return GradMode.isEnabled();
    }

    /**
     * Stops recording gradient rules for good, until the scope is closed: tensors made inside are inference tensors, which later recorded
     * operations cannot save for backward, and which cannot be changed in place outside. {@link #enableGrad()} has no effect inside.
     */
    public static Scope inferenceMode() {
        return GradMode.inference(true);
    }

    /** Sets or, with false, leaves inference mode until the scope is closed. */
    public static Scope inferenceMode(boolean mode) {
        return GradMode.inference(mode);
    }

    public static boolean isInferenceMode() {
        return GradMode.isInference();
    }

    /**
     * Watches for NaN until the scope is closed. An operation that makes NaN of operands without NaN throws at once; a gradient rule
     * that makes NaN throws in backward. Both name the operation and the line of user code that recorded it. Every operation is computed
     * and looked at as it is called, which is slow: use it to find a mistake.
     */
    public static Scope detectAnomaly() {
        return GradMode.anomaly(true);
    }

    /** Watches for NaN or, with false, does not, until the scope is closed. */
    public static Scope detectAnomaly(boolean on) {
        return GradMode.anomaly(on);
    }

    // ---- gradients --------------------------------------------------------------------------------------------------------------

    /** Adds the gradients of the sum over tensors of tensor times its gradient to the leaves. */
    public static void backward(List<Tensor> tensors, List<? extends @Nullable Tensor> gradTensors) {
        backward(tensors, gradTensors, false, false);
    }

    /**
     * Adds the gradients of the sum over tensors of tensor times its gradient to the leaves.
     *
     * @param gradTensors one per tensor, of its shape; null for 1 where the tensor has one element
     * @param retainGraph whether the graph may be walked again
     * @param createGraph whether the gradients can be differentiated themselves; implies {@code retainGraph}
     */
    public static void backward(
            List<Tensor> tensors, List<? extends @Nullable Tensor> gradTensors, boolean retainGraph, boolean createGraph) {
        Backward.run(tensors, gradTensors, retainGraph || createGraph, createGraph);
    }

    /** Returns the gradients of a one-element output with respect to inputs; leaves are not touched. */
    public static List<Tensor> grad(Tensor output, List<Tensor> inputs) {
        return grad(output, inputs, false);
    }

    /**
     * Returns the gradients of a one-element output with respect to inputs; leaves are not touched.
     *
     * @param createGraph whether the gradients can be differentiated themselves
     * @throws InvalidArgumentException if the output does not depend on one of the inputs
     */
    public static List<Tensor> grad(Tensor output, List<Tensor> inputs, boolean createGraph) {
        return grad(List.of(output), inputs, Collections.singletonList(null), createGraph, createGraph);
    }

    /**
     * Returns the gradients of the sum over outputs of output times its gradient.
     *
     * @param gradOutputs one per output, of its shape; null for 1 where the output has one element
     * @param retainGraph whether the graph may be walked again
     * @param createGraph whether the gradients can be differentiated themselves
     * @throws InvalidArgumentException if the outputs do not depend on one of the inputs
     */
    public static List<Tensor> grad(
            List<Tensor> outputs,
            List<Tensor> inputs,
            List<? extends @Nullable Tensor> gradOutputs,
            boolean retainGraph,
            boolean createGraph) {
        @Nullable Tensor[] gradients = Backward.grad(outputs, inputs, gradOutputs, retainGraph || createGraph, createGraph);
        Tensor[] complete = new Tensor[gradients.length];
        for (int i = 0; i < gradients.length; i++) {
            Tensor gradient = gradients[i];
            if (gradient == null) {
                throw new InvalidArgumentException("[grad] expected outputs that depend on every input, got input " + i
                        + ", which was not used; pass allowUnused for null in its place");
            }
            complete[i] = gradient;
        }
        return Arrays.asList(complete);
    }

    /**
     * Returns the gradients of the sum over outputs of output times its gradient.
     *
     * @param gradOutputs one per output, of its shape; null for 1 where the output has one element
     * @param retainGraph whether the graph may be walked again
     * @param createGraph whether the gradients can be differentiated themselves
     * @param allowUnused whether inputs that the outputs do not depend on are allowed
     * @return one per input, null where the outputs do not depend on it
     * @throws InvalidArgumentException if the outputs do not depend on one of the inputs and {@code allowUnused} is false
     */
    public static List<@Nullable Tensor> grad(
            List<Tensor> outputs,
            List<Tensor> inputs,
            List<? extends @Nullable Tensor> gradOutputs,
            boolean retainGraph,
            boolean createGraph,
            boolean allowUnused) {
        return grad(outputs, inputs, gradOutputs, retainGraph, createGraph, allowUnused, false);
    }

    /**
     * Returns the gradients of the sum over outputs of output times its gradient; parameters as in the shorter one.
     *
     * @param materializeGrads whether zeros take the place of null; implies {@code allowUnused}
     */
    public static List<@Nullable Tensor> grad(
            List<Tensor> outputs,
            List<Tensor> inputs,
            List<? extends @Nullable Tensor> gradOutputs,
            boolean retainGraph,
            boolean createGraph,
            boolean allowUnused,
            boolean materializeGrads) {
        if (!allowUnused && !materializeGrads) {
            return List.copyOf(grad(outputs, inputs, gradOutputs, retainGraph, createGraph));
        }
        @Nullable Tensor[] gradients = Backward.grad(outputs, inputs, gradOutputs, retainGraph || createGraph, createGraph);
        for (int i = 0; materializeGrads && i < gradients.length; i++) {
            if (gradients[i] == null) {
                gradients[i] = inputs.get(i).zerosLike();
            }
        }
        return Arrays.asList(gradients);
    }

    // ---- products and matrices of derivatives -----------------------------------------------------------------------------------

    /**
     * A value and a product with its derivative.
     *
     * @param output what the function returned
     * @param product of the Jacobian with a vector
     */
    public record Product(Tensor output, Tensor product) {}

    /** Returns the function's value and the vector {@code v}, of its shape, times the Jacobian: shape of the input. */
    public static Product vjp(UnaryOperator<Tensor> function, Tensor input, Tensor v) {
        return Derivatives.vjp(function, input, v);
    }

    /** Returns the function's value and the Jacobian times the vector {@code v}, of the input's shape: shape of the value. */
    public static Product jvp(UnaryOperator<Tensor> function, Tensor input, Tensor v) {
        return Derivatives.jvp(function, input, v);
    }

    /** Returns the derivatives of all elements of the value with respect to all elements of the input: [output..., input...]. */
    public static Tensor jacobian(UnaryOperator<Tensor> function, Tensor input) {
        return Derivatives.jacobian(given -> function.apply(given.getFirst()), List.of(input), false).getFirst();
    }

    /**
     * Returns the derivatives of all elements of the value with respect to each input: [output..., input...].
     *
     * @param createGraph whether they can be differentiated themselves
     */
    public static List<Tensor> jacobian(Function<List<Tensor>, Tensor> function, List<Tensor> inputs, boolean createGraph) {
        return Derivatives.jacobian(function, inputs, createGraph);
    }

    /** Returns the second derivatives of a value of one element: [input..., input...]. */
    public static Tensor hessian(UnaryOperator<Tensor> function, Tensor input) {
        return Derivatives.hessian(function, input);
    }

    /** Returns the function's value, of one element, and the Hessian times the vector {@code v}, of the input's shape. */
    public static Product hvp(UnaryOperator<Tensor> function, Tensor input, Tensor v) {
        return Derivatives.hvp(function, input, v);
    }
}
