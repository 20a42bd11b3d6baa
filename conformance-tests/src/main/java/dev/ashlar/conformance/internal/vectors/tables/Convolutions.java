// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.vectors.tables;

import dev.ashlar.ConvolutionGradients;
import dev.ashlar.ConvolutionPadding;
import dev.ashlar.Tensor;
import dev.ashlar.conformance.internal.vectors.Arguments;
import dev.ashlar.conformance.internal.vectors.Entry;
import dev.ashlar.conformance.internal.vectors.Table;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.ShapeMismatchException;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The calls of the group convolutions. */
public final class Convolutions {
    private static final int[] ONE = {1};
    private static final int[] NONE = {0};

    private Convolutions() {}

    /** A convolution with its padding in numbers. */
    private interface Numbered {
        Tensor of(Tensor x, Tensor weight, @Nullable Tensor bias, int[] stride, int[] padding, int[] dilation, int groups);
    }

    /** A convolution with its padding by a rule. */
    private interface Ruled {
        Tensor of(Tensor x, Tensor weight, @Nullable Tensor bias, int[] stride, ConvolutionPadding padding, int[] dilation, int groups);
    }

    /** A transposed convolution. */
    private interface Transposed {
        Tensor of(
                Tensor x, Tensor weight, @Nullable Tensor bias, int[] stride, int[] padding, int[] more, int groups, int[] dilation);
    }

    /** Returns one number per dimension, or one for all. */
    static int[] numbers(Arguments a, int position, String name, int absent) {
        return a.has(position, name) ? a.dims(position, name) : new int[] {absent};
    }

    /** Returns ones of shape [first, second, 4, ...] with a number of sizes. */
    private static Tensor ones(int rank, long first, long second) {
        long[] sizes = new long[rank + 2];
        Arrays.fill(sizes, 4);
        sizes[0] = first;
        sizes[1] = second;
        return Tensor.ones(sizes);
    }

    private static void convolution(Table table, int rank, Numbered numbered, Ruled ruled) {
        Entry entry = table.add("nn.functional.conv" + rank + "d", a -> {
            Tensor x = a.tensor(0, "input");
            Tensor weight = a.tensor(1, "weight");
            Tensor bias = a.tensorOrNull(2, "bias");
            int[] stride = numbers(a, 3, "stride", 1);
            int[] dilation = numbers(a, 5, "dilation", 1);
            int groups = a.dim(6, "groups", 1);
            if (a.isText(4, "padding")) {
                ConvolutionPadding rule = ConvolutionPadding.valueOf(a.text(4, "padding").toUpperCase(Locale.ROOT));
                return ruled.of(x, weight, bias, stride, rule, dilation, groups);
            }
            return numbered.of(x, weight, bias, stride, numbers(a, 4, "padding", 0), dilation, groups);
        }).covers("conv" + rank + "d")
                .refuses("channels that differ", ShapeMismatchException.class, "3 input channels",
                        () -> numbered.of(ones(rank, 1, 2), ones(rank, 1, 3), null, ONE, NONE, ONE, 1))
                .refuses("a kernel larger than the input", ShapeMismatchException.class, "windows that fit",
                        () -> numbered.of(ones(rank, 1, 2), ones(rank, 1, 2), null, ONE, NONE, new int[] {2}, 1))
                .refuses("groups that do not divide the outputs", InvalidArgumentException.class, "groups that divide",
                        () -> numbered.of(ones(rank, 1, 2), ones(rank, 3, 1), null, ONE, NONE, ONE, 2))
                .refuses("a bias of another length", ShapeMismatchException.class, "bias of shape [1]",
                        () -> numbered.of(ones(rank, 1, 2), ones(rank, 1, 2), Tensor.ones(2), ONE, NONE, ONE, 1))
                .refuses("a stride of 0", InvalidArgumentException.class, "a stride of",
                        () -> numbered.of(ones(rank, 1, 2), ones(rank, 1, 2), null, NONE, NONE, ONE, 1))
                .refuses("results of the same size with a stride", InvalidArgumentException.class, "a stride of 1",
                        () -> ruled.of(ones(rank, 1, 2), ones(rank, 1, 2), null, new int[] {2}, ConvolutionPadding.SAME, ONE, 1));
        if (rank == 3) {
            // The recorded float32 results themselves are off by up to 1.4 times the tolerance.
            entry.sums(a -> (double) a.tensor(1, "weight").numel() / a.tensor(1, "weight").size(0));
        }
    }

    private static void transposed(Table table, int rank, Transposed call) {
        table.add("nn.functional.conv_transpose" + rank + "d", a -> call.of(
                        a.tensor(0, "input"),
                        a.tensor(1, "weight"),
                        a.tensorOrNull(2, "bias"),
                        numbers(a, 3, "stride", 1),
                        numbers(a, 4, "padding", 0),
                        numbers(a, 5, "output_padding", 0),
                        a.dim(6, "groups", 1),
                        numbers(a, 7, "dilation", 1))).covers("convTranspose" + rank + "d")
                .refuses("channels that differ", ShapeMismatchException.class, "3 input channels",
                        () -> call.of(ones(rank, 1, 2), ones(rank, 3, 1), null, ONE, NONE, NONE, 1, ONE))
                .refuses("an output padding as large as the stride", InvalidArgumentException.class, "below stride or dilation",
                        () -> call.of(ones(rank, 1, 2), ones(rank, 2, 1), null, ONE, NONE, ONE, 1, ONE))
                .refuses("more padding than there is", ShapeMismatchException.class, "no negative size",
                        () -> call.of(ones(rank, 1, 2), ones(rank, 2, 1), null, ONE, new int[] {4}, NONE, 1, ONE));
    }

    private static void columns(Table table) {
        table.add("nn.functional.unfold", a -> a.tensor(0, "input").unfold(
                        a.dims(1, "kernel_size"),
                        numbers(a, 2, "dilation", 1),
                        numbers(a, 3, "padding", 0),
                        numbers(a, 4, "stride", 1))).covers("unfold")
                .refuses("windows larger than the image", ShapeMismatchException.class, "windows that fit",
                        () -> Tensor.ones(1, 2, 3, 3).unfold(new int[] {4}))
                .refuses("a vector", ShapeMismatchException.class, "got [3]", () -> Tensor.ones(3).unfold(new int[] {1}));
        table.add("nn.functional.fold", a -> a.tensor(0, "input").fold(
                        a.dims(1, "output_size"),
                        a.dims(2, "kernel_size"),
                        numbers(a, 3, "dilation", 1),
                        numbers(a, 4, "padding", 0),
                        numbers(a, 5, "stride", 1))).covers("fold")
                .refuses("columns of no whole windows", ShapeMismatchException.class, "a multiple of 4",
                        () -> Tensor.ones(1, 6, 4).fold(new int[] {3}, new int[] {2}))
                .refuses("another number of windows", ShapeMismatchException.class, "expected 4 windows",
                        () -> Tensor.ones(1, 8, 5).fold(new int[] {3}, new int[] {2}));
    }

    private static void general(Table table) {
        table.add("convolution", a -> a.tensor(0, "input").convolution(
                        a.tensor(1, "weight"),
                        a.tensorOrNull(2, "bias"),
                        a.dims(3, "stride"),
                        a.dims(4, "padding"),
                        a.dims(5, "dilation"),
                        a.flag(6, "transposed", false),
                        a.dims(7, "output_padding"),
                        a.dim(8, "groups"))).covers("convolution")
                .refuses("a vector", ShapeMismatchException.class, "got [3]",
                        () -> Tensor.ones(3).convolution(ones(1, 1, 1), null, ONE, NONE, ONE, false, NONE, 1));
        table.add("convolution_backward", a -> {
            ConvolutionGradients all = a.tensor(0, "grad_output").convolutionBackward(
                    a.tensor(1, "input"),
                    a.tensor(2, "weight"),
                    a.dims(4, "stride"),
                    a.dims(5, "padding"),
                    a.dims(6, "dilation"),
                    a.flag(7, "transposed", false),
                    a.dims(8, "output_padding"),
                    a.dim(9, "groups"),
                    mask(a.numbers(10, "output_mask")));
            return Arrays.asList(all.input(), all.weight(), all.bias());
        }).covers("convolutionBackward")
                .refuses("a gradient of another shape", ShapeMismatchException.class, "a gradient of shape [1, 1, 1]",
                        () -> ones(1, 1, 1).convolutionBackward(
                                ones(1, 1, 1), ones(1, 1, 1), ONE, NONE, ONE, false, NONE, 1, new boolean[] {true, true, true}));
    }

    private static boolean[] mask(double[] numbers) {
        boolean[] mask = new boolean[numbers.length];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = numbers[i] != 0;
        }
        return mask;
    }

    public static void addTo(Table table) {
        convolution(table, 1, Tensor::conv1d, Tensor::conv1d);
        convolution(table, 2, Tensor::conv2d, Tensor::conv2d);
        convolution(table, 3, Tensor::conv3d, Tensor::conv3d);
        transposed(table, 1, Tensor::convTranspose1d);
        transposed(table, 2, Tensor::convTranspose2d);
        transposed(table, 3, Tensor::convTranspose3d);
        general(table);
        columns(table);
    }
}
