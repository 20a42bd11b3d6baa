// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.PaddingMode;

/** Pads images, the last two dimensions of a tensor, with one value. */
public final class ConstantPad2d extends PaddingLayer<ConstantPad2d> {
    /** Creates a layer that adds as much on each side. */
    public ConstantPad2d(int padding, double value) {
        this(new int[] {padding}, value);
    }

    /** @param padding added at left, right, top and bottom, or one number for all; negative ones cut off */
    public ConstantPad2d(int[] padding, double value) {
        super(2, padding, PaddingMode.CONSTANT, value, "value=" + Repr.number(value));
    }
}
