// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.spi;

import dev.ashlar.type.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a backend is asked to compute: immutable data with structural equality. Sizes, strides, offsets and run-time scalars are
 * not part of it, they come with each launch in {@link KernelArgs}. The kinds do not grow within a major {@link SpecVersion}.
 *
 * <p>Every kernel runs over an iteration space. Each binding has one stride per iteration axis; where an operand does not vary
 * along an axis, its stride there is 0. Bindings are ordered: all inputs, then all outputs, then (gather and scatter) the error
 * word. An output never overlaps an input, unless it has the same buffer, the same strides and the same offset; outputs of one
 * kernel do not overlap each other, and no output has two coordinates for one element.
 */
public sealed interface Kernel {
    /** Returns the storage types of the inputs in binding order. */
    List<DType> inputs();

    /** Returns the storage types of the outputs in binding order. */
    List<DType> outputs();

    /** Returns how many run-time scalars the expressions read. */
    int params();

    /**
     * Evaluates {@code body} at every point of the iteration space and stores its results.
     *
     * @param body result i has the type of output i
     */
    record Map(List<DType> inputs, List<DType> outputs, int params, Expr body) implements Kernel {
        public Map {
            inputs = List.copyOf(inputs);
            outputs = List.copyOf(outputs);
        }
    }

    /**
     * Folds. The iteration space is the kept axes followed by the {@code reducedAxes} last ones. At each kept coordinate the single
     * result of {@code prologue} is folded over the reduced axes in type {@code accumulator}; then {@code epilogue}, which reads the
     * folded value as {@link ScalarOp#RESULT} and may read inputs that do not vary along the reduced axes, is stored.
     *
     * <p>A float32 sum is accumulated blockwise in float32, or better; error at most {@code 8 sqrt(n) u sum|x|} and never above
     * {@code 1e-4 sum|x|} relative to exact summation.
     *
     * @param accumulator float64 for float64, float32 for other floating sums and products, int64 for integer and bool sums and
     *     products and for positions (then the prologue's own type is compared); the prologue's type for max and min
     */
    record Reduce(
            List<DType> inputs, DType output, int params, int reducedAxes, ReduceOp op, DType accumulator, Expr prologue, Expr epilogue)
            implements Kernel {
        public Reduce {
            inputs = List.copyOf(inputs);
        }

        @Override
        public List<DType> outputs() {
            return List.of(output);
        }
    }

    /**
     * A batched matrix product over any strides: the sum over the last {@code sumAxes} axes of input 0 times input 1. The iteration
     * space is batch axes, row axes, column axes, sum axes, in this order; input 0 has stride 0 along columns, input 1 along rows, and
     * the output and the inputs from number 2 on, which only the epilogue reads, along the sum axes.
     *
     * <p>Accumulates in {@code accumulator} and may contract. An integer product wraps in its own type.
     */
    record Contract(
            List<DType> inputs,
            DType output,
            int params,
            int batchAxes,
            int rowAxes,
            int columnAxes,
            int sumAxes,
            DType accumulator,
            Expr epilogue)
            implements Kernel {
        public Contract {
            inputs = List.copyOf(inputs);
        }

        @Override
        public List<DType> outputs() {
            return List.of(output);
        }
    }

    /**
     * Indexed read: {@code output[p] = source[p with p[axis] = index[p]]}. Input 0 is the source, input 1 the index (int64 or int32).
     * The source's stride along {@code axis} is the one to multiply the index with. An index outside of [0, extent) reads 0 and is
     * recorded in the error word, the last binding: two int64, set to {@link KernelArgs#site()} and the bad index; of several bad
     * ones any.
     */
    record Gather(DType type, DType index, int axis) implements Kernel {
        @Override
        public List<DType> inputs() {
            return List.of(type, index);
        }

        @Override
        public List<DType> outputs() {
            return List.of(type);
        }

        @Override
        public int params() {
            return 0;
        }
    }

    /**
     * Indexed write: for every p of the iteration space, in ascending order along {@code axis},
     * {@code target[p with p[axis] = index[p]] op= source[p]}. Input 0 is the source, input 1 the index (int64 or int32), the output is
     * the target, which holds its base values already. Bad indices write nothing and are recorded as in {@link Gather}. Since the other
     * coordinates agree, lines along {@code axis} are independent; the order within a line is fixed, so the result is deterministic.
     * The core sends add, max and min of arithmetic types only.
     */
    record Scatter(DType type, DType index, int axis, ScatterOp op) implements Kernel {
        @Override
        public List<DType> inputs() {
            return List.of(type, index);
        }

        @Override
        public List<DType> outputs() {
            return List.of(type);
        }

        @Override
        public int params() {
            return 0;
        }
    }

    /**
     * Independent maps of different shapes, submitted as one. Bindings are those of the members one after the other, of each member
     * its inputs, then its outputs; each member has
     * its own {@link KernelArgs} in {@link KernelArgs#members()}, with its own number of axes. A group has at most 64 bindings in all; a
     * backend that takes fewer refuses it and gets the members one by one.
     */
    record Group(List<Map> members) implements Kernel {
        public Group {
            members = List.copyOf(members);
        }

        @Override
        public List<DType> inputs() {
            List<DType> all = new ArrayList<>();
            members.forEach(member -> all.addAll(member.inputs()));
            return all;
        }

        @Override
        public List<DType> outputs() {
            List<DType> all = new ArrayList<>();
            members.forEach(member -> all.addAll(member.outputs()));
            return all;
        }

        @Override
        public int params() {
            return members.stream().mapToInt(Map::params).sum();
        }
    }

    /**
     * A larger operation that a backend may claim by {@code name@version} in its {@link Capabilities}; unclaimed ones are never sent.
     *
     * @param attributes whole numbers that select the variant, for example the axis
     */
    record Composite(String name, int version, List<DType> inputs, List<DType> outputs, SortedMap<String, Long> attributes)
            implements Kernel {
        public Composite {
            inputs = List.copyOf(inputs);
            outputs = List.copyOf(outputs);
            attributes = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
        }

        @Override
        public int params() {
            return 0;
        }
    }
}
