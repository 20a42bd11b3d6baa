// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.java.device;

/** Functions in double precision that the JDK lacks or defines differently. */
public final class SpecialFunctions {
    private static final double TWO_OVER_SQRT_PI = 1.1283791670955126;
    /** Below it the series is used, above it the continued fraction. */
    private static final double SERIES_LIMIT = 2.5;
    /** From here on 1 - erf(x) is less than half a unit in the last place of 1. */
    private static final double ONE_LIMIT = 6;

    private SpecialFunctions() {}

    /** Returns the error function, within a few units in the last place. */
    public static double erf(double x) {
        double size = Math.abs(x);
        if (Double.isNaN(x) || x == 0) {
            return x;
        }
        if (size >= ONE_LIMIT) {
            return Math.copySign(1, x);
        }
        return Math.copySign(size < SERIES_LIMIT ? series(size) : 1 - fraction(size), x);
    }

    // exp(-x^2) times a sum of positive terms: nothing cancels.
    private static double series(double x) {
        double term = x;
        double sum = x;
        for (int n = 1; term > sum * 0x1p-54; n++) {
            term *= 2 * x * x / (2 * n + 1);
            sum += term;
        }
        return TWO_OVER_SQRT_PI * StrictMath.exp(-x * x) * sum;
    }

    // erfc(x) = exp(-x^2) / sqrt(pi) / (x + 1/2 / (x + 2/2 / (x + 3/2 / ...))), evaluated from the inside.
    private static double fraction(double x) {
        double tail = x;
        for (int n = 60; n > 0; n--) {
            tail = x + 0.5 * n / tail;
        }
        return 0.5 * TWO_OVER_SQRT_PI * StrictMath.exp(-x * x) / tail;
    }

    /** Returns x to the power of y with the special values of C99 Annex F, where Java has NaN for a base of 1 or -1. */
    public static double pow(double x, double y) {
        if (x == 1 || x == -1 && Double.isInfinite(y)) {
            return 1;
        }
        return StrictMath.pow(x, y);
    }
}
