// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.PaddingMode;

/** Pads images, the last two dimensions of a tensor, with what lies inside, mirrored at the border, which is not repeated. */
public final class ReflectionPad2d extends PaddingLayer<ReflectionPad2d> {
    /** @param padding added at left, right, top and bottom, less than the size, or one number for all; negative ones cut off */
    public ReflectionPad2d(int... padding) {
        super(2, padding, PaddingMode.REFLECT, 0, "");
    }
}
