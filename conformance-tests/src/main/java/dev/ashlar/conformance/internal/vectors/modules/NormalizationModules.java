// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.vectors.modules;

import dev.ashlar.conformance.internal.vectors.Arguments;
import dev.ashlar.nn.BatchNorm1d;
import dev.ashlar.nn.BatchNorm2d;
import dev.ashlar.nn.BatchNorm3d;
import dev.ashlar.nn.CrossMapLRN2d;
import dev.ashlar.nn.GroupNorm;
import dev.ashlar.nn.InstanceNorm1d;
import dev.ashlar.nn.InstanceNorm2d;
import dev.ashlar.nn.InstanceNorm3d;
import dev.ashlar.nn.LayerNorm;
import dev.ashlar.nn.LocalResponseNorm;
import dev.ashlar.nn.RMSNorm;
import dev.ashlar.type.Shape;
import org.jspecify.annotations.Nullable;

/** Entries of the group {@code normalization}. */
final class NormalizationModules {
    private NormalizationModules() {}

    private static @Nullable Double momentum(Arguments a) {
        return a.isNull(2, "momentum") ? null : (Double) a.number(2, "momentum", 0.1);
    }

    static void addTo(ModuleTable table) {
        table.add("BatchNorm1d", a -> new BatchNorm1d(a.integer(0, "num_features"), a.number(1, "eps", 1e-5), momentum(a),
                a.flag(3, "affine", true), a.flag(4, "track_running_stats", true), a.flag(-1, "bias", true)));
        table.add("InstanceNorm1d", a -> new InstanceNorm1d(a.integer(0, "num_features"), a.number(1, "eps", 1e-5),
                momentum(a), a.flag(3, "affine", false), a.flag(4, "track_running_stats", false),
                a.flag(-1, "bias", true)));
        table.add("BatchNorm2d", a -> new BatchNorm2d(a.integer(0, "num_features"), a.number(1, "eps", 1e-5), momentum(a),
                a.flag(3, "affine", true), a.flag(4, "track_running_stats", true), a.flag(-1, "bias", true)));
        table.add("InstanceNorm2d", a -> new InstanceNorm2d(a.integer(0, "num_features"), a.number(1, "eps", 1e-5),
                momentum(a), a.flag(3, "affine", false), a.flag(4, "track_running_stats", false),
                a.flag(-1, "bias", true)));
        table.add("BatchNorm3d", a -> new BatchNorm3d(a.integer(0, "num_features"), a.number(1, "eps", 1e-5), momentum(a),
                a.flag(3, "affine", true), a.flag(4, "track_running_stats", true), a.flag(-1, "bias", true)));
        table.add("InstanceNorm3d", a -> new InstanceNorm3d(a.integer(0, "num_features"), a.number(1, "eps", 1e-5),
                momentum(a), a.flag(3, "affine", false), a.flag(4, "track_running_stats", false),
                a.flag(-1, "bias", true)));
        table.add("LayerNorm", a -> new LayerNorm(Shape.of(a.integers(0, "normalized_shape")), a.number(1, "eps", 1e-5),
                a.flag(2, "elementwise_affine", true), a.flag(3, "bias", true)));
        table.add("GroupNorm", a -> new GroupNorm(a.integer(0, "num_groups"), a.integer(1, "num_channels"), a.number(2, "eps", 1e-5),
                a.flag(3, "affine", true), a.flag(-1, "bias", true)));
        table.add("RMSNorm", a -> new RMSNorm(
                Shape.of(a.integers(0, "normalized_shape")), a.numberOrNull(1, "eps"), a.flag(2, "elementwise_affine", true)));
        table.add("LocalResponseNorm", a -> new LocalResponseNorm(
                a.integer(0, "size"), a.number(1, "alpha", 1e-4), a.number(2, "beta", 0.75), a.number(3, "k", 1)));
        table.add("CrossMapLRN2d", a -> new CrossMapLRN2d(
                a.dim(0, "size"), a.number(1, "alpha", 1e-4), a.number(2, "beta", 0.75), a.number(3, "k", 1)));
    }
}
