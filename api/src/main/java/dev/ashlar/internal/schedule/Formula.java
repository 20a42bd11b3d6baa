// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.schedule;

/**
 * Functions that are written as formulas of scalar operations when a kernel is formed: one node of a graph, one expression of a kernel, on
 * every backend. Operands are of one type and broadcast; the formula is in the type that arithmetic happens in and its result is rounded
 * once to that of the operands.
 */
public enum Formula {
    FLOOR((c, x) -> c.floor(x[0])),
    CEIL((c, x) -> c.neg(c.floor(c.neg(x[0])))),
    /** Nearest whole number, halves to even. */
    ROUND((c, x) -> c.round(x[0])),
    TRUNC((c, x) -> c.truncate(x[0])),
    SIGN(Bits::sign),
    /** Magnitude of the first, sign of the second. */
    COPYSIGN((c, x) -> c.copySign(x[0], x[1])),
    /** The bits of the next number after the first operand's towards the second's; the first is no zero of the other sign. */
    NEXT_BITS(Bits::next),
    /** Of a number as fraction * 2^exponent: the exponent. */
    EXPONENT(Bits::exponent),
    /** Of a number as fraction * 2^exponent: the fraction, of magnitude in [0.5, 1). */
    MANTISSA(Bits::mantissa),
    /** The operand that is no NaN, or the larger one. */
    FMAX((c, x) -> c.select(c.isNan(x[0]), x[1], c.select(c.isNan(x[1]), x[0], c.max(x[0], x[1])))),
    /** The operand that is no NaN, or the smaller one. */
    FMIN((c, x) -> c.select(c.isNan(x[0]), x[1], c.select(c.isNan(x[1]), x[0], c.min(x[0], x[1])))),
    /** floor(a / b) of numbers or integers; an integer by 0 is 0. */
    FLOOR_DIVIDE(Arithmetic::floorDivide),
    /** trunc(a / b) of numbers or integers; an integer by 0 is 0. */
    TRUNC_DIVIDE((c, x) -> c.isFloatingPoint() ? c.truncate(c.div(x[0], x[1])) : c.div(x[0], x[1])),
    /** C's fmod with the divisor's sign. */
    REMAINDER(Arithmetic::remainder),
    HYPOT(Arithmetic::hypot),
    /** Integer power, the exponent's bits from the lowest on; 0 for negative exponents except of 1 and -1. */
    INTEGER_POWER(Arithmetic::integerPower),
    GCD((c, x) -> Arithmetic.gcd(c, x[0], x[1])),
    LCM(Arithmetic::lcm),
    RSQRT((c, x) -> c.div(1, c.sqrt(x[0]))),
    EXP2(Exponentials::exp2),
    LOG2(Exponentials::log2),
    LOG10(Exponentials::log10),
    SINH(Exponentials::sinh),
    COSH(Exponentials::cosh),
    ASINH(Exponentials::asinh),
    ACOSH(Exponentials::acosh),
    ATANH(Exponentials::atanh),
    LOGADDEXP(Exponentials::logAddExp),
    LOGADDEXP2(Exponentials::logAddExp2),
    TAN((c, x) -> c.div(c.sin(x[0]), c.cos(x[0]))),
    ASIN(Exponentials::asin),
    ACOS(Exponentials::acos),
    ATAN2(Exponentials::atan2),
    /** a log(b), 0 where a is 0 and b is no NaN. */
    XLOGY((c, x) -> c.select(c.isNan(x[1]), x[1], c.select(c.equal(x[0], 0), c.number(0), c.mul(x[0], c.log(x[1]))))),
    /** sin(pi x) / (pi x). */
    SINC(SincFunctions::value),
    /** The first derivative of that. */
    SINC_SLOPE(SincFunctions::slope),
    /** The second derivative of that. */
    SINC_CURVATURE(SincFunctions::curvature),
    LOGIT((c, x) -> c.log(c.div(x[0], c.sub(1, x[0])))),
    ERFC(ErrorFunctions::erfc),
    ERFINV(ErrorFunctions::erfinv),
    LGAMMA(GammaFunctions::lgamma),
    DIGAMMA(GammaFunctions::digamma),
    /** Hurwitz zeta of the order (the second operand) at a point (the first). */
    ZETA(GammaFunctions::zeta),
    /** Modified Bessel functions of the first kind. */
    I0((c, x) -> BesselFunctions.i(c, x[0], 0)),
    I1((c, x) -> BesselFunctions.i(c, x[0], 1));

    /** How the function is put together. */
    @FunctionalInterface
    interface Rule {
        Term of(Calculus calculus, Term[] operands);
    }

    private final Rule rule;

    Formula(Rule rule) {
        this.rule = rule;
    }

    /** Returns the formula of operands in an arithmetic type. */
    Term lower(Calculus calculus, Term[] operands) {
        return rule.of(calculus, operands);
    }
}
