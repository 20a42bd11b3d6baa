// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import dev.ashlar.PaddingMode;
import dev.ashlar.Tensor;
import dev.ashlar.spi.ScalarOp;
import dev.ashlar.type.DType;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.Shape;
import dev.ashlar.type.ShapeMismatchException;
import java.util.Arrays;

/** Adds elements at the borders: one value, or elements read from inside at computed places. */
public final class Padding {
    private static final String NAME = "pad";

    private Padding() {}

    /** See {@link dev.ashlar.ImageOps#pad(long[], PaddingMode, double)}. */
    public static Tensor pad(Tensor x, long[] amounts, PaddingMode mode, double value) {
        Shape shape = x.shape();
        int rank = shape.rank();
        int dims = amounts.length / 2;
        if (amounts.length % 2 != 0 || dims > rank) {
            throw new InvalidArgumentException("[pad] expected up to " + rank + " pairs of amounts for shape " + shape + ", got "
                    + Arrays.toString(amounts) + "; give (before, after) for the last dimension first");
        }
        for (int i = 0; i < dims; i++) {
            long size = shape.size(rank - 1 - i);
            if (size + amounts[2 * i] + amounts[2 * i + 1] < 0) {
                throw new ShapeMismatchException("[pad] expected a result of no negative size, got " + size + " with "
                        + amounts[2 * i] + " before and " + amounts[2 * i + 1] + " after along dimension " + (rank - 1 - i)
                        + " of shape " + shape + "; cut off less");
            }
        }
        if (mode == PaddingMode.CONSTANT) {
            return x.pad(value, amounts);
        }
        if (dims < 1 || dims > 3 || rank != dims + 1 && rank != dims + 2) {
            throw new InvalidArgumentException("[pad] expected pairs for all dimensions but batch and channels in mode " + mode + ", got "
                    + Arrays.toString(amounts) + " for shape " + shape + "; use pairs of zeros, or unsqueeze");
        }
        Tensor y = x;
        for (int i = 0; i < dims; i++) {
            y = along(y, rank - 1 - i, amounts[2 * i], amounts[2 * i + 1], mode);
        }
        return y;
    }

    private static Tensor along(Tensor whole, int dim, long before, long after, PaddingMode mode) {
        if (before == 0 && after == 0) {
            return whole;
        }
        Tensor x = whole;
        long from = before;
        long out = x.shape().size(dim) + before + after;
        if (mode == PaddingMode.CIRCULAR) {
            // What is cut off does not come back at the other side, and what is left may go round more than once.
            long kept = x.shape().size(dim) + Math.min(0, before) + Math.min(0, after);
            x = x.slice(dim, Math.max(0, -before), Math.max(0, -before) + Math.max(0, kept));
            from = Math.max(0, before);
        }
        long size = x.shape().size(dim);
        long most = switch (mode) {
            case REFLECT -> size - 1;
            case CIRCULAR -> whole.shape().size(dim);
            default -> Long.MAX_VALUE;
        };
        if (Math.max(before, after) > most || size == 0 && out > 0) {
            throw new ShapeMismatchException("[pad] expected amounts " + (mode == PaddingMode.REFLECT ? "below " : "of at most ")
                    + "the size in mode " + mode + ", got " + before + " before and " + after + " after along dimension " + dim
                    + " of shape " + whole.shape() + "; pad in several steps");
        }
        Tensor place = Primitives.iota(Shape.of(out), Primitives.runtime(x)).sub(number(x, from));
        Tensor index = switch (mode) {
            case REFLECT -> {
                Tensor mirrored = place.abs().sub(number(x, size - 1)).abs();
                yield number(x, size - 1).sub(mirrored);
            }
            case REPLICATE -> Primitives.binary(
                    NAME, ScalarOp.MIN, Primitives.binary(NAME, ScalarOp.MAX, place, number(x, 0)), number(x, size - 1));
            default -> place.remainder(number(x, size));
        };
        return Indexed.read(NAME, x, dim, Indexed.spread(x.shape(), dim, index));
    }

    private static Tensor number(Tensor like, long value) {
        return Primitives.scalarOf(like, value, DType.INT64);
    }
}
