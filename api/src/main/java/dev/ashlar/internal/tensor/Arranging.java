// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import dev.ashlar.Tensor;
import dev.ashlar.type.DType;
import dev.ashlar.type.DTypeMismatchException;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.Shape;
import dev.ashlar.type.ShapeMismatchException;
import java.util.Arrays;

/** Rearranging of channels and pixels, all by movement alone, and grids of places. */
public final class Arranging {
    private Arranging() {}

    private static void checkFactor(String name, Tensor x, long factor) {
        if (x.shape().rank() < 3) {
            throw new ShapeMismatchException("[" + name + "] expected an input of shape [..., channels, rows, columns], got " + x.shape()
                    + "; add missing dimensions with unsqueeze");
        }
        if (factor < 1) {
            throw new InvalidArgumentException("[" + name + "] expected a factor >= 1, got " + factor + "; 1 changes nothing");
        }
    }

    /** See {@link dev.ashlar.ImageOps#pixelShuffle(long)}. */
    public static Tensor pixelShuffle(Tensor x, long factor) {
        checkFactor("pixelShuffle", x, factor);
        long[] sizes = x.shape().toArray();
        int lead = sizes.length - 3;
        if (sizes[lead] % (factor * factor) != 0) {
            throw new ShapeMismatchException("[pixelShuffle] expected channels in a multiple of " + factor * factor + ", got shape "
                    + x.shape() + "; dimension " + lead + " holds them");
        }
        long channels = sizes[lead] / (factor * factor);
        long[] split = Arrays.copyOf(sizes, lead + 5);
        long[] tail = {channels, factor, factor, sizes[lead + 1], sizes[lead + 2]};
        System.arraycopy(tail, 0, split, lead, 5);
        int[] order = order(lead, 0, 3, 1, 4, 2);
        sizes[lead] = channels;
        sizes[lead + 1] *= factor;
        sizes[lead + 2] *= factor;
        return x.reshape(split).permute(order).reshape(sizes);
    }

    /** See {@link dev.ashlar.ImageOps#pixelUnshuffle(long)}. */
    public static Tensor pixelUnshuffle(Tensor x, long factor) {
        checkFactor("pixelUnshuffle", x, factor);
        long[] sizes = x.shape().toArray();
        int lead = sizes.length - 3;
        if (sizes[lead + 1] % factor != 0 || sizes[lead + 2] % factor != 0) {
            throw new ShapeMismatchException("[pixelUnshuffle] expected rows and columns in multiples of " + factor + ", got shape "
                    + x.shape() + "; pad or cut them");
        }
        long[] split = Arrays.copyOf(sizes, lead + 5);
        long[] tail = {sizes[lead], sizes[lead + 1] / factor, factor, sizes[lead + 2] / factor, factor};
        System.arraycopy(tail, 0, split, lead, 5);
        int[] order = order(lead, 0, 2, 4, 1, 3);
        sizes[lead] *= factor * factor;
        sizes[lead + 1] /= factor;
        sizes[lead + 2] /= factor;
        return x.reshape(split).permute(order).reshape(sizes);
    }

    private static int[] order(int lead, int... tail) {
        int[] order = new int[lead + tail.length];
        Arrays.setAll(order, i -> i < lead ? i : lead + tail[i - lead]);
        return order;
    }

    /** See {@link dev.ashlar.ImageOps#channelShuffle(long)}. */
    public static Tensor channelShuffle(Tensor x, long groups) {
        Shape shape = x.shape();
        if (shape.rank() < 3) {
            throw new ShapeMismatchException("[channelShuffle] expected an input of shape [batch, channels, ...], got " + shape
                    + "; add missing dimensions with unsqueeze");
        }
        if (groups < 1 || shape.size(1) % groups != 0) {
            throw new InvalidArgumentException("[channelShuffle] expected groups that divide the " + shape.size(1) + " channels, got "
                    + groups + "; use another number of groups");
        }
        long[] split = new long[shape.rank() + 1];
        split[0] = shape.size(0);
        split[1] = groups;
        split[2] = shape.size(1) / groups;
        System.arraycopy(shape.toArray(), 2, split, 3, shape.rank() - 2);
        return x.reshape(split).transpose(1, 2).reshape(shape.toArray());
    }

    /** See {@link dev.ashlar.ImageOps#affineGrid(long[], boolean)}. */
    public static Tensor affineGrid(Tensor theta, long[] size, boolean alignCorners) {
        int rank = size.length - 2;
        if (rank != 2 && rank != 3 || Arrays.stream(size).anyMatch(value -> value < 1)) {
            throw new InvalidArgumentException("[affineGrid] expected a size of 4 numbers for images or 5 for volumes, all >= 1, got "
                    + Arrays.toString(size) + "; it is the shape of what the grid will sample to");
        }
        Shape expected = Shape.of(size[0], rank, rank + 1);
        if (!theta.shape().equals(expected)) {
            throw new ShapeMismatchException("[affineGrid] expected matrices of shape " + expected + " for the size "
                    + Arrays.toString(size) + ", got " + theta.shape() + "; one per image");
        }
        if (!theta.dtype().isFloatingPoint()) {
            throw new DTypeMismatchException("[affineGrid] expected matrices of a floating-point type, got " + theta.dtype()
                    + "; cast them, for example with to(DType.FLOAT32)");
        }
        return Widened.apply(theta, wide -> grid(wide, size, alignCorners));
    }

    private static Tensor grid(Tensor theta, long[] size, boolean alignCorners) {
        int rank = size.length - 2;
        long[] sizes = Arrays.copyOfRange(size, 2, 2 + rank);
        DType type = theta.dtype();
        Tensor[] coordinates = new Tensor[rank + 1];
        long[] whole = Arrays.copyOf(sizes, rank + 1);
        whole[rank] = 1;
        for (int i = 0; i < rank; i++) {
            int axis = rank - 1 - i;
            long[] along = new long[rank + 1];
            Arrays.fill(along, 1);
            along[axis] = sizes[axis];
            coordinates[i] = evenly(theta, sizes[axis], alignCorners).reshape(along).expand(whole);
        }
        coordinates[rank] = Primitives.full(Shape.of(whole), 1L, type, Primitives.runtime(theta));
        long places = Arrays.stream(sizes).reduce(1, (a, b) -> a * b);
        Tensor base = Tensor.cat(rank, coordinates).reshape(1, places, rank + 1).expand(size[0], places, rank + 1);
        long[] result = Arrays.copyOf(size, rank + 2);
        System.arraycopy(sizes, 0, result, 1, rank);
        result[rank + 1] = rank;
        return base.matmul(theta.transpose(1, 2)).reshape(result);
    }

    /** Returns numbers from -1 to 1: at the outermost elements' middles if corners are aligned, else at their edges. */
    private static Tensor evenly(Tensor like, long count, boolean alignCorners) {
        Tensor number = Primitives.iota(Shape.of(count), Primitives.runtime(like)).to(like.dtype());
        if (count == 1) {
            return number;
        }
        return alignCorners ? number.mul(2.0 / (count - 1)).sub(1) : number.mul(2).add(1).div((double) count).sub(1);
    }
}
