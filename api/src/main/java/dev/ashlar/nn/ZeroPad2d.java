// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.PaddingMode;

/** Pads images, the last two dimensions of a tensor, with zeros. */
public final class ZeroPad2d extends PaddingLayer<ZeroPad2d> {
    /** @param padding added at left, right, top and bottom, or one number for all; negative ones cut off */
    public ZeroPad2d(int... padding) {
        super(2, padding, PaddingMode.CONSTANT, 0, "");
    }
}
