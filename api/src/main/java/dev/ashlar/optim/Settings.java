// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.optim;

import dev.ashlar.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/** Small things that optimizers share. */
final class Settings {
    private Settings() {}

    /** Returns the settings with one more, unless it is there. */
    static Map<String, Double> with(Map<String, Double> settings, String name, double value) {
        Map<String, Double> more = new LinkedHashMap<>(settings);
        more.putIfAbsent(name, value);
        return more;
    }

    /** Moves a tensor by a part of the way to another one, from the end that is nearer, as PyTorch's {@code lerp_}. */
    static void approach(Tensor moving, Tensor end, double part) {
        Tensor way = end.sub(moving);
        moving.assign(part < 0.5 ? moving.add(way.mul(part)) : end.sub(way.mul(1 - part)));
    }

    /** Turns a mean of squares into that with one number more: {@code mean * kept + x^2 * (1 - kept)}. */
    static void square(Tensor mean, Tensor x, double kept) {
        mean.assign(mean.mul(kept).add(x.mul(x).mul(1 - kept)));
    }
}
