// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.PaddingMode;

/** Pads volumes, the last three dimensions of a tensor, with zeros. */
public final class ZeroPad3d extends PaddingLayer<ZeroPad3d> {
    /** @param padding added at left, right, top, bottom, front and back, or one number for all; negative ones cut off */
    public ZeroPad3d(int... padding) {
        super(3, padding, PaddingMode.CONSTANT, 0, "");
    }
}
