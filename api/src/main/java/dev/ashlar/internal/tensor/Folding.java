// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import static dev.ashlar.internal.tensor.Tape.of;

import dev.ashlar.Tensor;
import dev.ashlar.type.Shape;
import dev.ashlar.type.ShapeMismatchException;

/** Windows of images as columns, and columns added up to images: each is the other's gradient. */
public final class Folding {
    private static final int RANK = 2;

    private Folding() {}

    private static Tensor batched(String name, Tensor x, int dims, String layout) {
        int rank = x.shape().rank();
        if (rank != dims && rank != dims - 1) {
            throw new ShapeMismatchException("[" + name + "] expected an input of shape " + layout + " or one without batch, got "
                    + x.shape() + "; add missing dimensions with unsqueeze");
        }
        return rank == dims ? x : x.unsqueeze(0);
    }

    /** See {@link dev.ashlar.ConvolutionOps#unfold(int[], int[], int[], int[])}. */
    public static Tensor unfold(Tensor input, int[] kernel, int[] dilation, int[] padding, int[] stride) {
        Tensor x = batched("unfold", input, RANK + 2, "[batch, channels, rows, columns]");
        Grid grid = Grid.of("unfold", Grid.numbers("unfold", "kernel", kernel, RANK, 1), stride, padding, dilation);
        grid.checkFits("unfold", x.shape());
        Tensor y = columns(grid, x);
        return x == input ? y : y.squeeze(0);
    }

    /** See {@link dev.ashlar.ConvolutionOps#fold(int[], int[], int[], int[], int[])}. */
    public static Tensor fold(Tensor input, int[] outputSize, int[] kernel, int[] dilation, int[] padding, int[] stride) {
        Tensor x = batched("fold", input, RANK + 1, "[batch, channels * elements of a window, windows]");
        Grid grid = Grid.of("fold", Grid.numbers("fold", "kernel", kernel, RANK, 1), stride, padding, dilation);
        long[] sizes = Grid.numbers("fold", "output size", outputSize, RANK, 1);
        if (x.shape().size(1) % grid.count() != 0) {
            throw new ShapeMismatchException("[fold] expected columns of a multiple of " + grid.count() + " numbers, the elements of a"
                    + " window, got shape " + input.shape() + "; dimension " + (input.shape().rank() - 2) + " holds them");
        }
        Shape image = Shape.of(x.shape().size(0), x.shape().size(1) / grid.count(), sizes[0], sizes[1]);
        grid.checkFits("fold", image);
        long count = grid.windows(0, sizes[0]) * grid.windows(1, sizes[1]);
        if (x.shape().size(2) != count) {
            throw new ShapeMismatchException("[fold] expected " + count + " windows for an image of " + sizes[0] + " by " + sizes[1]
                    + ", got shape " + input.shape() + "; the last dimension counts them");
        }
        Tensor y = image(grid, x, image);
        return x == input ? y : y.squeeze(0);
    }

    private static Tensor columns(Grid grid, Tensor x) {
        Shape in = x.shape();
        Tensor windows = Primitives.permute(grid.windows(x, false), new int[] {0, 1, 4, 5, 2, 3});
        Shape shape = windows.shape();
        Tensor y = Primitives.reshape(
                windows, Shape.of(in.size(0), in.size(1) * grid.count(), shape.size(4) * shape.size(5)));
        return Tape.record("unfold", y, of(x), of(), (g, _) -> image(grid, g, in));
    }

    private static Tensor image(Grid grid, Tensor x, Shape image) {
        Shape split = Shape.of(
                image.size(0),
                image.size(1),
                grid.kernel()[0],
                grid.kernel()[1],
                grid.windows(0, image.size(2)),
                grid.windows(1, image.size(3)));
        Tensor windows = Primitives.permute(Primitives.reshape(Primitives.detached(x), split), new int[] {0, 1, 2, 4, 3, 5});
        Tensor y = grid.overlapped(windows, new long[] {image.size(2), image.size(3)});
        return Tape.record("fold", y, of(x), of(), (g, _) -> columns(grid, g));
    }
}
