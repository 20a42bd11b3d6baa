// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.schedule;

import dev.ashlar.spi.KernelArgs;
import dev.ashlar.spi.ScalarOp;
import dev.ashlar.type.DType;

/** Writes formulas in one arithmetic type: names for what a {@link Formula} is put together from. */
final class Calculus {
    private final Terms terms;
    private final Widening widening;
    private final DType type;

    /** @param type of the operands, one that backends compute in */
    Calculus(Terms terms, Widening widening, DType type) {
        this.terms = terms;
        this.widening = widening;
        this.type = type;
    }

    /** Returns whether the type is float32, where shorter series are enough. */
    boolean single() {
        return type == DType.FLOAT32;
    }

    boolean isFloatingPoint() {
        return type.isFloatingPoint();
    }

    /** Returns how many bits an element has. */
    int width() {
        return type.bytes() * 8;
    }

    // ---- numbers ----------------------------------------------------------------------------------------------------------------

    Term number(double value) {
        return terms.intern(new Term.Literal(type, KernelArgs.encode(type, value)));
    }

    /** Returns a whole number in the integer type that has the width of this type. */
    Term whole(long value) {
        return terms.literal(bitsType(), value);
    }

    private DType bitsType() {
        return type.bytes() == 8 ? DType.INT64 : DType.INT32;
    }

    // ---- operations -------------------------------------------------------------------------------------------------------------

    Term apply(ScalarOp op, Term... operands) {
        return widening.apply(op, operands);
    }

    Term add(Term a, Term b) {
        return apply(ScalarOp.ADD, a, b);
    }

    Term add(Term a, double b) {
        return add(a, number(b));
    }

    Term sub(Term a, Term b) {
        return apply(ScalarOp.SUB, a, b);
    }

    Term sub(double a, Term b) {
        return sub(number(a), b);
    }

    Term mul(Term a, Term b) {
        return apply(ScalarOp.MUL, a, b);
    }

    Term mul(Term a, double b) {
        return mul(a, number(b));
    }

    Term div(Term a, Term b) {
        return apply(ScalarOp.DIV, a, b);
    }

    Term div(double a, Term b) {
        return div(number(a), b);
    }

    Term rem(Term a, Term b) {
        return apply(ScalarOp.REM, a, b);
    }

    Term neg(Term a) {
        return apply(ScalarOp.NEG, a);
    }

    Term abs(Term a) {
        return apply(ScalarOp.ABS, a);
    }

    Term sqrt(Term a) {
        return apply(ScalarOp.SQRT, a);
    }

    Term exp(Term a) {
        return apply(ScalarOp.EXP, a);
    }

    Term expm1(Term a) {
        return apply(ScalarOp.EXPM1, a);
    }

    Term log(Term a) {
        return apply(ScalarOp.LOG, a);
    }

    Term log1p(Term a) {
        return apply(ScalarOp.LOG1P, a);
    }

    Term sin(Term a) {
        return apply(ScalarOp.SIN, a);
    }

    Term cos(Term a) {
        return apply(ScalarOp.COS, a);
    }

    Term atan(Term a) {
        return apply(ScalarOp.ATAN, a);
    }

    Term floor(Term a) {
        return apply(ScalarOp.FLOOR, a);
    }

    Term max(Term a, Term b) {
        return apply(ScalarOp.MAX, a, b);
    }

    Term min(Term a, Term b) {
        return apply(ScalarOp.MIN, a, b);
    }

    Term less(Term a, Term b) {
        return apply(ScalarOp.LT, a, b);
    }

    Term less(Term a, double b) {
        return less(a, number(b));
    }

    Term less(double a, Term b) {
        return less(number(a), b);
    }

    Term equal(Term a, Term b) {
        return apply(ScalarOp.EQ, a, b);
    }

    Term equal(Term a, double b) {
        return equal(a, number(b));
    }

    /** On integers bitwise, on truths logical; so are the two that follow. */
    Term and(Term a, Term b) {
        return apply(ScalarOp.AND, a, b);
    }

    Term or(Term a, Term b) {
        return apply(ScalarOp.OR, a, b);
    }

    Term xor(Term a, Term b) {
        return apply(ScalarOp.XOR, a, b);
    }

    /** Returns whether a truth is false. */
    Term not(Term a) {
        return xor(a, terms.literal(DType.BOOL, 1));
    }

    Term select(Term condition, Term yes, Term no) {
        return apply(ScalarOp.SELECT, condition, yes, no);
    }

    // ---- bits -------------------------------------------------------------------------------------------------------------------

    /** Returns the bits of a floating-point number as an integer. */
    Term bits(Term a) {
        return terms.bitcast(a, bitsType());
    }

    /** Returns the floating-point number that has the given bits. */
    Term fromBits(Term a) {
        return terms.bitcast(a, type);
    }

    /** Returns a whole floating-point number as an integer. */
    Term toWhole(Term a) {
        return terms.cast(a, bitsType());
    }

    /** Returns an integer as a floating-point number. */
    Term toNumber(Term a) {
        return terms.cast(a, type);
    }

    Term shiftLeft(Term a, int count) {
        return apply(ScalarOp.SHL, a, terms.literal(a.type(), count));
    }

    Term shiftRight(Term a, int count) {
        return apply(ScalarOp.SHR, a, terms.literal(a.type(), count));
    }

    /** Returns the magnitude of the first with the sign bit of the second. */
    Term copySign(Term magnitude, Term sign) {
        long mask = single() ? Integer.MIN_VALUE : Long.MIN_VALUE;
        return fromBits(or(and(bits(magnitude), whole(~mask)), and(bits(sign), whole(mask))));
    }

    /** Returns whether the sign bit is set: of -0.0 it is. */
    Term signBit(Term a) {
        return apply(ScalarOp.LT, bits(a), whole(0));
    }

    /** Returns how many bits of a number belong to its fraction. */
    int fractionBits() {
        return single() ? 23 : 52;
    }

    int exponentBias() {
        return single() ? 127 : 1023;
    }

    /** Returns 2 to the power of an integer, which must be that of a normal number. */
    Term powerOfTwo(Term exponent) {
        return fromBits(shiftLeft(apply(ScalarOp.ADD, exponent, whole(exponentBias())), fractionBits()));
    }

    // ---- compounds --------------------------------------------------------------------------------------------------------------

    Term square(Term a) {
        return mul(a, a);
    }

    Term isNan(Term a) {
        return not(equal(a, a));
    }

    /** Returns the nearest whole number, of two the even one; the sum with a large number has no room for a fraction. */
    Term round(Term a) {
        Term size = abs(a);
        Term large = number(single() ? 0x1p23 : 0x1p52);
        Term rounded = sub(add(size, large), large);
        return select(less(size, large), copySign(rounded, a), a);
    }

    Term truncate(Term a) {
        return copySign(floor(abs(a)), a);
    }

    /** @param coefficients the highest power's first */
    Term polynomial(Term x, double... coefficients) {
        boolean monic = coefficients[0] == 1;
        Term result = monic ? add(x, coefficients[1]) : number(coefficients[0]);
        for (int i = monic ? 2 : 1; i < coefficients.length; i++) {
            result = add(mul(result, x), coefficients[i]);
        }
        return result;
    }

    /** Returns sin(pi x), which is 0 at whole numbers. */
    Term sinPi(Term x) {
        Term nearest = round(x);
        Term sine = sin(mul(sub(x, nearest), Math.PI));
        Term odd = not(equal(mul(nearest, 0.5), floor(mul(nearest, 0.5))));
        return select(odd, neg(sine), sine);
    }
}
