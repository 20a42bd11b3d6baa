// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.schedule;

import dev.ashlar.spi.ScalarOp;

/** Formulas of signs and of the bits of floating-point numbers. */
final class Bits {
    private Bits() {}

    static Term sign(Calculus c, Term[] x) {
        Term zero = c.number(0);
        return c.select(c.less(zero, x[0]), c.number(1), c.select(c.less(x[0], zero), c.number(-1), zero));
    }

    /** Bits are ordered as the numbers are above 0, the other way round below, whatever their width. */
    static Term next(Calculus c, Term[] x) {
        Term zero = c.number(0);
        Term below = c.less(x[0], zero);
        Term otherBelow = c.less(x[1], zero);
        Term both = c.select(below, c.less(x[1], x[0]), c.less(x[0], x[1]));
        Term upwards = c.select(c.xor(below, otherBelow), below, both);
        Term outwards = c.xor(upwards, below);
        return c.add(x[0], c.select(outwards, c.number(1), c.number(-1)));
    }

    static Term exponent(Calculus c, Term[] x) {
        Term tiny = tiny(c, x[0]);
        Term field = c.and(c.shiftRight(c.bits(scaled(c, x[0], tiny)), c.fractionBits()), c.whole(2L * c.exponentBias() + 1));
        Term exponent = c.add(c.toNumber(field), 1 - c.exponentBias());
        Term result = c.select(tiny, c.add(exponent, -64), exponent);
        return c.select(ordinary(c, x[0]), result, c.number(0));
    }

    static Term mantissa(Calculus c, Term[] x) {
        long field = (2L * c.exponentBias() + 1) << c.fractionBits();
        Term bits = c.bits(scaled(c, x[0], tiny(c, x[0])));
        Term half = c.whole((c.exponentBias() - 1L) << c.fractionBits());
        Term fraction = c.fromBits(c.or(c.and(bits, c.whole(c.single() ? (int) ~field : ~field)), half));
        return c.select(ordinary(c, x[0]), fraction, x[0]);
    }

    private static Term tiny(Calculus c, Term x) {
        return c.less(c.abs(x), c.single() ? 0x1p-126 : 0x1p-1022);
    }

    private static Term scaled(Calculus c, Term x, Term tiny) {
        return c.select(tiny, c.mul(x, 0x1p64), x);
    }

    /** Whether a number has a fraction and an exponent: it is neither 0 nor infinite nor NaN. */
    private static Term ordinary(Calculus c, Term x) {
        Term size = c.abs(x);
        return c.apply(ScalarOp.AND, c.less(0, size), c.less(size, Double.POSITIVE_INFINITY));
    }
}
