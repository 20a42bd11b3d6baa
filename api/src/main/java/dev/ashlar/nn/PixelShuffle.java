// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

/**
 * Moves channels into the plane: [..., c * r * r, h, w] becomes [..., c, h * r, w * r]; see {@link dev.ashlar.Tensor#pixelShuffle(long)}.
 */
public final class PixelShuffle extends StatelessLayer<PixelShuffle> {
    /** @param upscaleFactor &gt;= 1 */
    public PixelShuffle(long upscaleFactor) {
        Windows.positive("pixelShuffle", upscaleFactor);
        super(x -> x.pixelShuffle(upscaleFactor), "upscale_factor=" + upscaleFactor);
    }
}
