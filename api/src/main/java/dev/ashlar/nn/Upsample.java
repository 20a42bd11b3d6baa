// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.InterpolationMode;
import dev.ashlar.type.InvalidArgumentException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes signals, images or volumes larger or smaller; see {@link dev.ashlar.Tensor#interpolate(long[], double[], InterpolationMode,
 * boolean, boolean, boolean)}.
 */
public final class Upsample extends StatelessLayer<Upsample> {
    /** Creates a layer that repeats elements. */
    public Upsample(double scaleFactor) {
        this(scaleFactor, InterpolationMode.NEAREST);
    }

    /** Creates a layer that multiplies all sizes. */
    public Upsample(double scaleFactor, InterpolationMode mode) {
        this(null, new double[] {scaleFactor}, mode, false, false);
    }

    /** Creates a layer for given sizes, or one for all dimensions. */
    public Upsample(long[] size, InterpolationMode mode) {
        this(size, null, mode, false, false);
    }

    /**
     * @param size of the result, or one for all dimensions; null if there is a factor
     * @param scaleFactor what sizes are multiplied by and rounded down, or one for all; null if there is a size
     * @param mode how values between elements are found; it must fit the number of dimensions
     * @param alignCorners whether the middles of the outermost elements stay where they are, and not their edges; for modes with weights
     * @param recomputeScaleFactor whether the distance of elements follows from the sizes and not from the given factor
     */
    public Upsample(
            long @Nullable [] size,
            double @Nullable [] scaleFactor,
            InterpolationMode mode,
            boolean alignCorners,
            boolean recomputeScaleFactor) {
        exactlyOne(size, scaleFactor);
        super(
                x -> x.interpolate(size, scaleFactor, mode, alignCorners, recomputeScaleFactor, false),
                described(size, scaleFactor, mode.name().toLowerCase(Locale.ROOT).replace('_', '-')));
    }

    /** Throws unless one of both is given. */
    static void exactlyOne(long @Nullable [] size, double @Nullable [] scaleFactor) {
        if ((size == null) == (scaleFactor == null)) {
            throw new InvalidArgumentException("[upsample] expected either a size or a factor, got "
                    + (size == null ? "none" : "both") + "; give one of them");
        }
    }

    /** Returns what {@link #extraRepr()} says of such a layer. */
    static String described(long @Nullable [] size, double @Nullable [] scaleFactor, String mode) {
        return repr(size, scaleFactor) + ", mode='" + mode + "'";
    }

    private static String repr(long @Nullable [] size, double @Nullable [] scaleFactor) {
        if (scaleFactor == null) {
            return "size=" + (size == null ? "None" : size.length == 1 ? Long.toString(size[0]) : Repr.tuple(size));
        }
        String factors = Arrays.stream(scaleFactor).mapToObj(Repr::of).collect(Collectors.joining(", "));
        return "scale_factor=" + (scaleFactor.length == 1 ? factors : "(" + factors + ")");
    }
}
