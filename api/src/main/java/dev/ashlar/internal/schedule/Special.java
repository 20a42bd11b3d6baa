// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.schedule;

import dev.ashlar.spi.KernelArgs;
import dev.ashlar.spi.ScalarOp;
import dev.ashlar.type.DType;

/**
 * The optional scalar operations as formulas of the mandatory ones, for backends that lack them. Special values are those of C: NaN
 * stays NaN, infinities give the limits, -0.0 stays -0.0.
 *
 * <p>Largest errors, measured against 40 digits: erf 2.2 ulp in float32 and 3.6 in float64, atan 2.6 and 1.1, each plus what the
 * backend's exp adds.
 *
 * <p>Sources: erf in float64 is W. J. Cody, <a href="https://doi.org/10.1090/S0025-5718-1969-0247736-4">Rational Chebyshev
 * approximations for the error function</a> (1969), the intervals up to 0.46875 and up to 4; the latter serves beyond 4 too, where
 * erfc vanishes against 1. In float32 a shorter form is enough: {@code x p(x^2)} below 0.92 and {@code 1 - exp(-q(x))} above, with p and q
 * fitted for the smallest largest error by Lawson's iteration. atan is S. L. Moshier, Methods and Programs for Mathematical Functions
 * (1989), with the argument reduced at tan(pi/8) or 0.66 and tan(3 pi/8).
 */
final class Special {
    private static final double[] ERF_SMALL = {
        8.409917336767849e-05,
        -0.0008152627128778499,
        0.005201960151468887,
        -0.026859798563926857,
        0.1128370331416886,
        -0.3761263429556597,
        1.1283791667028849
    };
    private static final double[] ERF_LARGE = {
        -0.0001971839341737526,
        0.0030556276401580104,
        -0.02227716122613726,
        0.10403750204863813,
        0.6370596028599704,
        1.1277496451352054,
        0.00017747610994867102
    };
    private static final double[] CODY_A = {
        1.85777706184603153e-1, 3.16112374387056560e0, 1.13864154151050156e2, 3.77485237685302021e2, 3.20937758913846947e3
    };
    private static final double[] CODY_B = {
        1, 2.36012909523441209e1, 2.44024637934444173e2, 1.28261652607737228e3, 2.84423683343917062e3
    };
    private static final double[] CODY_C = {
        2.15311535474403846e-8,
        5.64188496988670089e-1,
        8.88314979438837594e0,
        6.61191906371416295e1,
        2.98635138197400131e2,
        8.81952221241769090e2,
        1.71204761263407058e3,
        2.05107837782607147e3,
        1.23033935479799725e3
    };
    private static final double[] CODY_D = {
        1,
        1.57449261107098347e1,
        1.17693950891312499e2,
        5.37181101862009858e2,
        1.62138957456669019e3,
        3.29079923573345963e3,
        4.36261909014324716e3,
        3.43936767414372164e3,
        1.23033935480374942e3
    };
    private static final double[] ATAN_FLOAT = {8.05374449538e-2, -1.38776856032e-1, 1.99777106478e-1, -3.33329491539e-1};
    private static final double[] ATAN_P = {
        -8.750608600031904122785e-1,
        -1.615753718733365076637e1,
        -7.500855792314704667340e1,
        -1.228866684490136173410e2,
        -6.485021904942025371773e1
    };
    private static final double[] ATAN_Q = {
        1,
        2.485846490142306297962e1,
        1.650270098316988542046e2,
        4.328810604912902668951e2,
        4.853903996359136964868e2,
        1.945506571482613964425e2
    };

    private final Terms terms;
    private final DType type;

    private Special(Terms terms, DType type) {
        this.terms = terms;
        this.type = type;
    }

    /**
     * Returns the formula of an optional operation.
     *
     * @param x float32 or float64
     */
    static Term lower(Terms terms, ScalarOp op, Term x) {
        Special special = new Special(terms, x.type());
        return switch (op) {
            case ERF -> special.erf(x);
            case ATAN -> special.atan(x);
            default -> throw new IllegalArgumentException("[lower] expected an optional operation, got " + op);
        };
    }

    private Term erf(Term x) {
        boolean single = type == DType.FLOAT32;
        Term size = terms.apply(ScalarOp.ABS, x);
        Term square = mul(x, x);
        Term near = single ? polynomial(ERF_SMALL, square) : div(polynomial(CODY_A, square), polynomial(CODY_B, square));
        // From here on the result is 1 to the last bit.
        Term limited = terms.apply(ScalarOp.MIN, size, number(single ? 4 : 6));
        Term tail = single
                ? exp(terms.apply(ScalarOp.NEG, polynomial(ERF_LARGE, limited)))
                : mul(
                        exp(terms.apply(ScalarOp.NEG, mul(limited, limited))),
                        div(polynomial(CODY_C, limited), polynomial(CODY_D, limited)));
        Term far = terms.apply(ScalarOp.SUB, number(1), tail);
        return select(less(size, number(single ? 0.92 : 0.46875)), mul(x, near), signed(x, far));
    }

    private Term atan(Term x) {
        boolean single = type == DType.FLOAT32;
        Term size = terms.apply(ScalarOp.ABS, x);
        Term one = number(1);
        Term low = less(size, number(single ? 0.4142135623730950488 : 0.66));
        Term middle = less(size, number(2.4142135623730950488));
        Term quotient = div(terms.apply(ScalarOp.SUB, size, one), add(size, one));
        Term reduced = select(low, size, select(middle, quotient, div(number(-1), size)));
        Term base = select(low, number(0), select(middle, number(Math.PI / 4), number(Math.PI / 2)));
        Term square = mul(reduced, reduced);
        Term series = single ? polynomial(ATAN_FLOAT, square) : div(polynomial(ATAN_P, square), polynomial(ATAN_Q, square));
        Term result = add(base, add(mul(mul(series, square), reduced), reduced));
        return select(terms.apply(ScalarOp.EQ, x, number(0)), x, signed(x, result));
    }

    /** @param coefficients the highest power's first */
    private Term polynomial(double[] coefficients, Term x) {
        boolean monic = coefficients[0] == 1;
        Term result = monic ? add(x, number(coefficients[1])) : number(coefficients[0]);
        for (int i = monic ? 2 : 1; i < coefficients.length; i++) {
            result = add(mul(result, x), number(coefficients[i]));
        }
        return result;
    }

    private Term signed(Term x, Term magnitude) {
        return select(less(x, number(0)), terms.apply(ScalarOp.NEG, magnitude), magnitude);
    }

    private Term number(double value) {
        return terms.intern(new Term.Literal(type, KernelArgs.encode(type, value)));
    }

    private Term add(Term a, Term b) {
        return terms.apply(ScalarOp.ADD, a, b);
    }

    private Term mul(Term a, Term b) {
        return terms.apply(ScalarOp.MUL, a, b);
    }

    private Term div(Term a, Term b) {
        return terms.apply(ScalarOp.DIV, a, b);
    }

    private Term exp(Term x) {
        return terms.apply(ScalarOp.EXP, x);
    }

    private Term less(Term a, Term b) {
        return terms.apply(ScalarOp.LT, a, b);
    }

    private Term select(Term condition, Term yes, Term no) {
        return terms.apply(ScalarOp.SELECT, condition, yes, no);
    }
}
