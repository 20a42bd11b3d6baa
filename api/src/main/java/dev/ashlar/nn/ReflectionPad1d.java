// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.PaddingMode;

/** Pads signals, the last dimension of a tensor, with what lies inside, mirrored at the border, which is not repeated. */
public final class ReflectionPad1d extends PaddingLayer<ReflectionPad1d> {
    /** @param padding added at left and right, less than the size, or one number for all; negative ones cut off */
    public ReflectionPad1d(int... padding) {
        super(1, padding, PaddingMode.REFLECT, 0, "");
    }
}
