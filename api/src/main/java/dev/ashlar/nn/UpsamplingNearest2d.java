// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.InterpolationMode;
import org.jspecify.annotations.Nullable;

/** Makes images larger, repeating elements. */
public final class UpsamplingNearest2d extends StatelessLayer<UpsamplingNearest2d> {
    /** Creates a layer that multiplies both sizes. */
    public UpsamplingNearest2d(double scaleFactor) {
        this(null, new double[] {scaleFactor});
    }

    /**
     * @param size rows and columns of the result, or one number for both; null if there is a factor
     * @param scaleFactor what sizes are multiplied by and rounded down, or one for both; null if there is a size
     */
    public UpsamplingNearest2d(long @Nullable [] size, double @Nullable [] scaleFactor) {
        Upsample.exactlyOne(size, scaleFactor);
        super(
                x -> Ranks.checked("upsampling", x, 4, 4).interpolate(size, scaleFactor, InterpolationMode.NEAREST, false, false, false),
                Upsample.described(size, scaleFactor, "nearest"));
    }
}
