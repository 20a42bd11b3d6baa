// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.java.vector;

import dev.ashlar.runtime.java.device.Operands;
import dev.ashlar.spi.KernelArgs;

/**
 * The iteration space of one launch as a program walks it: axes in a chosen order, those of size 1 left out, neighbours merged where
 * every operand allows it. An operand is a binding, or the coordinate along an axis, which behaves like memory with stride 1 along
 * that axis. Configured per launch, read by all threads.
 */
final class Space {
    static final Space NONE = new Space(new int[0], new int[0], 0);

    private final int[] bindings;
    private final int[] axes;
    private final long[] sizes;
    private final long[][] steps;
    private final long[] bases;
    private final boolean[] linear;
    private int rank;
    private long points;

    /**
     * @param bindings number of the binding for each operand
     * @param axes for the operands after the bindings: the axis whose coordinate they are
     * @param rank most axes that a launch has
     */
    Space(int[] bindings, int[] axes, int rank) {
        this.bindings = bindings;
        this.axes = axes;
        int count = bindings.length + axes.length;
        this.sizes = new long[Math.max(1, rank)];
        this.steps = new long[count][Math.max(1, rank)];
        this.bases = new long[count];
        this.linear = new boolean[count];
    }

    /**
     * Takes over a launch.
     *
     * @param order the axes to walk, outermost first
     * @param count how many of {@code order} to use
     */
    void configure(Operands operands, KernelArgs args, int[] order, int count) {
        long[] given = args.sizes();
        rank = 0;
        points = 1;
        for (int i = 0; i < count; i++) {
            int axis = order[i];
            long size = given[axis];
            points *= size;
            if (size == 1) {
                continue;
            }
            boolean merge = rank > 0;
            for (int o = 0; o < bases.length && merge; o++) {
                merge = steps[o][rank - 1] == step(operands, args, o, axis) * size;
            }
            int to = merge ? rank - 1 : rank++;
            sizes[to] = merge ? sizes[to] * size : size;
            for (int o = 0; o < bases.length; o++) {
                steps[o][to] = step(operands, args, o, axis);
            }
        }
        if (rank == 0) {
            rank = 1;
            sizes[0] = 1;
            for (long[] step : steps) {
                step[0] = 0;
            }
        }
        for (int o = 0; o < bases.length; o++) {
            boolean binding = o < bindings.length;
            bases[o] = binding ? operands.address(bindings[o]) : 0;
            long expected = binding ? operands.type(bindings[o]).bytes() : 1;
            boolean gapless = true;
            for (int axis = rank - 1; axis >= 0; axis--) {
                gapless &= steps[o][axis] == expected;
                expected *= sizes[axis];
            }
            linear[o] = gapless;
        }
    }

    private long step(Operands operands, KernelArgs args, int operand, int axis) {
        if (operand >= bindings.length) {
            return axes[operand - bindings.length] == axis ? 1 : 0;
        }
        int binding = bindings[operand];
        return args.strides()[binding][axis] * operands.type(binding).bytes();
    }

    /** Moves the start of an operand, for a batch or tile of a larger space. */
    void rebase(int operand, long address) {
        bases[operand] = address;
    }

    int rank() {
        return rank;
    }

    long points() {
        return points;
    }

    long size(int axis) {
        return sizes[axis];
    }

    /** Returns the distance in bytes (of a coordinate: 1) from one point to the next, for each axis. */
    long[] steps(int operand) {
        return steps[operand];
    }

    long base(int operand) {
        return bases[operand];
    }

    /** Returns whether the operand's elements follow each other without gaps in the order of the points. */
    boolean isLinear(int operand) {
        return linear[operand];
    }
}
