// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.PaddingMode;

/** Pads volumes, the last three dimensions of a tensor, with what lies inside, mirrored at the border, which is not repeated. */
public final class ReflectionPad3d extends PaddingLayer<ReflectionPad3d> {
    /**
     * @param padding added at left, right, top, bottom, front and back, less than the size, or one number for all; negative ones cut off
     */
    public ReflectionPad3d(int... padding) {
        super(3, padding, PaddingMode.REFLECT, 0, "");
    }
}
