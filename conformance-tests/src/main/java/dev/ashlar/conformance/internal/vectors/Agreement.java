// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.vectors;

import dev.ashlar.type.DType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Compares what was computed with what is recorded, with the tolerances of {@code torch.testing.assert_close}: a result agrees where
 * {@code |actual - expected| <= atol + rtol |expected|}, NaN agrees with NaN, whole numbers and truths agree exactly.
 */
public final class Agreement {
    private Agreement() {}

    /**
     * Returns what is different, one line, or null if nothing is.
     *
     * @param widening a factor on the tolerance
     */
    public static @Nullable String difference(Data actual, Data expected, double widening) {
        if (actual.type() != expected.type()) {
            return "expected " + expected.type() + Arrays.toString(expected.sizes()) + ", got " + actual.type()
                    + Arrays.toString(actual.sizes());
        }
        if (!Arrays.equals(actual.sizes(), expected.sizes())) {
            return "expected shape " + Arrays.toString(expected.sizes()) + ", got " + Arrays.toString(actual.sizes());
        }
        if (!expected.type().isFloatingPoint()) {
            return Arrays.equals(actual.bytes(), expected.bytes()) ? null : "expected " + expected + ", got " + actual;
        }
        double relative = relative(expected.type()) * widening;
        double absolute = absolute(expected.type()) * widening;
        double[] wanted = expected.numbers();
        double[] found = actual.numbers();
        int worst = -1;
        double most = 0;
        int bad = 0;
        for (int i = 0; i < wanted.length; i++) {
            double excess = excess(found[i], wanted[i], relative, absolute);
            if (excess > 1) {
                bad++;
                if (worst < 0 || excess > most) {
                    worst = i;
                    most = excess;
                }
            }
        }
        return bad == 0 ? null : "expected " + wanted[worst] + " at " + worst + ", got " + found[worst] + " (" + bad + " of "
                + wanted.length
                + " are off, this one by " + String.format(java.util.Locale.ROOT, "%.3g", most) + " times the tolerance); all: expected "
                + expected + ", got " + actual;
    }

    private static double excess(double actual, double expected, double relative, double absolute) {
        if (Double.isNaN(expected) || Double.isNaN(actual)) {
            return Double.isNaN(expected) && Double.isNaN(actual) ? 0 : Double.POSITIVE_INFINITY;
        }
        if (actual == expected) {
            return 0;
        }
        if (Double.isInfinite(expected) || Double.isInfinite(actual)) {
            return Double.POSITIVE_INFINITY;
        }
        return Math.abs(actual - expected) / (absolute + relative * Math.abs(expected));
    }

    static double relative(DType type) {
        return switch (type) {
            case FLOAT64 -> 1e-7;
            case FLOAT32 -> 1.3e-6;
            case FLOAT16 -> 1e-3;
            case BFLOAT16 -> 1.6e-2;
            default -> 0;
        };
    }

    static double absolute(DType type) {
        return switch (type) {
            case FLOAT64 -> 1e-7;
            case FLOAT32, FLOAT16, BFLOAT16 -> 1e-5;
            default -> 0;
        };
    }
}
