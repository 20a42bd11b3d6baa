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

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The float32 functions on vectors of doubles: {@link FloatFunctions} step by step. Only operations with exactly one right result are
 * used, so interpreted and compiled code agree. Helpers stay below the 325 bytecodes that the JIT inlines; beyond, vectors are boxed.
 */
final class VectorFunctions {
    private static final VectorSpecies<Double> WIDE = DoubleVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Float> NARROW = VectorSpecies.of(float.class, VectorShape.forBitSize(WIDE.vectorBitSize() / 2));
    private static final int LANES = WIDE.length();

    private VectorFunctions() {}

    static void exp(float[] a, float[] r, int n) {
        for (int i = 0; i < n; i += LANES) {
            store(exponential(clampExponent(load(a, i))), r, i);
        }
    }

    static void expm1(float[] a, float[] r, int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleVector x = load(a, i);
            DoubleVector small = x.mul(x.fma(all(E2), all(1)));
            DoubleVector large = exponential(clampExponent(x)).sub(1);
            store(large.blend(small, x.abs().lt(TINY)), r, i);
        }
    }

    static void log(float[] a, float[] r, int n) {
        for (int i = 0; i < n; i += LANES) {
            store(logarithm(load(a, i)), r, i);
        }
    }

    static void log1p(float[] a, float[] r, int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleVector x = load(a, i);
            DoubleVector small = x.mul(x.fma(all(C1), all(1)));
            DoubleVector large = logarithm(x.add(1));
            store(large.blend(small, x.abs().lt(TINY)), r, i);
        }
    }

    static void tanh(float[] a, float[] r, int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleVector x = load(a, i);
            DoubleVector power = exponential(x.max(-TANH_HIGH).min(TANH_HIGH).mul(2));
            DoubleVector large = power.sub(1).div(power.add(1));
            DoubleVector small = x.mul(x.mul(x).fma(all(-L1), all(1)));
            store(large.blend(small, x.abs().lt(TANH_LOW)), r, i);
        }
    }

    static void sin(float[] a, float[] r, int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleVector x = load(a, i);
            if (x.abs().compare(VectorOperators.GT, TRIGONOMETRIC_LIMIT).anyTrue()) {
                sinLarge(a, r, i);
            } else {
                store(sine(x, 0), r, i);
            }
        }
    }

    static void cos(float[] a, float[] r, int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleVector x = load(a, i);
            if (x.abs().compare(VectorOperators.GT, TRIGONOMETRIC_LIMIT).anyTrue()) {
                cosLarge(a, r, i);
            } else {
                store(sine(x, 1), r, i);
            }
        }
    }

    static void erf(float[] a, float[] r, int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleVector x = load(a, i).max(-ERF_HIGH).min(ERF_HIGH);
            store(erfRatio(x.mul(x).fma(all(ERF_SCALE), all(-1))).mul(x), r, i);
        }
    }

    static void atan(float[] a, float[] r, int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleVector x = load(a, i);
            DoubleVector size = x.abs();
            VectorMask<Double> steep = size.compare(VectorOperators.GT, 1);
            DoubleVector v = size.blend(all(1).div(size), steep);
            DoubleVector p = atanRatio(v.mul(v).fma(all(2), all(-1))).mul(v);
            DoubleVector value = p.blend(all(PI_OVER_2_HIGH).sub(p), steep);
            // p is never negative: taking over the sign bit of x is copySign.
            LongVector sign = x.reinterpretAsLongs().and(Long.MIN_VALUE);
            store(value.reinterpretAsLongs().or(sign).reinterpretAsDoubles(), r, i);
        }
    }

    private static void sinLarge(float[] a, float[] r, int from) {
        for (int i = from; i < from + LANES; i++) {
            r[i] = FloatFunctions.sin(a[i]);
        }
    }

    private static void cosLarge(float[] a, float[] r, int from) {
        for (int i = from; i < from + LANES; i++) {
            r[i] = FloatFunctions.cos(a[i]);
        }
    }

    private static DoubleVector load(float[] a, int i) {
        return (DoubleVector) FloatVector.fromArray(NARROW, a, i).convertShape(VectorOperators.F2D, WIDE, 0);
    }

    private static void store(DoubleVector v, float[] r, int i) {
        ((FloatVector) v.convertShape(VectorOperators.D2F, NARROW, 0)).intoArray(r, i);
    }

    private static DoubleVector all(double value) {
        return DoubleVector.broadcast(WIDE, value);
    }

    private static DoubleVector clampExponent(DoubleVector x) {
        return x.max(EXP_LOW).min(EXP_HIGH);
    }

    private static DoubleVector exponential(DoubleVector x) {
        DoubleVector rounded = x.fma(all(LOG2_E), all(ROUNDER));
        DoubleVector r = rounded.sub(ROUNDER).fma(all(-LN_2), x);
        DoubleVector p = all(E9).fma(r, all(E8));
        p = p.fma(r, all(E7));
        p = p.fma(r, all(E6));
        p = p.fma(r, all(E5));
        p = p.fma(r, all(E4));
        p = p.fma(r, all(E3));
        p = p.fma(r, all(E2));
        p = p.fma(r, all(1));
        p = p.fma(r, all(1));
        LongVector shifted = rounded.reinterpretAsLongs().lanewise(VectorOperators.LSHL, 52);
        return p.reinterpretAsLongs().add(shifted).reinterpretAsDoubles();
    }

    private static DoubleVector logarithm(DoubleVector x) {
        LongVector bits = x.reinterpretAsLongs();
        LongVector exponent = bits.sub(SQRT_HALF_BITS).lanewise(VectorOperators.ASHR, 52);
        DoubleVector m = bits.sub(exponent.lanewise(VectorOperators.LSHL, 52)).reinterpretAsDoubles();
        DoubleVector k = exponent.add(ROUNDER_BITS).reinterpretAsDoubles().sub(ROUNDER);
        DoubleVector s = m.sub(1).div(m.add(1));
        DoubleVector z = s.mul(s);
        DoubleVector p = all(L6).fma(z, all(L5));
        p = p.fma(z, all(L4));
        p = p.fma(z, all(L3));
        p = p.fma(z, all(L2));
        p = p.fma(z, all(L1));
        p = p.fma(z, all(1));
        DoubleVector value = k.fma(all(LN_2), s.add(s).mul(p));
        DoubleVector special = all(Double.NaN)
                .blend(Double.NEGATIVE_INFINITY, x.eq(0))
                .blend(Double.POSITIVE_INFINITY, x.eq(Double.POSITIVE_INFINITY));
        VectorMask<Double> usual = x.compare(VectorOperators.GT, 0).and(x.lt(Double.POSITIVE_INFINITY));
        return special.blend(value, usual);
    }

    private static DoubleVector sine(DoubleVector x, long quarter) {
        DoubleVector rounded = x.fma(all(TWO_OVER_PI), all(ROUNDER));
        DoubleVector n = rounded.sub(ROUNDER);
        DoubleVector r = n.fma(all(-PI_OVER_2_LOW), n.fma(all(-PI_OVER_2_HIGH), x));
        LongVector quadrant = rounded.reinterpretAsLongs().add(quarter);
        DoubleVector z = r.mul(r);
        VectorMask<Double> even = quadrant.and(1).eq(0).cast(WIDE);
        DoubleVector value = cosine(z).blend(sineRatio(z).mul(r), even);
        LongVector sign = quadrant.and(2).lanewise(VectorOperators.LSHL, 62);
        return value.reinterpretAsLongs().lanewise(VectorOperators.XOR, sign).reinterpretAsDoubles();
    }

    private static DoubleVector sineRatio(DoubleVector z) {
        DoubleVector s = all(S5).fma(z, all(S4));
        s = s.fma(z, all(S3));
        s = s.fma(z, all(S2));
        s = s.fma(z, all(S1));
        s = s.fma(z, all(1));
        return s;
    }

    private static DoubleVector cosine(DoubleVector z) {
        DoubleVector c = all(C5).fma(z, all(C4));
        c = c.fma(z, all(C3));
        c = c.fma(z, all(C2));
        c = c.fma(z, all(C1));
        c = c.fma(z, all(1));
        return c;
    }

    private static DoubleVector erfRatio(DoubleVector u) {
        DoubleVector p = all(F17).fma(u, all(F16));
        p = p.fma(u, all(F15));
        p = p.fma(u, all(F14));
        p = p.fma(u, all(F13));
        p = p.fma(u, all(F12));
        p = p.fma(u, all(F11));
        p = p.fma(u, all(F10));
        p = p.fma(u, all(F9));
        p = p.fma(u, all(F8));
        p = p.fma(u, all(F7));
        p = p.fma(u, all(F6));
        p = p.fma(u, all(F5));
        p = p.fma(u, all(F4));
        p = p.fma(u, all(F3));
        p = p.fma(u, all(F2));
        p = p.fma(u, all(F1));
        p = p.fma(u, all(F0));
        return p;
    }

    private static DoubleVector atanRatio(DoubleVector u) {
        DoubleVector p = all(A11).fma(u, all(A10));
        p = p.fma(u, all(A9));
        p = p.fma(u, all(A8));
        p = p.fma(u, all(A7));
        p = p.fma(u, all(A6));
        p = p.fma(u, all(A5));
        p = p.fma(u, all(A4));
        p = p.fma(u, all(A3));
        p = p.fma(u, all(A2));
        p = p.fma(u, all(A1));
        p = p.fma(u, all(A0));
        return p;
    }
}
