// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.java.vector;

import static dev.ashlar.runtime.java.vector.Polynomials.A0;
import static dev.ashlar.runtime.java.vector.Polynomials.A1;
import static dev.ashlar.runtime.java.vector.Polynomials.A10;
import static dev.ashlar.runtime.java.vector.Polynomials.A11;
import static dev.ashlar.runtime.java.vector.Polynomials.A2;
import static dev.ashlar.runtime.java.vector.Polynomials.A3;
import static dev.ashlar.runtime.java.vector.Polynomials.A4;
import static dev.ashlar.runtime.java.vector.Polynomials.A5;
import static dev.ashlar.runtime.java.vector.Polynomials.A6;
import static dev.ashlar.runtime.java.vector.Polynomials.A7;
import static dev.ashlar.runtime.java.vector.Polynomials.A8;
import static dev.ashlar.runtime.java.vector.Polynomials.A9;
import static dev.ashlar.runtime.java.vector.Polynomials.C1;
import static dev.ashlar.runtime.java.vector.Polynomials.C2;
import static dev.ashlar.runtime.java.vector.Polynomials.C3;
import static dev.ashlar.runtime.java.vector.Polynomials.C4;
import static dev.ashlar.runtime.java.vector.Polynomials.C5;
import static dev.ashlar.runtime.java.vector.Polynomials.E2;
import static dev.ashlar.runtime.java.vector.Polynomials.E3;
import static dev.ashlar.runtime.java.vector.Polynomials.E4;
import static dev.ashlar.runtime.java.vector.Polynomials.E5;
import static dev.ashlar.runtime.java.vector.Polynomials.E6;
import static dev.ashlar.runtime.java.vector.Polynomials.E7;
import static dev.ashlar.runtime.java.vector.Polynomials.E8;
import static dev.ashlar.runtime.java.vector.Polynomials.E9;
import static dev.ashlar.runtime.java.vector.Polynomials.ERF_HIGH;
import static dev.ashlar.runtime.java.vector.Polynomials.ERF_SCALE;
import static dev.ashlar.runtime.java.vector.Polynomials.EXP_HIGH;
import static dev.ashlar.runtime.java.vector.Polynomials.EXP_LOW;
import static dev.ashlar.runtime.java.vector.Polynomials.F0;
import static dev.ashlar.runtime.java.vector.Polynomials.F1;
import static dev.ashlar.runtime.java.vector.Polynomials.F10;
import static dev.ashlar.runtime.java.vector.Polynomials.F11;
import static dev.ashlar.runtime.java.vector.Polynomials.F12;
import static dev.ashlar.runtime.java.vector.Polynomials.F13;
import static dev.ashlar.runtime.java.vector.Polynomials.F14;
import static dev.ashlar.runtime.java.vector.Polynomials.F15;
import static dev.ashlar.runtime.java.vector.Polynomials.F16;
import static dev.ashlar.runtime.java.vector.Polynomials.F17;
import static dev.ashlar.runtime.java.vector.Polynomials.F2;
import static dev.ashlar.runtime.java.vector.Polynomials.F3;
import static dev.ashlar.runtime.java.vector.Polynomials.F4;
import static dev.ashlar.runtime.java.vector.Polynomials.F5;
import static dev.ashlar.runtime.java.vector.Polynomials.F6;
import static dev.ashlar.runtime.java.vector.Polynomials.F7;
import static dev.ashlar.runtime.java.vector.Polynomials.F8;
import static dev.ashlar.runtime.java.vector.Polynomials.F9;
import static dev.ashlar.runtime.java.vector.Polynomials.L1;
import static dev.ashlar.runtime.java.vector.Polynomials.L2;
import static dev.ashlar.runtime.java.vector.Polynomials.L3;
import static dev.ashlar.runtime.java.vector.Polynomials.L4;
import static dev.ashlar.runtime.java.vector.Polynomials.L5;
import static dev.ashlar.runtime.java.vector.Polynomials.L6;
import static dev.ashlar.runtime.java.vector.Polynomials.LN_2;
import static dev.ashlar.runtime.java.vector.Polynomials.LOG2_E;
import static dev.ashlar.runtime.java.vector.Polynomials.PI_OVER_2_HIGH;
import static dev.ashlar.runtime.java.vector.Polynomials.PI_OVER_2_LOW;
import static dev.ashlar.runtime.java.vector.Polynomials.ROUNDER;
import static dev.ashlar.runtime.java.vector.Polynomials.ROUNDER_BITS;
import static dev.ashlar.runtime.java.vector.Polynomials.S1;
import static dev.ashlar.runtime.java.vector.Polynomials.S2;
import static dev.ashlar.runtime.java.vector.Polynomials.S3;
import static dev.ashlar.runtime.java.vector.Polynomials.S4;
import static dev.ashlar.runtime.java.vector.Polynomials.S5;
import static dev.ashlar.runtime.java.vector.Polynomials.SQRT_HALF_BITS;
import static dev.ashlar.runtime.java.vector.Polynomials.TANH_HIGH;
import static dev.ashlar.runtime.java.vector.Polynomials.TANH_LOW;
import static dev.ashlar.runtime.java.vector.Polynomials.TINY;
import static dev.ashlar.runtime.java.vector.Polynomials.TRIGONOMETRIC_LIMIT;
import static dev.ashlar.runtime.java.vector.Polynomials.TWO_OVER_PI;

import dev.ashlar.runtime.java.device.SpecialFunctions;

/** The float32 functions, one value at a time. {@link VectorFunctions} does the same steps on vectors and gives the same bits. */
final class FloatFunctions {
    private FloatFunctions() {}

    static float exp(float x) {
        return (float) exponential(clampExponent(x));
    }

    static float expm1(float x) {
        double wide = x;
        double small = wide * Math.fma(wide, E2, 1);
        double large = exponential(clampExponent(x)) - 1;
        return (float) (Math.abs(wide) < TINY ? small : large);
    }

    static float log(float x) {
        return (float) logarithm(x);
    }

    static float log1p(float x) {
        double wide = x;
        double small = wide * Math.fma(wide, C1, 1);
        double large = logarithm(1 + wide);
        return (float) (Math.abs(wide) < TINY ? small : large);
    }

    static float tanh(float x) {
        double wide = x;
        double power = exponential(2 * Math.min(Math.max(wide, -TANH_HIGH), TANH_HIGH));
        double large = (power - 1) / (power + 1);
        double small = wide * Math.fma(wide * wide, -L1, 1);
        return (float) (Math.abs(wide) < TANH_LOW ? small : large);
    }

    static float sin(float x) {
        return Math.abs(x) > TRIGONOMETRIC_LIMIT ? (float) StrictMath.sin(x) : (float) sine(x, 0);
    }

    static float cos(float x) {
        return Math.abs(x) > TRIGONOMETRIC_LIMIT ? (float) StrictMath.cos(x) : (float) sine(x, 1);
    }

    static float erf(float x) {
        double wide = Math.min(Math.max((double) x, -ERF_HIGH), ERF_HIGH);
        double u = Math.fma(wide * wide, ERF_SCALE, -1);
        double p = Math.fma(F17, u, F16);
        p = Math.fma(p, u, F15);
        p = Math.fma(p, u, F14);
        p = Math.fma(p, u, F13);
        p = Math.fma(p, u, F12);
        p = Math.fma(p, u, F11);
        p = Math.fma(p, u, F10);
        p = Math.fma(p, u, F9);
        p = Math.fma(p, u, F8);
        p = Math.fma(p, u, F7);
        p = Math.fma(p, u, F6);
        p = Math.fma(p, u, F5);
        p = Math.fma(p, u, F4);
        p = Math.fma(p, u, F3);
        p = Math.fma(p, u, F2);
        p = Math.fma(p, u, F1);
        p = Math.fma(p, u, F0);
        return (float) (p * wide);
    }

    static float atan(float x) {
        double wide = Math.abs((double) x);
        boolean steep = wide > 1;
        double v = steep ? 1 / wide : wide;
        double u = Math.fma(v * v, 2, -1);
        double p = Math.fma(A11, u, A10);
        p = Math.fma(p, u, A9);
        p = Math.fma(p, u, A8);
        p = Math.fma(p, u, A7);
        p = Math.fma(p, u, A6);
        p = Math.fma(p, u, A5);
        p = Math.fma(p, u, A4);
        p = Math.fma(p, u, A3);
        p = Math.fma(p, u, A2);
        p = Math.fma(p, u, A1);
        p = Math.fma(p, u, A0);
        p *= v;
        return (float) Math.copySign(steep ? PI_OVER_2_HIGH - p : p, x);
    }

    static float pow(float x, float y) {
        if (x > 0 && x <= Float.MAX_VALUE && Math.abs(y) <= Float.MAX_VALUE) {
            return (float) exponential(Math.min(Math.max(y * logarithm(x), EXP_LOW), EXP_HIGH));
        }
        return (float) SpecialFunctions.pow(x, y);
    }

    private static double clampExponent(double x) {
        return Math.min(Math.max(x, EXP_LOW), EXP_HIGH);
    }

    // 2^n times a polynomial in the rest; x within [-1000, 700].
    private static double exponential(double x) {
        double rounded = Math.fma(x, LOG2_E, ROUNDER);
        double r = Math.fma(rounded - ROUNDER, -LN_2, x);
        double p = Math.fma(E9, r, E8);
        p = Math.fma(p, r, E7);
        p = Math.fma(p, r, E6);
        p = Math.fma(p, r, E5);
        p = Math.fma(p, r, E4);
        p = Math.fma(p, r, E3);
        p = Math.fma(p, r, E2);
        p = Math.fma(p, r, 1);
        p = Math.fma(p, r, 1);
        return Double.longBitsToDouble(Double.doubleToRawLongBits(p) + (Double.doubleToRawLongBits(rounded) << 52));
    }

    // The exponent times ln 2 plus the logarithm of the mantissa; x is not subnormal, as no float32 is in double.
    private static double logarithm(double x) {
        long bits = Double.doubleToRawLongBits(x);
        long exponent = bits - SQRT_HALF_BITS >> 52;
        double m = Double.longBitsToDouble(bits - (exponent << 52));
        double k = Double.longBitsToDouble(exponent + ROUNDER_BITS) - ROUNDER;
        double s = (m - 1) / (m + 1);
        double z = s * s;
        double p = Math.fma(L6, z, L5);
        p = Math.fma(p, z, L4);
        p = Math.fma(p, z, L3);
        p = Math.fma(p, z, L2);
        p = Math.fma(p, z, L1);
        p = Math.fma(p, z, 1);
        double value = Math.fma(k, LN_2, (s + s) * p);
        double special = x == 0 ? Double.NEGATIVE_INFINITY : x == Double.POSITIVE_INFINITY ? x : Double.NaN;
        return x > 0 && x < Double.POSITIVE_INFINITY ? value : special;
    }

    // The sine of x + quarter * pi/2.
    private static double sine(double x, long quarter) {
        double rounded = Math.fma(x, TWO_OVER_PI, ROUNDER);
        double n = rounded - ROUNDER;
        double r = Math.fma(n, -PI_OVER_2_LOW, Math.fma(n, -PI_OVER_2_HIGH, x));
        long quadrant = Double.doubleToRawLongBits(rounded) + quarter;
        double z = r * r;
        double s = Math.fma(S5, z, S4);
        s = Math.fma(s, z, S3);
        s = Math.fma(s, z, S2);
        s = Math.fma(s, z, S1);
        s = Math.fma(s, z, 1);
        s *= r;
        double c = Math.fma(C5, z, C4);
        c = Math.fma(c, z, C3);
        c = Math.fma(c, z, C2);
        c = Math.fma(c, z, C1);
        c = Math.fma(c, z, 1);
        double value = (quadrant & 1) == 0 ? s : c;
        return (quadrant & 2) == 0 ? value : -value;
    }
}
