// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import static dev.ashlar.internal.tensor.Tape.of;

import dev.ashlar.ConvolutionGradients;
import dev.ashlar.ConvolutionPadding;
import dev.ashlar.Tensor;
import dev.ashlar.spi.ScalarOp;
import dev.ashlar.type.DType;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.Shape;
import dev.ashlar.type.ShapeMismatchException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Convolution over one to three dimensions as one product of the weight with strided windows; no window is ever copied. The
 * convolution, its gradient for the input (which is the transposed convolution) and its gradient for the weight are linear in both
 * operands and are each other's gradients, so the three of them can be differentiated any number of times.
 */
public final class Convolution {
    private final String name;
    private final Grid grid;
    private final int groups;
    private final int rank;

    private Convolution(String name, Grid grid, int groups) {
        this.name = name;
        this.grid = grid;
        this.groups = groups;
        this.rank = grid.rank();
    }

    // ---- what users call --------------------------------------------------------------------------------------------------------

    /** See {@link dev.ashlar.ConvolutionOps#conv2d(Tensor, Tensor, int[], int[], int[], int)}. */
    public static Tensor forward(
            int rank, Tensor input, Tensor weight, @Nullable Tensor bias, int[] stride, int[] padding, int[] dilation, int groups) {
        String name = "conv" + rank + "d";
        long[] kernel = kernel(name, rank, weight, "[outputs, inputs / groups, ");
        return forward(name, input, weight, bias, Grid.of(name, kernel, stride, padding, dilation), groups);
    }

    /** See {@link dev.ashlar.ConvolutionOps#conv2d(Tensor, Tensor, int[], ConvolutionPadding, int[], int)}. */
    public static Tensor forward(
            int rank,
            Tensor input,
            Tensor weight,
            @Nullable Tensor bias,
            int[] stride,
            ConvolutionPadding padding,
            int[] dilation,
            int groups) {
        String name = "conv" + rank + "d";
        long[] kernel = kernel(name, rank, weight, "[outputs, inputs / groups, ");
        Grid grid = Grid.of(name, kernel, stride, new int[] {0}, dilation);
        if (padding == ConvolutionPadding.SAME) {
            long[] before = new long[rank];
            long[] after = new long[rank];
            for (int axis = 0; axis < rank; axis++) {
                if (grid.stride()[axis] != 1) {
                    throw new InvalidArgumentException("[" + name + "] expected a stride of 1 for results of the same size, got "
                            + Arrays.toString(stride) + "; give the padding in numbers");
                }
                before[axis] = grid.reach(axis) / 2;
                after[axis] = grid.reach(axis) - before[axis];
            }
            grid = new Grid(kernel, grid.stride(), before, after, grid.dilation());
        }
        return forward(name, input, weight, bias, grid, groups);
    }

    private static Tensor forward(String name, Tensor input, Tensor weight, @Nullable Tensor bias, Grid grid, int groups) {
        if (Casting.isOn()) {
            return Casting.lower(each -> forward(name, each[0], each[1], each[2], grid, groups), input, weight, bias);
        }
        Shape kernel = weight.shape();
        Tensor x = batched(name, grid.rank(), input);
        checkGroups(name, kernel, groups);
        checkChannels(name, input, x, kernel, kernel.size(1) * groups, groups);
        checkBias(name, bias, kernel.size(0));
        grid.checkFits(name, x.shape());
        DType type = DType.promote(input.dtype(), weight.dtype());
        DType computed = computed(type, bias);
        Tensor offset = bias == null ? null : Primitives.onDeviceOf(name, input, bias).to(computed);
        Tensor kernels = Primitives.onDeviceOf(name, input, weight).to(computed);
        Tensor y = new Convolution(name, grid, groups).forward(x.to(computed), kernels, offset).to(type);
        return x == input ? y : y.squeeze(0);
    }

    /** Returns the type to compute in: with a bias there are two steps, and 16-bit values are rounded after the second one only. */
    private static DType computed(DType type, @Nullable Tensor bias) {
        return bias != null && type.isFloatingPoint() ? type.arithmetic() : type;
    }

    /** See {@link dev.ashlar.ConvolutionOps#convTranspose2d(Tensor, Tensor, int[], int[], int[], int, int[])}. */
    public static Tensor transposed(
            int rank,
            Tensor input,
            Tensor weight,
            @Nullable Tensor bias,
            int[] stride,
            int[] padding,
            int[] outputPadding,
            int groups,
            int[] dilation) {
        if (Casting.isOn()) {
            return Casting.lower(each -> transposed(rank, each[0], each[1], each[2], stride, padding, outputPadding, groups, dilation),
                    input, weight, bias);
        }
        String name = "convTranspose" + rank + "d";
        Tensor x = batched(name, rank, input);
        Convolution convolution = transposed(name, rank, input, x, weight, stride, padding, outputPadding, groups, dilation);
        checkBias(name, bias, weight.shape().size(1) * groups);
        DType type = DType.promote(input.dtype(), weight.dtype());
        DType computed = computed(type, bias);
        Tensor w = Primitives.onDeviceOf(name, input, weight).to(computed);
        Tensor y = convolution.inputGradient(x.to(computed), w, convolution.transposedShape(x.shape(), weight.shape()));
        if (bias != null) {
            y = y.add(Primitives.onDeviceOf(name, input, bias).to(computed).reshape(convolution.perChannel(bias.numel())));
        }
        return x == input ? y.to(type) : y.to(type).squeeze(0);
    }

    /** Returns the convolution whose gradient for its input a transposed convolution is. */
    private static Convolution transposed(
            String name,
            int rank,
            Tensor input,
            Tensor x,
            Tensor weight,
            int[] stride,
            int[] padding,
            int[] outputPadding,
            int groups,
            int[] dilation) {
        long[] kernel = kernel(name, rank, weight, "[inputs, outputs / groups, ");
        Grid grid = Grid.of(name, kernel, stride, padding, dilation);
        long[] more = Grid.numbers(name, "output padding", outputPadding, rank, 0);
        Shape shape = weight.shape();
        if (groups < 1 || shape.size(0) % groups != 0) {
            throw new InvalidArgumentException("[" + name + "] expected groups that divide the " + shape.size(0) + " inputs, got " + groups
                    + "; use another number of groups or inputs");
        }
        checkChannels(name, input, x, shape, shape.size(0), groups);
        long[] after = new long[rank];
        for (int axis = 0; axis < rank; axis++) {
            if (more[axis] >= Math.max(grid.stride()[axis], grid.dilation()[axis])) {
                throw new InvalidArgumentException("[" + name + "] expected an output padding below stride or dilation, got "
                        + Arrays.toString(outputPadding) + "; a larger one would only add places that nothing reaches");
            }
            // The convolution whose gradient this is has as many windows as the input has elements, and no more.
            after[axis] = grid.before()[axis] - more[axis];
        }
        return new Convolution(name, new Grid(kernel, grid.stride(), grid.before(), after, grid.dilation()), groups);
    }

    private Shape transposedShape(Shape in, Shape weight) {
        long[] sizes = in.toArray();
        sizes[1] = weight.size(1) * groups;
        for (int axis = 0; axis < rank; axis++) {
            long extent = (sizes[2 + axis] - 1) * grid.stride()[axis] + grid.reach(axis) + 1;
            sizes[2 + axis] = extent - grid.before()[axis] - grid.after()[axis];
            if (sizes[2 + axis] < 0) {
                throw new ShapeMismatchException("[" + name + "] expected a result of no negative size, got size " + sizes[2 + axis]
                        + " for an input of shape " + in + "; use less padding");
            }
        }
        return Shape.of(sizes);
    }

    /** See {@link dev.ashlar.ConvolutionOps#convolutionBackward}. */
    public static ConvolutionGradients backward(
            Tensor gradient,
            Tensor input,
            Tensor weight,
            int[] stride,
            int[] padding,
            int[] dilation,
            boolean transposed,
            int[] outputPadding,
            int groups,
            boolean[] mask) {
        String name = "convolutionBackward";
        int rank = weight.shape().rank() - 2;
        if (rank < 1 || rank > 3) {
            throw new ShapeMismatchException("[convolutionBackward] expected a weight of 3 to 5 dimensions, got " + weight.shape()
                    + "; add missing dimensions with unsqueeze");
        }
        if (mask.length != 3) {
            throw new InvalidArgumentException("[convolutionBackward] expected a mask of 3, for input, weight and bias, got "
                    + Arrays.toString(mask) + "; say true for what is wanted");
        }
        Tensor x = batched(name, rank, input);
        Tensor g = batched(name, rank, gradient);
        Shape kernel = weight.shape();
        Shape out;
        Convolution convolution;
        if (transposed) {
            convolution = transposed(name, rank, input, x, weight, stride, padding, outputPadding, groups, dilation);
            out = convolution.transposedShape(x.shape(), kernel);
        } else {
            Grid grid = Grid.of(name, kernel(name, rank, weight, "[outputs, inputs / groups, "), stride, padding, dilation);
            checkGroups(name, kernel, groups);
            checkChannels(name, input, x, kernel, kernel.size(1) * groups, groups);
            grid.checkFits(name, x.shape());
            convolution = new Convolution(name, grid, groups);
            long[] sizes = x.shape().toArray();
            sizes[1] = kernel.size(0);
            for (int axis = 0; axis < rank; axis++) {
                sizes[2 + axis] = grid.windows(axis, sizes[2 + axis]);
            }
            out = Shape.of(sizes);
        }
        if (!g.shape().equals(out)) {
            throw new ShapeMismatchException("[convolutionBackward] expected a gradient of shape " + out + ", that of the result, got "
                    + gradient.shape() + "; use the numbers of the forward call");
        }
        Tensor forX = null;
        Tensor forW = null;
        if (mask[0]) {
            forX = transposed ? convolution.forward(g, weight, null) : convolution.inputGradient(g, weight, x.shape());
            forX = x == input ? forX : forX.squeeze(0);
        }
        if (mask[1]) {
            forW = transposed ? convolution.weightGradient(g, x, kernel) : convolution.weightGradient(x, g, kernel);
        }
        return new ConvolutionGradients(forX, forW, mask[2] ? g.sum(convolution.besidesChannels(), false) : null);
    }

    private static long[] kernel(String name, int rank, Tensor weight, String layout) {
        Shape shape = weight.shape();
        if (shape.rank() != rank + 2) {
            throw new ShapeMismatchException("[" + name + "] expected a weight of shape " + layout + "sizes of a window], "
                    + (rank + 2) + " dimensions, got " + shape + "; add missing dimensions with unsqueeze");
        }
        return Arrays.copyOfRange(shape.toArray(), 2, rank + 2);
    }

    private static Tensor batched(String name, int rank, Tensor input) {
        int dims = input.shape().rank();
        if (dims != rank + 1 && dims != rank + 2) {
            throw new ShapeMismatchException("[" + name + "] expected an input of shape [batch, channels, sizes] with " + (rank + 2)
                    + " dimensions or one without batch, got " + input.shape() + "; add missing dimensions with unsqueeze");
        }
        return dims == rank + 1 ? input.unsqueeze(0) : input;
    }

    private static void checkGroups(String name, Shape kernel, int groups) {
        if (groups < 1 || kernel.size(0) % groups != 0) {
            throw new InvalidArgumentException("[" + name + "] expected groups that divide the " + kernel.size(0) + " outputs, got "
                    + groups + "; use another number of groups or outputs");
        }
    }

    private static void checkChannels(String name, Tensor input, Tensor batched, Shape kernel, long expected, int groups) {
        if (batched.shape().size(1) != expected) {
            throw new ShapeMismatchException("[" + name + "] expected " + expected + " input channels for a weight of shape " + kernel
                    + " and " + groups + (groups == 1 ? " group" : " groups") + ", got shape " + input.shape()
                    + "; the channels are the dimension before the sizes");
        }
    }

    private static void checkBias(String name, @Nullable Tensor bias, long outputs) {
        if (bias != null && !bias.shape().equals(Shape.of(outputs))) {
            throw new ShapeMismatchException("[" + name + "] expected a bias of shape [" + outputs + "], one number per output, got "
                    + bias.shape() + "; reshape it, or pass null for none");
        }
    }

    // ---- the three products -----------------------------------------------------------------------------------------------------

    private long[] perChannel(long channels) {
        long[] sizes = new long[rank + 1];
        Arrays.fill(sizes, 1);
        sizes[0] = channels;
        return sizes;
    }

    private int[] besidesChannels() {
        int[] dims = new int[rank + 1];
        Arrays.setAll(dims, i -> i == 0 ? 0 : i + 1);
        return dims;
    }

    /** [N, C, sizes] and [O, C / groups, kernel] give [N, O, windows]. */
    private Tensor forward(Tensor x, Tensor w, @Nullable Tensor bias) {
        Tensor y = product(grid.windows(grouped(x, 1), false), grouped(w, 0));
        if (bias != null) {
            long[] sizes = perChannel(bias.numel() / groups);
            if (groups > 1) {
                long[] split = new long[rank + 2];
                split[0] = groups;
                System.arraycopy(sizes, 0, split, 1, rank + 1);
                sizes = split;
            }
            y = Primitives.binary(name, ScalarOp.ADD, y, Primitives.reshape(Primitives.detached(bias), Shape.of(sizes)));
        }
        Shape in = x.shape();
        Shape kernel = w.shape();
        return Tape.record(
                name,
                ungrouped(y, 1),
                bias == null ? of(x, w) : of(x, w, bias),
                of(x, w),
                (g, s) -> inputGradient(g, s[1], in),
                (g, s) -> weightGradient(s[0], g, kernel),
                (g, _) -> g.sum(besidesChannels(), false));
    }

    /** The convolution of the spread gradient with the flipped weight, inputs and outputs exchanged. */
    private Tensor inputGradient(Tensor g, Tensor w, Shape in) {
        Tensor kernels = grouped(w, 0);
        int dims = kernels.shape().rank();
        int[] order = new int[dims];
        Arrays.setAll(order, i -> i);
        order[dims - rank - 2] = dims - rank - 1;
        order[dims - rank - 1] = dims - rank - 2;
        int[] flipped = new int[rank];
        Arrays.setAll(flipped, i -> dims - rank + i);
        Tensor back = Primitives.flip(Primitives.permute(kernels, order), flipped);
        Tensor y = product(grid.windowsBack(grouped(g, 1), in), back);
        Shape kernel = w.shape();
        return Tape.record(
                name + "InputGradient",
                ungrouped(y, 1),
                of(g, w),
                of(g, w),
                (v, s) -> forward(v, s[1], null),
                (v, s) -> weightGradient(v, s[0], kernel));
    }

    /** The product of gradient and windows, summed over batch and positions. */
    private Tensor weightGradient(Tensor x, Tensor g, Shape kernel) {
        Tensor windows = grid.windows(grouped(x, 1), false);
        Tensor outputs = grouped(g, 1);
        int batch = groups == 1 ? 0 : 1;
        // [(groups,) outputs, batch, windows] and [(groups,) batch, windows, channels, kernel]
        int[] left = new int[batch + rank + 2];
        Arrays.setAll(left, i -> i < batch ? 1 : i == batch ? batch + 1 : i == batch + 1 ? 0 : i);
        int[] right = new int[batch + 2 * rank + 2];
        Arrays.setAll(
                right,
                i -> i < batch ? 1 : i == batch ? 0 : i <= batch + rank ? i + 1 : i == batch + rank + 1 ? batch + 1 : i);
        Tensor y = Primitives.contract(
                name, Primitives.permute(outputs, left), Primitives.permute(windows, right), batch, 1, rank + 1, rank + 1);
        Shape in = x.shape();
        return Tape.record(
                name + "WeightGradient",
                ungrouped(y, 0),
                of(x, g),
                of(x, g),
                (v, s) -> inputGradient(s[1], v, in),
                (v, s) -> forward(s[0], v, null));
    }

    /**
     * Multiplies every image with the weight, which is not repeated in memory. An image at a time leaves the result row-major, so
     * what follows the convolution becomes the product's epilogue.
     *
     * @param windows [N, (groups,) S, windows, kernel]
     * @param kernels [(groups,) R, S, kernel]
     * @return [N, (groups,) R, windows]
     */
    private Tensor product(Tensor windows, Tensor kernels) {
        int batch = groups == 1 ? 1 : 2;
        long[] sizes = kernels.shape().toArray();
        long[] repeated = new long[sizes.length + 1];
        repeated[0] = windows.shape().size(0);
        System.arraycopy(sizes, 0, repeated, 1, sizes.length);
        // [N, (groups,) S, kernel, windows]
        int[] order = new int[batch + 1 + 2 * rank];
        Arrays.setAll(order, i -> i <= batch ? i : i <= batch + rank ? i + rank : i - rank);
        return Primitives.contract(
                name, Primitives.expand(kernels, Shape.of(repeated)), Primitives.permute(windows, order), batch, 1, rank, rank + 1);
    }

    /** Splits the groups off a dimension if there are several; the result has no history. */
    private Tensor grouped(Tensor x, int dim) {
        Tensor plain = Primitives.detached(x);
        if (groups == 1) {
            return plain;
        }
        long[] sizes = x.shape().toArray();
        long[] split = new long[sizes.length + 1];
        System.arraycopy(sizes, 0, split, 0, dim);
        split[dim] = groups;
        split[dim + 1] = sizes[dim] / groups;
        System.arraycopy(sizes, dim + 1, split, dim + 2, sizes.length - dim - 1);
        return Primitives.reshape(plain, Shape.of(split));
    }

    private Tensor ungrouped(Tensor y, int dim) {
        if (groups == 1) {
            return y;
        }
        long[] merged = y.shape().without(dim).toArray();
        merged[dim] *= groups;
        return Primitives.reshape(y, Shape.of(merged));
    }
}
