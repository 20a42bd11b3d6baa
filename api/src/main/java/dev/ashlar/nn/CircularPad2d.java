// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.PaddingMode;

/** Pads images, the last two dimensions of a tensor, with what lies at the opposite side. */
public final class CircularPad2d extends PaddingLayer<CircularPad2d> {
    /** @param padding added at left, right, top and bottom, or one number for all; negative ones cut off */
    public CircularPad2d(int... padding) {
        super(2, padding, PaddingMode.CIRCULAR, 0, "");
    }
}
