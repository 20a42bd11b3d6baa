// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.schedule;

import dev.ashlar.spi.ScalarOp;
import dev.ashlar.type.DType;
import java.util.Set;

/**
 * Arithmetic of the types that backends only store: operands are cast to {@link DType#arithmetic()}, the operation happens there, and the
 * result is cast back, rounded or wrapped, after every single operation. Nothing that is stored in between can change a result then.
 */
final class Widening {
    private final Terms terms;
    private final Set<ScalarOp> scalarOps;

    /** @param scalarOps what the backend has; the optional ones that it lacks become formulas */
    Widening(Terms terms, Set<ScalarOp> scalarOps) {
        this.terms = terms;
        this.scalarOps = scalarOps;
    }

    /** Returns one operation on operands of any type. */
    Term apply(ScalarOp op, Term... operands) {
        DType type = operands[op == ScalarOp.SELECT ? 1 : 0].type();
        Term[] wide = new Term[operands.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = widen(operands[i]);
        }
        if (type != type.arithmetic() && (op == ScalarOp.SHL || op == ScalarOp.SHR)) {
            // The count is masked to the width of the type that the user sees.
            wide[1] = terms.apply(ScalarOp.AND, wide[1], terms.literal(type.arithmetic(), type.bytes() * 8L - 1));
        }
        Term result = op.isOptional() && !scalarOps.contains(op) ? Special.lower(terms, op, wide[0]) : terms.apply(op, wide);
        return result.type() == DType.BOOL ? result : narrow(result, type);
    }

    /** Returns a formula of operands of any one type; it is rounded once, at its end. */
    Term apply(Formula formula, Term... operands) {
        DType type = operands[0].type();
        Term[] wide = new Term[operands.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = widen(operands[i]);
        }
        return narrow(formula.lower(new Calculus(terms, this, type.arithmetic()), wide), type);
    }

    /** Returns the value in the type that it is computed in; exact. */
    Term widen(Term term) {
        DType wide = term.type().arithmetic();
        if (wide == term.type()) {
            return term;
        }
        boolean exact = term instanceof Term.Apply apply && apply.op == ScalarOp.CAST && isExact(apply.operands[0], wide);
        return exact ? ((Term.Apply) term).operands[0] : terms.cast(term, wide);
    }

    /** Numbers of the host were rounded to their type already: see {@link #number}. */
    private static boolean isExact(Term term, DType wide) {
        return term.type() == wide && (term instanceof Term.Number || term instanceof Term.Literal);
    }

    /** Returns a computed value in the type that it has between operations. */
    Term narrow(Term term, DType type) {
        return terms.cast(term, type);
    }

    /** Returns a run-time number, which is a value of its type already; expressions have numbers of arithmetic types only. */
    Term number(DType type, int number) {
        return narrow(terms.intern(new Term.Number(type.arithmetic(), number)), type);
    }

    /** Returns a literal that is a value of its type. */
    Term literal(DType type, long value) {
        return narrow(terms.literal(type.arithmetic(), value), type);
    }
}
