// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.PaddingMode;

/** Pads volumes, the last three dimensions of a tensor, with what lies at the opposite side. */
public final class CircularPad3d extends PaddingLayer<CircularPad3d> {
    /** @param padding added at left, right, top, bottom, front and back, or one number for all; negative ones cut off */
    public CircularPad3d(int... padding) {
        super(3, padding, PaddingMode.CIRCULAR, 0, "");
    }
}
