// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.oracle;

import dev.ashlar.spi.ScalarOp;
import dev.ashlar.type.DType;

/**
 * How far results may be off, as the rules NUM, RED and CON of the specification state it. Derived from numerics: the elementwise
 * bounds are OpenCL's own table (single and double precision agree for these functions), the bounds of sums are the expected growth of
 * rounding errors with a factor for bad luck and a hard cap.
 */
public final class ErrorBounds {
    private static final double FACTOR = 8;
    private static final double CAP = 1e-4;

    private ErrorBounds() {}

    /** Returns the largest allowed error in units in the last place; 0 asks for the correctly rounded result. */
    public static double ulps(ScalarOp op) {
        return switch (op) {
            case EXP, LOG, EXPM1 -> 3;
            case LOG1P -> 2;
            case SIN, COS -> 4;
            case TANH, ATAN -> 5;
            case POW, ERF -> 16;
            default -> 0;
        };
    }

    /** Returns by how many units in the last place of a double the reference itself may be off ({@code StrictMath}'s documentation). */
    static double referenceUlps(ScalarOp op) {
        return op == ScalarOp.TANH ? 2.5 : ulps(op) > 0 ? 1 : 0;
    }

    /** Returns the absolute bound of one elementwise operation whose exact result is {@code x}. */
    static double elementwise(ScalarOp op, DType type, double x) {
        // Nothing may be off where the function has an exact zero: sin(0), log(1), expm1(0).
        return x == 0 ? 0 : ulps(op) * Numbers.ulp(type, x) + referenceUlps(op) * Math.ulp(x);
    }

    /**
     * Returns the absolute bound of a sum or a sum of products.
     *
     * @param terms how many were added
     * @param magnitude the sum of the absolute values
     */
    static double sum(DType accumulator, long terms, double magnitude) {
        return Math.min(FACTOR * Math.sqrt(terms) * unit(accumulator), CAP) * magnitude;
    }

    /** Returns the absolute bound of a product of {@code factors} values. */
    static double product(DType accumulator, long factors, double product) {
        return Math.min(FACTOR * Math.sqrt(factors) * unit(accumulator), CAP) * Math.abs(product);
    }

    /** Returns the unit roundoff: half the distance between 1 and the next number. */
    static double unit(DType type) {
        return Math.scalb(1.0, -Numbers.precision(type));
    }
}
