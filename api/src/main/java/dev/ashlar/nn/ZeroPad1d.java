// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.PaddingMode;

/** Pads signals, the last dimension of a tensor, with zeros. */
public final class ZeroPad1d extends PaddingLayer<ZeroPad1d> {
    /** @param padding added at left and right, or one number for all; negative ones cut off */
    public ZeroPad1d(int... padding) {
        super(1, padding, PaddingMode.CONSTANT, 0, "");
    }
}
