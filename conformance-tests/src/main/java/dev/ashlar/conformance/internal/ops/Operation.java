// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.ops;

import dev.ashlar.Tensor;
import dev.ashlar.type.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * One operation of tensors.
 *
 * @param name under which it is reported
 * @param call the operation
 * @param reference the same, written independently
 * @param samples operands; the first one is used wherever one is enough
 * @param edges operands of size 1, without dimensions and without elements
 * @param types that its numbers may have
 * @param whole whether types are refused that are only stored, and computed in another
 * @param signed whether the reference knows nothing of types without negative numbers
 * @param products whether it needs matrix products of the type
 * @param units how far float results may be off, in half units in the last place of the larger of the result and {@code scale}; 0:
 *     correctly rounded
 * @param scale size of intermediate values that errors come from
 * @param orders how often it can be differentiated: 0, 1 or 2
 * @param specials values for every operand, in all combinations; may be none
 * @param kinks points with the convention for the gradient
 * @param misuses calls that must be refused
 */
public record Operation(
        String name,
        Function<Tensor[], Tensor> call,
        Function<Values[], Values> reference,
        List<List<Input>> samples,
        List<List<Input>> edges,
        Set<DType> types,
        boolean whole,
        boolean signed,
        boolean products,
        double units,
        double scale,
        int orders,
        List<Double> specials,
        List<Kink> kinks,
        List<Misuse> misuses) {
    /** Types whose arithmetic is real. */
    public static final Set<DType> FLOATS = Set.of(DType.FLOAT32, DType.FLOAT64);
    /** Floating-point types and integers. */
    public static final Set<DType> NUMBERS = Set.of(DType.FLOAT32, DType.FLOAT64, DType.INT32, DType.INT64);
    /** Numbers and bool. */
    public static final Set<DType> ALL = Set.of(DType.FLOAT32, DType.FLOAT64, DType.INT32, DType.INT64, DType.BOOL);
    /** Integers and bool. */
    public static final Set<DType> BITS = Set.of(DType.INT32, DType.INT64, DType.BOOL);

    /**
     * Where the derivative jumps.
     *
     * @param operands one value for each element of each operand
     * @param gradients of the sum of the results, in the same order
     */
    public record Kink(double[][] operands, double[][] gradients) {}

    /**
     * A call that must be refused.
     *
     * @param what is wrong with it
     * @param call made with zeros of float32 of the given shapes
     * @param exception expected
     * @param message part of the expected message
     * @param shapes of the operands
     */
    public record Misuse(
            String what, Function<Tensor[], Tensor> call, Class<? extends Exception> exception, String message, int[]... shapes) {}

    /** Starts a record; without more it is for floats, correctly rounded and without derivative. */
    public static Builder of(String name, Function<Tensor[], Tensor> call, Function<Values[], Values> reference) {
        return new Builder(name, call, reference);
    }

    /** Starts a record of a function of one operand. */
    public static Builder unary(String name, UnaryOperator<Tensor> call, java.util.function.DoubleUnaryOperator reference) {
        return new Builder(name, in -> call.apply(in[0]), in -> in[0].map(reference))
                .edge(Input.of()).edge(Input.of(1)).edge(Input.of(0)).edge(Input.of(2, 0, 3));
    }

    /** Starts a record of a function of two operands, which broadcast. */
    public static Builder binary(
            String name, java.util.function.BinaryOperator<Tensor> call, java.util.function.DoubleBinaryOperator reference) {
        return new Builder(name, in -> call.apply(in[0], in[1]), in -> Values.zip(in[0], in[1], reference))
                .edge(Input.of(), Input.of()).edge(Input.of(1), Input.of()).edge(Input.of(3), Input.of(0, 1))
                .edge(Input.of(1, 3), Input.of(2, 1));
    }

    /** Collects what a record says. */
    public static final class Builder {
        private final String name;
        private final Function<Tensor[], Tensor> call;
        private final Function<Values[], Values> reference;
        private final List<List<Input>> samples = new ArrayList<>();
        private final List<List<Input>> edges = new ArrayList<>();
        private final List<Double> specials = new ArrayList<>();
        private final List<Kink> kinks = new ArrayList<>();
        private final List<Misuse> misuses = new ArrayList<>();
        private Set<DType> types = FLOATS;
        private boolean whole;
        private boolean signed;
        private boolean products;
        private double units;
        private double scale;
        private int orders;

        private Builder(String name, Function<Tensor[], Tensor> call, Function<Values[], Values> reference) {
            this.name = name;
            this.call = call;
            this.reference = reference;
        }

        /** Adds operands to test with. */
        public Builder on(Input... operands) {
            samples.add(List.of(operands));
            return this;
        }

        /** Adds operands of extreme shapes. */
        public Builder edge(Input... operands) {
            edges.add(List.of(operands));
            return this;
        }

        /** Replaces the operands of extreme shapes by those of another range. */
        public Builder edgesBetween(double low, double high) {
            edges.replaceAll(operands -> operands.stream().map(input -> Input.between(low, high, input.shape())).toList());
            return this;
        }

        public Builder types(Set<DType> values) {
            types = values;
            return this;
        }

        /** Says that types are refused that are only stored, and computed in another. */
        public Builder whole() {
            whole = true;
            return this;
        }

        /** Says that the reference counts with negative numbers. */
        public Builder signed() {
            signed = true;
            return this;
        }

        /** Says that the operation multiplies matrices. */
        public Builder products() {
            products = true;
            return this;
        }

        /** Allows errors relative to the result. */
        public Builder within(double halfUnits) {
            return within(halfUnits, 0);
        }

        /** Allows errors relative to the larger of the result and a size. */
        public Builder within(double halfUnits, double size) {
            units = halfUnits;
            scale = size;
            return this;
        }

        /** Says that the operation has a gradient. */
        public Builder smooth() {
            orders = 1;
            return this;
        }

        /** Says that the operation has a gradient, whose own gradient is tested too. */
        public Builder smoothTwice() {
            orders = 2;
            return this;
        }

        /** Adds NaN, infinities, zeros and ones as operands, in all combinations. */
        public Builder specials(double... more) {
            specials.addAll(List.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 0.0, -0.0, 1.0, -1.0));
            for (double value : more) {
                specials.add(value);
            }
            return this;
        }

        /** Adds the convention for the gradient of the sum of results of one operand. */
        public Builder kink(double[] operand, double[] gradient) {
            kinks.add(new Kink(new double[][] {operand}, new double[][] {gradient}));
            return this;
        }

        public Builder kink(double[][] operands, double[][] gradients) {
            kinks.add(new Kink(operands, gradients));
            return this;
        }

        /** Adds a call of the operation itself that must be refused, on zeros of these shapes. */
        public Builder refuses(String what, Class<? extends Exception> exception, String message, int[]... shapes) {
            return refuses(what, call, exception, message, shapes);
        }

        public Builder refuses(
                String what, Function<Tensor[], Tensor> other, Class<? extends Exception> exception, String message, int[]... shapes) {
            misuses.add(new Misuse(what, other, exception, message, shapes));
            return this;
        }

        public Operation build() {
            return new Operation(name, call, reference, List.copyOf(samples), List.copyOf(edges), new TreeSet<>(types), whole, signed,
                    products, units, scale, orders, List.copyOf(specials), List.copyOf(kinks), List.copyOf(misuses));
        }
    }

    /** Returns whether there is a reference for a type: what a type is computed in, that is what it can do. */
    public boolean takes(DType type) {
        return types.contains(type.arithmetic()) && !(whole && type != type.arithmetic()) && !(signed && type == DType.UINT8);
    }

    /** Returns the first sample. */
    public List<Input> sample() {
        return samples.getFirst();
    }

    /** Returns the special values in all combinations, one operand after the other. */
    public Values[] specialOperands() {
        int operands = sample().size();
        int count = specials.size();
        int total = (int) Math.pow(count, operands);
        return IntStream.range(0, operands).mapToObj(operand -> Values.fill(new int[] {total}, index ->
                specials.get((int) (index[0] / Math.pow(count, operand)) % count))).toArray(Values[]::new);
    }
}
