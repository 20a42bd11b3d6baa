// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.vectors.modules;

import dev.ashlar.InterpolationMode;
import dev.ashlar.conformance.internal.vectors.Arguments;
import dev.ashlar.nn.ChannelShuffle;
import dev.ashlar.nn.CircularPad1d;
import dev.ashlar.nn.CircularPad2d;
import dev.ashlar.nn.CircularPad3d;
import dev.ashlar.nn.ConstantPad1d;
import dev.ashlar.nn.ConstantPad2d;
import dev.ashlar.nn.ConstantPad3d;
import dev.ashlar.nn.Flatten;
import dev.ashlar.nn.Fold;
import dev.ashlar.nn.PixelShuffle;
import dev.ashlar.nn.PixelUnshuffle;
import dev.ashlar.nn.ReflectionPad1d;
import dev.ashlar.nn.ReflectionPad2d;
import dev.ashlar.nn.ReflectionPad3d;
import dev.ashlar.nn.ReplicationPad1d;
import dev.ashlar.nn.ReplicationPad2d;
import dev.ashlar.nn.ReplicationPad3d;
import dev.ashlar.nn.Unflatten;
import dev.ashlar.nn.Unfold;
import dev.ashlar.nn.Upsample;
import dev.ashlar.nn.UpsamplingBilinear2d;
import dev.ashlar.nn.UpsamplingNearest2d;
import dev.ashlar.nn.ZeroPad1d;
import dev.ashlar.nn.ZeroPad2d;
import dev.ashlar.nn.ZeroPad3d;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Padding, folding, resizing, rearranging. */
final class ShapeModules {
    private ShapeModules() {}

    private static int[] numbers(Arguments a, int position, String name, int absent) {
        return a.has(position, name) ? a.dims(position, name) : new int[] {absent};
    }

    private static double @Nullable [] factors(Arguments a) {
        return a.has(1, "scale_factor") ? a.numbers(1, "scale_factor") : null;
    }

    private static InterpolationMode mode(Arguments a) {
        return InterpolationMode.valueOf(a.text(2, "mode", "nearest").toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    static void addTo(ModuleTable table) {
        table.add("CircularPad1d", a -> new CircularPad1d(a.dims(0, "padding")));
        table.add("CircularPad2d", a -> new CircularPad2d(a.dims(0, "padding")));
        table.add("CircularPad3d", a -> new CircularPad3d(a.dims(0, "padding")));
        table.add("ConstantPad1d", a -> new ConstantPad1d(a.dims(0, "padding"), a.number(1, "value")));
        table.add("ConstantPad2d", a -> new ConstantPad2d(a.dims(0, "padding"), a.number(1, "value")));
        table.add("ConstantPad3d", a -> new ConstantPad3d(a.dims(0, "padding"), a.number(1, "value")));
        table.add("ReflectionPad1d", a -> new ReflectionPad1d(a.dims(0, "padding")));
        table.add("ReflectionPad2d", a -> new ReflectionPad2d(a.dims(0, "padding")));
        table.add("ReflectionPad3d", a -> new ReflectionPad3d(a.dims(0, "padding")));
        table.add("ReplicationPad1d", a -> new ReplicationPad1d(a.dims(0, "padding")));
        table.add("ReplicationPad2d", a -> new ReplicationPad2d(a.dims(0, "padding")));
        table.add("ReplicationPad3d", a -> new ReplicationPad3d(a.dims(0, "padding")));
        table.add("ZeroPad1d", a -> new ZeroPad1d(a.dims(0, "padding")));
        table.add("ZeroPad2d", a -> new ZeroPad2d(a.dims(0, "padding")));
        table.add("ZeroPad3d", a -> new ZeroPad3d(a.dims(0, "padding")));
        table.add("Flatten", a -> new Flatten(a.dim(0, "start_dim", 1), a.dim(1, "end_dim", -1)));
        table.add("Unflatten", a -> new Unflatten(a.dim(0, "dim"), a.integers(1, "unflattened_size")));
        table.add("Fold", a -> new Fold(a.dims(0, "output_size"), a.dims(1, "kernel_size"), numbers(a, 2, "dilation", 1),
                numbers(a, 3, "padding", 0), numbers(a, 4, "stride", 1)));
        table.add("Unfold", a -> new Unfold(a.dims(0, "kernel_size"), numbers(a, 1, "dilation", 1), numbers(a, 2, "padding", 0),
                numbers(a, 3, "stride", 1)));
        table.add("PixelShuffle", a -> new PixelShuffle(a.integer(0, "upscale_factor")));
        table.add("PixelUnshuffle", a -> new PixelUnshuffle(a.integer(0, "downscale_factor")));
        table.add("ChannelShuffle", a -> new ChannelShuffle(a.integer(0, "groups")));
        table.add("Upsample", a -> new Upsample(a.integersOrNull(0, "size"), factors(a), mode(a), a.flag(3, "align_corners", false),
                a.flag(4, "recompute_scale_factor", false)));
        table.add("UpsamplingNearest2d", a -> new UpsamplingNearest2d(a.integersOrNull(0, "size"), factors(a)));
        table.add("UpsamplingBilinear2d", a -> new UpsamplingBilinear2d(a.integersOrNull(0, "size"), factors(a)));
    }
}
