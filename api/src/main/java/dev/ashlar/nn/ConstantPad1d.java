// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.PaddingMode;

/** Pads signals, the last dimension of a tensor, with one value. */
public final class ConstantPad1d extends PaddingLayer<ConstantPad1d> {
    /** Creates a layer that adds as much on each side. */
    public ConstantPad1d(int padding, double value) {
        this(new int[] {padding}, value);
    }

    /** @param padding added at left and right, or one number for all; negative ones cut off */
    public ConstantPad1d(int[] padding, double value) {
        super(1, padding, PaddingMode.CONSTANT, value, "value=" + Repr.number(value));
    }
}
