// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.schedule;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where the elements of a value lie in a buffer: sizes, strides and an offset, all in elements. The offset may depend on run-time
 * numbers (slice starts), each with a factor. Movement operations give new layouts and never touch data. Immutable.
 */
final class Layout {
    private static final int[] NO_NUMBERS = {};
    private static final long[] NO_FACTORS = {};

    final long[] sizes;
    final long[] strides;
    final long offset;
    final int[] numbers;
    final long[] factors;

    private Layout(long[] sizes, long[] strides, long offset, int[] numbers, long[] factors) {
        this.sizes = sizes;
        this.strides = strides;
        this.offset = offset;
        this.numbers = numbers;
        this.factors = factors;
    }

    static Layout contiguous(long[] sizes) {
        return new Layout(sizes.clone(), rowMajor(sizes), 0, NO_NUMBERS, NO_FACTORS);
    }

    static long[] rowMajor(long[] sizes) {
        long[] strides = new long[sizes.length];
        long stride = 1;
        for (int i = sizes.length - 1; i >= 0; i--) {
            strides[i] = stride;
            stride *= Math.max(1, sizes[i]);
        }
        return strides;
    }

    private Layout with(long[] newSizes, long[] newStrides, long newOffset) {
        return new Layout(newSizes, newStrides, newOffset, numbers, factors);
    }

    int rank() {
        return sizes.length;
    }

    boolean isContiguous() {
        if (offset != 0 || numbers.length != 0) {
            return false;
        }
        long stride = 1;
        for (int i = sizes.length - 1; i >= 0; i--) {
            if (sizes[i] != 1) {
                if (strides[i] != stride) {
                    return false;
                }
                stride *= sizes[i];
            }
        }
        return true;
    }

    Layout permute(int[] order) {
        long[] newSizes = new long[order.length];
        long[] newStrides = new long[order.length];
        for (int i = 0; i < order.length; i++) {
            newSizes[i] = sizes[order[i]];
            newStrides[i] = strides[order[i]];
        }
        return with(newSizes, newStrides, offset);
    }

    /** Places dimensions on the axes of an iteration space: axis i is dimension {@code from[i]}, or stride 0 if that is -1. */
    Layout spread(int[] from, long[] axisSizes) {
        long[] newStrides = new long[from.length];
        for (int i = 0; i < from.length; i++) {
            newStrides[i] = from[i] < 0 ? 0 : strides[from[i]];
        }
        return with(axisSizes.clone(), newStrides, offset);
    }

    /** Broadcasts: new leading dimensions, and dimensions of size 1, get stride 0. */
    Layout expand(long[] target) {
        long[] newStrides = new long[target.length];
        int lead = target.length - sizes.length;
        for (int i = 0; i < sizes.length; i++) {
            newStrides[lead + i] = sizes[i] == target[lead + i] ? strides[i] : 0;
        }
        return with(target.clone(), newStrides, offset);
    }

    Layout flip(int[] dims) {
        long[] newStrides = strides.clone();
        long newOffset = offset;
        for (int dim : dims) {
            newOffset += strides[dim] * (sizes[dim] - 1);
            newStrides[dim] = -strides[dim];
        }
        return with(sizes, newStrides, newOffset);
    }

    /** @param firstNumber where the starts of the dimensions stand among the run-time numbers */
    Layout slice(long[] newSizes, long[] steps, int firstNumber) {
        long[] newStrides = new long[sizes.length];
        int[] moreNumbers = Arrays.copyOf(numbers, numbers.length + sizes.length);
        long[] moreFactors = Arrays.copyOf(factors, numbers.length + sizes.length);
        int count = numbers.length;
        for (int i = 0; i < sizes.length; i++) {
            newStrides[i] = strides[i] * steps[i];
            // A dimension taken whole starts at 0 in every round.
            if (strides[i] != 0 && !(newSizes[i] == sizes[i] && steps[i] == 1)) {
                moreNumbers[count] = firstNumber + i;
                moreFactors[count++] = strides[i];
            }
        }
        return new Layout(newSizes.clone(), newStrides, offset, Arrays.copyOf(moreNumbers, count), Arrays.copyOf(moreFactors, count));
    }

    Layout window(int dim, long size, long step, long dilation) {
        long[] newSizes = Arrays.copyOf(sizes, sizes.length + 1);
        long[] newStrides = Arrays.copyOf(strides, sizes.length + 1);
        newSizes[dim] = (sizes[dim] - dilation * (size - 1) - 1) / step + 1;
        newStrides[dim] = strides[dim] * step;
        newSizes[sizes.length] = size;
        newStrides[sizes.length] = strides[dim] * dilation;
        return with(newSizes, newStrides, offset);
    }

    /** Returns the layout with other sizes of the same number of elements, or null if no strides express it. */
    @Nullable Layout reshape(long[] target) {
        long[] newStrides = new long[target.length];
        int old = 0;
        int now = 0;
        while (now < target.length || old < sizes.length) {
            if (now < target.length && target[now] == 1) {
                newStrides[now++] = 0;
                continue;
            }
            if (old < sizes.length && sizes[old] == 1) {
                old++;
                continue;
            }
            if (now == target.length || old == sizes.length) {
                return null;
            }
            int oldEnd = old + 1;
            int nowEnd = now + 1;
            long oldProduct = sizes[old];
            long nowProduct = target[now];
            while (oldProduct != nowProduct) {
                if (oldProduct < nowProduct) {
                    oldProduct *= sizes[oldEnd++];
                } else {
                    nowProduct *= target[nowEnd++];
                }
            }
            int outer = old;
            for (int inner = old + 1; inner < oldEnd; inner++) {
                if (sizes[inner] == 1) {
                    continue;
                }
                if (sizes[outer] != 1 && strides[outer] != strides[inner] * sizes[inner]) {
                    return null;
                }
                outer = inner;
            }
            long stride = strides[outer];
            for (int i = nowEnd - 1; i >= now; i--) {
                newStrides[i] = stride;
                stride *= target[i];
            }
            old = oldEnd;
            now = nowEnd;
        }
        return with(target.clone(), newStrides, offset);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Layout layout
                && offset == layout.offset
                && Arrays.equals(sizes, layout.sizes)
                && Arrays.equals(strides, layout.strides)
                && Arrays.equals(numbers, layout.numbers)
                && Arrays.equals(factors, layout.factors);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sizes) * 31 + Arrays.hashCode(strides) * 17 + Long.hashCode(offset) + Arrays.hashCode(numbers);
    }
}
