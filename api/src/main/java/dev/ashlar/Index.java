// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

import dev.ashlar.internal.tensor.Masks;
import dev.ashlar.type.DType;
import dev.ashlar.type.InvalidArgumentException;

/**
 * What {@link IndexingOps#get}, {@link IndexingOps#insert} and {@link IndexingOps#set} take for one dimension, as between the brackets of
 * {@code x[0, 1:3, ..., None]} in Python. Dimensions that no index names are taken whole.
 */
public abstract sealed class Index {
    private Index() {}

    static final class At extends Index {
        final long position;

        At(long position) {
            this.position = position;
        }
    }

    static final class Range extends Index {
        final long start;
        final long end;
        final long step;

        Range(long start, long end, long step) {
            this.start = start;
            this.end = end;
            this.step = step;
        }
    }

    static final class Ellipsis extends Index {
        static final Ellipsis INSTANCE = new Ellipsis();
    }

    static final class NewAxis extends Index {
        static final NewAxis INSTANCE = new NewAxis();
    }

    static final class Positions extends Index {
        final Tensor tensor;

        Positions(Tensor tensor) {
            this.tensor = tensor;
        }
    }

    static final class Mask extends Index {
        final Tensor tensor;

        Mask(Tensor tensor) {
            this.tensor = tensor;
        }
    }

    static final class HostPositions extends Index {
        final long[] positions;

        HostPositions(long[] positions) {
            this.positions = positions;
        }
    }

    /** One position, whose dimension is gone from the result; negative values count from the end. */
    public static Index at(long position) {
        return new At(position);
    }

    /** Positions from {@code start} on, below {@code end}; negative values count from the end, values beyond a border are limited to it. */
    public static Index range(long start, long end) {
        return range(start, end, 1);
    }

    /**
     * Every {@code step}-th position from {@code start} on, below {@code end}.
     *
     * @throws InvalidArgumentException if {@code step} is not positive
     */
    public static Index range(long start, long end, long step) {
        if (step < 1) {
            throw new InvalidArgumentException("[range] expected a step >= 1, got " + step + "; use flip for the other direction");
        }
        return new Range(start, end, step);
    }

    /** All positions from {@code start} on; a negative value counts from the end. */
    public static Index from(long start) {
        return new Range(start, Long.MAX_VALUE, 1);
    }

    /** A whole dimension. */
    public static Index all() {
        return from(0);
    }

    /** As many whole dimensions as the other indices leave; at most once. */
    public static Index ellipsis() {
        return Ellipsis.INSTANCE;
    }

    /** No dimension of the tensor, but a new one of size 1 in the result. */
    public static Index newAxis() {
        return NewAxis.INSTANCE;
    }

    /**
     * Positions in any order and shape, int64 or int32; the result has the dimensions of this tensor in place of the indexed one.
     * Negative values count from the end. A tensor of bool is a {@link #mask}.
     *
     * <p>Several indices of this kind broadcast, and pick element by element. Their common dimensions stand in place of the dimensions
     * that they index if these are neighbours, else they come first, as in PyTorch.
     */
    public static Index of(Tensor positions) {
        return positions.dtype() == DType.BOOL ? new Mask(positions) : new Positions(positions);
    }

    /** Positions in any order; negative values count from the end. Together with other tensors or lists as {@link #of(Tensor)}. */
    public static Index of(long... positions) {
        return new HostPositions(positions.clone());
    }

    /**
     * The positions where a tensor of bool is true, row-major. Stands for as many dimensions as the mask has, whose sizes agree with the
     * mask's; the result has one dimension in their place. Their number depends on the mask: a call with it waits for the device and reads
     * the mask on the host.
     *
     * @throws dev.ashlar.type.DTypeMismatchException if the tensor is not of bool
     */
    public static Index mask(Tensor mask) {
        Masks.check("mask", mask);
        return new Mask(mask);
    }
}
