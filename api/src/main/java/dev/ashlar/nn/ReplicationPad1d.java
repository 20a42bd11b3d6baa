// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.PaddingMode;

/** Pads signals, the last dimension of a tensor, with the nearest element of the border. */
public final class ReplicationPad1d extends PaddingLayer<ReplicationPad1d> {
    /** @param padding added at left and right, or one number for all; negative ones cut off */
    public ReplicationPad1d(int... padding) {
        super(1, padding, PaddingMode.REPLICATE, 0, "");
    }
}
