// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

/**
 * Moves parts of the plane into channels: [..., c, h * r, w * r] becomes [..., c * r * r, h, w]; see {@link
 * dev.ashlar.Tensor#pixelUnshuffle(long)}.
 */
public final class PixelUnshuffle extends StatelessLayer<PixelUnshuffle> {
    /** @param downscaleFactor &gt;= 1 */
    public PixelUnshuffle(long downscaleFactor) {
        Windows.positive("pixelUnshuffle", downscaleFactor);
        super(x -> x.pixelUnshuffle(downscaleFactor), "downscale_factor=" + downscaleFactor);
    }
}
