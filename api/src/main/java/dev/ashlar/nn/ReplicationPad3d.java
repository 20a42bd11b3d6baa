// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.PaddingMode;

/** Pads volumes, the last three dimensions of a tensor, with the nearest element of the border. */
public final class ReplicationPad3d extends PaddingLayer<ReplicationPad3d> {
    /** @param padding added at left, right, top, bottom, front and back, or one number for all; negative ones cut off */
    public ReplicationPad3d(int... padding) {
        super(3, padding, PaddingMode.REPLICATE, 0, "");
    }
}
