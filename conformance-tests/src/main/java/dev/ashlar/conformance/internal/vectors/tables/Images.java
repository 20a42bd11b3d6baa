// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.vectors.tables;

import dev.ashlar.GridPadding;
import dev.ashlar.InterpolationMode;
import dev.ashlar.PaddingMode;
import dev.ashlar.Tensor;
import dev.ashlar.conformance.internal.vectors.Arguments;
import dev.ashlar.conformance.internal.vectors.Table;
import dev.ashlar.type.DType;
import dev.ashlar.type.DTypeMismatchException;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.ShapeMismatchException;
import java.util.Locale;

/** The calls of the group images. */
public final class Images {
    private static final InterpolationMode[] SAMPLING = {
        InterpolationMode.BILINEAR, InterpolationMode.NEAREST, InterpolationMode.BICUBIC
    };

    private Images() {}

    private static String constant(String text) {
        return text.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    private static InterpolationMode mode(Arguments a, int position, String absent) {
        return InterpolationMode.valueOf(constant(a.text(position, "mode", absent)));
    }

    private static void padding(Table table) {
        table.add("nn.functional.pad", a -> a.tensor(0, "input").pad(
                        a.integers(1, "pad"),
                        PaddingMode.valueOf(constant(a.text(2, "mode", "constant"))),
                        a.number(3, "value", 0))).covers("pad")
                .refuses("half a pair", InvalidArgumentException.class, "pairs of amounts",
                        () -> Tensor.ones(1, 2, 3).pad(new long[] {1}, PaddingMode.CONSTANT))
                .refuses("a reflection of more than there is", ShapeMismatchException.class, "below the size",
                        () -> Tensor.ones(1, 2, 3).pad(new long[] {3, 0}, PaddingMode.REFLECT))
                .refuses("a circle of more than there is", ShapeMismatchException.class, "at most the size",
                        () -> Tensor.ones(1, 2, 3).pad(new long[] {4, 0}, PaddingMode.CIRCULAR))
                .refuses("a reflection of the batch", InvalidArgumentException.class, "all dimensions but batch and channels",
                        () -> Tensor.ones(2, 3).pad(new long[] {1, 1, 1, 1}, PaddingMode.REFLECT));
        table.add("constant_pad_nd", a -> a.tensor(0, "input").constantPadNd(a.integers(1, "pad"), a.number(2, "value", 0)))
                .covers("constantPadNd")
                .refuses("more cut off than there is", ShapeMismatchException.class, "no negative size",
                        () -> Tensor.ones(1, 2, 3).constantPadNd(new long[] {-2, -2}, 0));
    }

    private static void resampling(Table table) {
        table.add("nn.functional.interpolate", a -> a.tensor(0, "input").interpolate(
                        a.integersOrNull(1, "size"),
                        a.has(2, "scale_factor") ? a.numbers(2, "scale_factor") : null,
                        mode(a, 3, "nearest"),
                        a.flag(4, "align_corners", false),
                        a.flag(5, "recompute_scale_factor", false),
                        a.flag(6, "antialias", false))).covers("interpolate")
                .refuses("size and factor", InvalidArgumentException.class, "got both", () -> Tensor.ones(1, 2, 3)
                        .interpolate(new long[] {2}, new double[] {2}, InterpolationMode.NEAREST, false, false, false))
                .refuses("a mode for other dimensions", ShapeMismatchException.class, "for mode BILINEAR",
                        () -> Tensor.ones(1, 2, 3).interpolate(2, InterpolationMode.BILINEAR))
                .refuses("a factor that leaves nothing", InvalidArgumentException.class, "sizes >= 1",
                        () -> Tensor.ones(1, 2, 3).interpolate(0.1, InterpolationMode.NEAREST))
                .refuses("integers with weights", DTypeMismatchException.class, "floating-point",
                        () -> Tensor.ones(1, 2, 3).to(DType.INT64).interpolate(2, InterpolationMode.LINEAR));
        table.add("nn.functional.grid_sample", a -> a.tensor(0, "input").gridSample(
                        a.tensor(1, "grid"),
                        mode(a, 2, "bilinear"),
                        GridPadding.valueOf(constant(a.text(3, "padding_mode", "zeros"))),
                        a.flag(4, "align_corners", false))).covers("gridSample")
                .refuses("a grid for volumes", ShapeMismatchException.class, "a grid of shape [1, sizes of the result, 2]",
                        () -> Tensor.ones(1, 2, 3, 3).gridSample(Tensor.ones(1, 2, 2, 3)))
                .refuses("another type", DTypeMismatchException.class, "one floating-point type",
                        () -> Tensor.ones(1, 2, 3, 3).gridSample(Tensor.ones(1, 2, 2, 2).to(DType.INT64)))
                .refuses("a mode that it has not", InvalidArgumentException.class, "got AREA", () -> Tensor.ones(1, 2, 3, 3)
                        .gridSample(Tensor.ones(1, 2, 2, 2), InterpolationMode.AREA, GridPadding.ZEROS, false));
        table.add("grid_sampler_2d", a -> a.tensor(0, "input").gridSample(
                        a.tensor(1, "grid"),
                        SAMPLING[a.dim(2, "interpolation_mode")],
                        GridPadding.values()[a.dim(3, "padding_mode")],
                        a.flag(4, "align_corners", false))).covers("gridSample")
                .refuses("a vector", ShapeMismatchException.class, "got [3]", () -> Tensor.ones(3).gridSample(Tensor.ones(1, 2, 2, 2)));
        table.add("nn.functional.affine_grid",
                a -> a.tensor(0, "theta").affineGrid(a.integers(1, "size"), a.flag(2, "align_corners", false))).covers("affineGrid")
                .refuses("matrices for volumes", ShapeMismatchException.class, "matrices of shape [1, 2, 3]",
                        () -> Tensor.ones(1, 3, 4).affineGrid(new long[] {1, 1, 2, 2}, false))
                .refuses("a size without batch", InvalidArgumentException.class, "4 numbers",
                        () -> Tensor.ones(1, 2, 3).affineGrid(new long[] {2, 2, 2}, false));
    }

    private static void rearranging(Table table) {
        table.add("nn.functional.pixel_shuffle", a -> a.tensor(0, "input").pixelShuffle(a.integer(1, "upscale_factor")))
                .covers("pixelShuffle")
                .refuses("channels that do not divide", ShapeMismatchException.class, "a multiple of 4",
                        () -> Tensor.ones(1, 6, 2, 2).pixelShuffle(2))
                .refuses("a factor of 0", InvalidArgumentException.class, "a factor >= 1", () -> Tensor.ones(1, 4, 2, 2).pixelShuffle(0));
        table.add("nn.functional.pixel_unshuffle", a -> a.tensor(0, "input").pixelUnshuffle(a.integer(1, "downscale_factor")))
                .covers("pixelUnshuffle")
                .refuses("rows that do not divide", ShapeMismatchException.class, "multiples of 2",
                        () -> Tensor.ones(1, 1, 3, 2).pixelUnshuffle(2));
        table.add("nn.functional.channel_shuffle", a -> a.tensor(0, "input").channelShuffle(a.integer(1, "groups")))
                .covers("channelShuffle")
                .refuses("groups that do not divide", InvalidArgumentException.class, "divide the 4 channels",
                        () -> Tensor.ones(1, 4, 2, 2).channelShuffle(3));
    }

    public static void addTo(Table table) {
        padding(table);
        resampling(table);
        rearranging(table);
    }
}
