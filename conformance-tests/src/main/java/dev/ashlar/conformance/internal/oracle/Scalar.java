// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.oracle;

import dev.ashlar.type.DType;

/**
 * What a value must be.
 *
 * @param x the value of a floating type, rounded to it if {@code error} is 0, else the mathematical value; 0 for other types
 * @param n the value of an integer type or bool; 0 for floating types
 * @param error how far a backend may be from {@code x}; 0 asks for exactly this value
 * @param anySign whether a zero may have either sign
 */
public record Scalar(double x, long n, double error, boolean anySign) {
    /** Returns the exact value of a floating type. */
    public static Scalar exact(double x) {
        return new Scalar(x, 0, 0, false);
    }

    /** Returns the exact value of an integer type or bool. */
    public static Scalar whole(long n) {
        return new Scalar(0, n, 0, false);
    }

    public static Scalar bool(boolean value) {
        return whole(value ? 1 : 0);
    }

    /** Returns a value that may be off by {@code error}; infinities and NaN never may. */
    public static Scalar within(double x, double error) {
        return new Scalar(x, 0, Double.isNaN(x) || Double.isInfinite(x) ? 0 : error, false);
    }

    static Scalar of(DType type, double x) {
        return type.isFloatingPoint() ? exact(x) : whole((long) x);
    }

    static Scalar of(DType type, long n) {
        return type.isFloatingPoint() ? exact(Numbers.round(type, n)) : whole(type == DType.BOOL ? n != 0 ? 1 : 0 : n);
    }

    /** Returns this value, a zero of which may have either sign if {@code free}. */
    public Scalar zeroOfAnySign(boolean free) {
        return free && x == 0 && !anySign ? new Scalar(x, n, error, true) : this;
    }
}
