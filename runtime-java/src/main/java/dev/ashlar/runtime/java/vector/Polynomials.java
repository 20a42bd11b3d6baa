// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.java.vector;

/**
 * The constants of the float32 functions, shared by their plain and their vector form. All are evaluated in double precision, where
 * an approximation to 1e-9 gives float32 results within 0.51 units in the last place without any splitting of arguments.
 */
final class Polynomials {
    static final double LOG2_E = 1.4426950408889634;
    static final double LN_2 = 0.6931471805599453;
    static final double TWO_OVER_PI = 0.6366197723675814;
    static final double PI_OVER_2_HIGH = 1.5707963267948966;
    static final double PI_OVER_2_LOW = 6.123233995736766e-17;

    /** Added to a number below 2^51 it leaves the nearest whole number in the low bits. */
    static final double ROUNDER = 0x1.8p52;
    static final long ROUNDER_BITS = 0x4338000000000000L;

    /** Beyond these exp is infinite or 0 in float32. */
    static final double EXP_HIGH = 100;
    static final double EXP_LOW = -110;

    // exp on [-ln 2 / 2, ln 2 / 2]: Taylor, error 7e-12.
    static final double E2 = 1.0 / 2;
    static final double E3 = 1.0 / 6;
    static final double E4 = 1.0 / 24;
    static final double E5 = 1.0 / 120;
    static final double E6 = 1.0 / 720;
    static final double E7 = 1.0 / 5040;
    static final double E8 = 1.0 / 40320;
    static final double E9 = 1.0 / 362880;

    /** Bits of sqrt(1/2): mantissas are taken from [sqrt(1/2), sqrt(2)). */
    static final long SQRT_HALF_BITS = 0x3FE6A09E667F3BCDL;

    // log((1 + s) / (1 - s)) / 2s in s^2, |s| below 0.172: Taylor, error 2e-12.
    static final double L1 = 1.0 / 3;
    static final double L2 = 1.0 / 5;
    static final double L3 = 1.0 / 7;
    static final double L4 = 1.0 / 9;
    static final double L5 = 1.0 / 11;
    static final double L6 = 1.0 / 13;

    /** Below it expm1 and log1p take two terms of their series. */
    static final double TINY = 1e-5;

    /** Below it tanh takes two terms of its series; beyond {@link #TANH_HIGH} it is 1. */
    static final double TANH_LOW = 1e-4;

    static final double TANH_HIGH = 20;

    /** Beyond it sines are left to {@link StrictMath}. */
    static final float TRIGONOMETRIC_LIMIT = 0x1p30f;

    // sin(r) / r and cos(r) in r^2 on [-pi/4, pi/4]: Taylor, errors 1e-11 and 1e-10.
    static final double S1 = -1.0 / 6;
    static final double S2 = 1.0 / 120;
    static final double S3 = -1.0 / 5040;
    static final double S4 = 1.0 / 362880;
    static final double S5 = -1.0 / 39916800;
    static final double C1 = -1.0 / 2;
    static final double C2 = 1.0 / 24;
    static final double C3 = -1.0 / 720;
    static final double C4 = 1.0 / 40320;
    static final double C5 = -1.0 / 3628800;

    /** Beyond it erf is 1 in float32. */
    static final double ERF_HIGH = 3.96;

    // erf(x) / x in u = x^2 / 7.875 - 1 for x^2 in [0, 15.75]: Chebyshev interpolation, error 9e-10.
    static final double ERF_SCALE = 1 / 7.875;
    static final double F0 = 0.35632256343924257;
    static final double F1 = -0.17794681684219524;
    static final double F2 = 0.13261556424037307;
    static final double F3 = -0.10829631926268633;
    static final double F4 = 0.09039766369899613;
    static final double F5 = -0.0744830834598491;
    static final double F6 = 0.05922869444150186;
    static final double F7 = -0.04486319156131612;
    static final double F8 = 0.03220524884857888;
    static final double F9 = -0.021599961355535175;
    static final double F10 = 0.01322896147513679;
    static final double F11 = -0.007913501095198389;
    static final double F12 = 0.005072909290247271;
    static final double F13 = -0.0025623021852528576;
    static final double F14 = 0.0005990816219163578;
    static final double F15 = -0.0003366588042691433;
    static final double F16 = 0.0005070509923447235;
    static final double F17 = -0.00019959358881269212;

    // atan(x) / x in u = 2 x^2 - 1 for x in [0, 1]: Chebyshev interpolation, error 7e-11.
    static final double A0 = 0.8704197513183654;
    static final double A1 = -0.10187654233511255;
    static final double A2 = 0.020851854711529838;
    static final double A3 = -0.005030864746383939;
    static final double A4 = 0.0013155453481313222;
    static final double A5 = -0.0003609695042151546;
    static final double A6 = 0.00010244731850063944;
    static final double A7 = -2.9702952376123305e-05;
    static final double A8 = 8.424540838701118e-06;
    static final double A9 = -2.514822885368935e-06;
    static final double A10 = 1.058407401674109e-06;
    static final double A11 = -3.2392356304222593e-07;

    private Polynomials() {}
}
