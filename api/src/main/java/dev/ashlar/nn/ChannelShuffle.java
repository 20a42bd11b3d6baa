// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

/** Interleaves groups of channels of [batch, channels, ...]; see {@link dev.ashlar.Tensor#channelShuffle(long)}. */
public final class ChannelShuffle extends StatelessLayer<ChannelShuffle> {
    /** @param groups &gt;= 1 */
    public ChannelShuffle(long groups) {
        Windows.positive("channelShuffle", groups);
        super(x -> x.channelShuffle(groups), "groups=" + groups);
    }
}
