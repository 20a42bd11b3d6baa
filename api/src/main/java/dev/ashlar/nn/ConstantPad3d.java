// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.PaddingMode;

/** Pads volumes, the last three dimensions of a tensor, with one value. */
public final class ConstantPad3d extends PaddingLayer<ConstantPad3d> {
    /** Creates a layer that adds as much on each side. */
    public ConstantPad3d(int padding, double value) {
        this(new int[] {padding}, value);
    }

    /** @param padding added at left, right, top, bottom, front and back, or one number for all; negative ones cut off */
    public ConstantPad3d(int[] padding, double value) {
        super(3, padding, PaddingMode.CONSTANT, value, "value=" + Repr.number(value));
    }
}
