// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.PaddingMode;

/** Pads signals, the last dimension of a tensor, with what lies at the opposite side. */
public final class CircularPad1d extends PaddingLayer<CircularPad1d> {
    /** @param padding added at left and right, or one number for all; negative ones cut off */
    public CircularPad1d(int... padding) {
        super(1, padding, PaddingMode.CIRCULAR, 0, "");
    }
}
