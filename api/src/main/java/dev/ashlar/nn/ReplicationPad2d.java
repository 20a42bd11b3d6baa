// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.PaddingMode;

/** Pads images, the last two dimensions of a tensor, with the nearest element of the border. */
public final class ReplicationPad2d extends PaddingLayer<ReplicationPad2d> {
    /** @param padding added at left, right, top and bottom, or one number for all; negative ones cut off */
    public ReplicationPad2d(int... padding) {
        super(2, padding, PaddingMode.REPLICATE, 0, "");
    }
}
