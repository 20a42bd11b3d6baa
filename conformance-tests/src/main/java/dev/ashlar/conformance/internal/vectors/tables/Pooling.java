// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.vectors.tables;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.Tensor;
import dev.ashlar.ValuesAndIndices;
import dev.ashlar.conformance.internal.vectors.Arguments;
import dev.ashlar.conformance.internal.vectors.Table;
import dev.ashlar.type.DTypeMismatchException;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.ShapeMismatchException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The calls of the group pooling. */
public final class Pooling {
    private static final int[] NONE = {0};
    private static final int[] ONE = {1};
    private static final int[] TWO = {2};

    private Pooling() {}

    private interface Largest<T> {
        T of(Tensor x, int[] kernel, int @Nullable [] stride, int[] padding, int[] dilation, boolean ceilMode);
    }

    private interface Mean {
        Tensor of(
                Tensor x,
                int[] kernel,
                int @Nullable [] stride,
                int[] padding,
                boolean ceilMode,
                boolean countIncludePad,
                @Nullable Long divisor);
    }

    private interface Norm {
        Tensor of(Tensor x, double normType, int[] kernel, int @Nullable [] stride, boolean ceilMode);
    }

    private interface Adaptive<T> {
        T of(Tensor x, int[] outputSize);
    }

    private interface Unpool {
        Tensor of(Tensor x, Tensor indices, int[] kernel, int @Nullable [] stride, int[] padding, long @Nullable [] outputSize);
    }

    private static Tensor ones(int rank, long size) {
        long[] sizes = new long[rank + 2];
        Arrays.fill(sizes, size);
        return Tensor.ones(sizes);
    }

    private static int[] numbers(Arguments a, int position, String name, int absent) {
        return Convolutions.numbers(a, position, name, absent);
    }

    private static void largest(Table table, int rank, Largest<Tensor> plain, Largest<ValuesAndIndices> indexed) {
        table.add("nn.functional.max_pool" + rank + "d", a -> {
            Tensor x = a.tensor(0, "input");
            int[] kernel = a.dims(1, "kernel_size");
            int[] stride = a.dimsOrNull(2, "stride");
            int[] padding = numbers(a, 3, "padding", 0);
            int[] dilation = numbers(a, 4, "dilation", 1);
            boolean ceilMode = a.flag(5, "ceil_mode", false);
            if (!a.flag(6, "return_indices", false)) {
                return plain.of(x, kernel, stride, padding, dilation, ceilMode);
            }
            ValuesAndIndices result = indexed.of(x, kernel, stride, padding, dilation, ceilMode);
            return List.of(result.values(), result.indices());
        }).covers("maxPool" + rank + "d", "maxPool" + rank + "dWithIndices")
                .refuses("windows larger than the input", ShapeMismatchException.class, "windows that fit",
                        () -> plain.of(ones(rank, 3), new int[] {4}, null, NONE, ONE, false))
                .refuses("more padding than half a window", InvalidArgumentException.class, "at most half the window",
                        () -> indexed.of(ones(rank, 3), TWO, null, TWO, ONE, false))
                .refuses("a vector", ShapeMismatchException.class, "got [3]",
                        () -> plain.of(Tensor.ones(3), TWO, null, NONE, ONE, false));
    }

    private static void mean(Table table, int rank, Mean call) {
        table.add("nn.functional.avg_pool" + rank + "d", a -> call.of(
                        a.tensor(0, "input"),
                        a.dims(1, "kernel_size"),
                        a.dimsOrNull(2, "stride"),
                        numbers(a, 3, "padding", 0),
                        a.flag(4, "ceil_mode", false),
                        a.flag(5, "count_include_pad", true),
                        a.has(6, "divisor_override") ? (Long) a.integer(6, "divisor_override") : null)).covers("avgPool" + rank + "d")
                .refuses("windows larger than the input", ShapeMismatchException.class, "windows that fit",
                        () -> call.of(ones(rank, 3), new int[] {4}, null, NONE, false, true, null))
                .refuses("bool", DTypeMismatchException.class, "got bool",
                        () -> call.of(ones(rank, 3).gt(0), TWO, null, NONE, false, true, null))
                .refuses("a kernel of 0", InvalidArgumentException.class, "a kernel of",
                        () -> call.of(ones(rank, 3), NONE, null, NONE, false, true, null));
    }

    private static void norm(Table table, int rank, Norm call) {
        table.add("nn.functional.lp_pool" + rank + "d", a -> call.of(
                        a.tensor(0, "input"),
                        a.number(1, "norm_type"),
                        a.dims(2, "kernel_size"),
                        a.dimsOrNull(3, "stride"),
                        a.flag(4, "ceil_mode", false))).covers("lpPool" + rank + "d")
                .refuses("integers", DTypeMismatchException.class, "floating-point",
                        () -> call.of(ones(rank, 3).gt(0), 2, TWO, null, false))
                .refuses("a norm type of 0", InvalidArgumentException.class, "norm type",
                        () -> call.of(ones(rank, 3), 0, TWO, null, false));
    }

    /** Reads sizes of which some are null: -1, as the input. */
    private static int[] sizes(Arguments a) {
        JsonNode node = java.util.Objects.requireNonNull(a.json(1, "output_size"));
        if (!node.isArray()) {
            return new int[] {node.asInt()};
        }
        int[] sizes = new int[node.size()];
        Arrays.setAll(sizes, i -> node.get(i).isNull() ? -1 : node.get(i).asInt());
        return sizes;
    }

    private static void adaptive(
            Table table, int rank, Adaptive<Tensor> mean, Adaptive<Tensor> largest, Adaptive<ValuesAndIndices> indexed) {
        int[] tooMany = {1, 1, 1, 1};
        table.add("nn.functional.adaptive_avg_pool" + rank + "d", a -> mean.of(a.tensor(0, "input"), sizes(a)))
                .covers("adaptiveAvgPool" + rank + "d")
                .refuses("too many sizes", InvalidArgumentException.class, "an output size of",
                        () -> mean.of(ones(rank, 3), tooMany))
                .refuses("integers", DTypeMismatchException.class, "floating-point", () -> mean.of(ones(rank, 3).gt(0), ONE));
        table.add("nn.functional.adaptive_max_pool" + rank + "d", a -> {
            if (!a.flag(2, "return_indices", false)) {
                return largest.of(a.tensor(0, "input"), sizes(a));
            }
            ValuesAndIndices result = indexed.of(a.tensor(0, "input"), sizes(a));
            return List.of(result.values(), result.indices());
        }).covers("adaptiveMaxPool" + rank + "d", "adaptiveMaxPool" + rank + "dWithIndices")
                .refuses("too many sizes", InvalidArgumentException.class, "an output size of",
                        () -> largest.of(ones(rank, 3), tooMany))
                .refuses("a vector", ShapeMismatchException.class, "got [3]", () -> indexed.of(Tensor.ones(3), ONE));
    }

    private static void unpool(Table table, int rank, Unpool call) {
        table.add("nn.functional.max_unpool" + rank + "d", a -> call.of(
                        a.tensor(0, "input"),
                        a.tensor(1, "indices"),
                        a.dims(2, "kernel_size"),
                        a.dimsOrNull(3, "stride"),
                        numbers(a, 4, "padding", 0),
                        a.integersOrNull(5, "output_size"))).covers("maxUnpool" + rank + "d")
                .refuses("indices of another shape", ShapeMismatchException.class, "indices of the input's shape",
                        () -> call.of(ones(rank, 3), ones(rank, 2), TWO, null, NONE, null))
                .refuses("indices that are no integers", DTypeMismatchException.class, "indices of int64",
                        () -> call.of(ones(rank, 3), ones(rank, 3), TWO, null, NONE, null))
                .refuses("a size that was not pooled", InvalidArgumentException.class, "an output size of", () -> {
                    Tensor x = ones(rank, 3);
                    long[] size = new long[rank];
                    Arrays.fill(size, 9);
                    return call.of(x, x.to(dev.ashlar.type.DType.INT64), TWO, null, NONE, size);
                });
    }

    private interface Fractional<T> {
        T of(Tensor x, int[] kernel, int @Nullable [] outputSize, double @Nullable [] outputRatio, @Nullable Tensor randomSamples);
    }

    private static void fractional(Table table, int rank, Fractional<Tensor> plain, Fractional<ValuesAndIndices> indexed) {
        table.add("nn.functional.fractional_max_pool" + rank + "d", a -> {
            Tensor x = a.tensor(0, "input");
            double[] ratio = a.has(3, "output_ratio") ? a.numbers(3, "output_ratio") : null;
            Tensor samples = a.tensorOrNull(5, "_random_samples");
            if (!a.flag(4, "return_indices", false)) {
                return plain.of(x, a.dims(1, "kernel_size"), a.dimsOrNull(2, "output_size"), ratio, samples);
            }
            ValuesAndIndices result = indexed.of(x, a.dims(1, "kernel_size"), a.dimsOrNull(2, "output_size"), ratio, samples);
            return List.of(result.values(), result.indices());
        }).covers("fractionalMaxPool" + rank + "d", "fractionalMaxPool" + rank + "dWithIndices")
                .refuses("more windows than places", ShapeMismatchException.class, "windows that fit",
                        () -> plain.of(ones(rank, 3), TWO, new int[] {3}, null, null))
                .refuses("neither size nor ratio", InvalidArgumentException.class, "either an output size",
                        () -> plain.of(ones(rank, 3), TWO, null, null, null))
                .refuses("a ratio of 1", InvalidArgumentException.class, "between 0 and 1",
                        () -> indexed.of(ones(rank, 3), TWO, null, new double[] {1}, null))
                .refuses("samples of another shape", ShapeMismatchException.class, "random samples of shape",
                        () -> plain.of(ones(rank, 3), TWO, ONE, null, Tensor.ones(1, 3, rank)))
                .refuses("integers", DTypeMismatchException.class, "floating-point",
                        () -> plain.of(ones(rank, 3).gt(0), TWO, ONE, null, null));
    }

    public static void addTo(Table table) {
        fractional(table, 2, Tensor::fractionalMaxPool2d, Tensor::fractionalMaxPool2dWithIndices);
        fractional(table, 3, Tensor::fractionalMaxPool3d, Tensor::fractionalMaxPool3dWithIndices);
        largest(table, 1, Tensor::maxPool1d, Tensor::maxPool1dWithIndices);
        largest(table, 2, Tensor::maxPool2d, Tensor::maxPool2dWithIndices);
        largest(table, 3, Tensor::maxPool3d, Tensor::maxPool3dWithIndices);
        mean(table, 1, (x, kernel, stride, padding, ceilMode, countIncludePad, _) ->
                x.avgPool1d(kernel, stride, padding, ceilMode, countIncludePad));
        mean(table, 2, Tensor::avgPool2d);
        mean(table, 3, Tensor::avgPool3d);
        norm(table, 1, Tensor::lpPool1d);
        norm(table, 2, Tensor::lpPool2d);
        norm(table, 3, Tensor::lpPool3d);
        adaptive(table, 1, Tensor::adaptiveAvgPool1d, Tensor::adaptiveMaxPool1d, Tensor::adaptiveMaxPool1dWithIndices);
        adaptive(table, 2, Tensor::adaptiveAvgPool2d, Tensor::adaptiveMaxPool2d, Tensor::adaptiveMaxPool2dWithIndices);
        adaptive(table, 3, Tensor::adaptiveAvgPool3d, Tensor::adaptiveMaxPool3d, Tensor::adaptiveMaxPool3dWithIndices);
        unpool(table, 1, Tensor::maxUnpool1d);
        unpool(table, 2, Tensor::maxUnpool2d);
        unpool(table, 3, Tensor::maxUnpool3d);
        backward(table);
    }

    private static void backward(Table table) {
        table.add("max_pool2d_with_indices_backward", a -> a.tensor(0, "grad_output").maxPool2dWithIndicesBackward(
                        a.tensor(1, "self"),
                        a.dims(2, "kernel_size"),
                        a.dimsOrNull(3, "stride"),
                        numbers(a, 4, "padding", 0),
                        numbers(a, 5, "dilation", 1),
                        a.flag(6, "ceil_mode", false),
                        a.tensor(7, "indices"))).covers("maxPool2dWithIndicesBackward")
                .noGradient("the recordings have none: it is a gradient itself")
                .refuses("a gradient of another shape", ShapeMismatchException.class, "a gradient and indices of shape [2, 2, 1, 1]",
                        () -> ones(2, 3).maxPool2dWithIndicesBackward(ones(2, 2), TWO, null, NONE, ONE, false, ones(2, 3)));
        table.add("avg_pool2d_backward", a -> a.tensor(0, "grad_output").avgPool2dBackward(
                        a.tensor(1, "self"),
                        a.dims(2, "kernel_size"),
                        a.dimsOrNull(3, "stride"),
                        numbers(a, 4, "padding", 0),
                        a.flag(5, "ceil_mode", false),
                        a.flag(6, "count_include_pad", true),
                        a.has(7, "divisor_override") ? (Long) a.integer(7, "divisor_override") : null)).covers("avgPool2dBackward")
                .refuses("a gradient of another shape", ShapeMismatchException.class, "a gradient of shape [2, 2, 1, 1]",
                        () -> ones(2, 3).avgPool2dBackward(ones(2, 2), TWO, null, NONE, false, true, null));
        table.add("_adaptive_avg_pool2d_backward",
                a -> a.tensor(0, "grad_output").adaptiveAvgPool2dBackward(a.tensor(1, "self"))).covers("adaptiveAvgPool2dBackward")
                .refuses("a vector", ShapeMismatchException.class, "got [3]", () -> Tensor.ones(3).adaptiveAvgPool2dBackward(ones(2, 3)));
    }
}
