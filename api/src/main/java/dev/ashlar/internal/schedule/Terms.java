// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.schedule;

import dev.ashlar.spi.KernelArgs;
import dev.ashlar.spi.ScalarOp;
import dev.ashlar.type.DType;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Makes, interns and transforms the terms of one lowering. Not thread-safe. */
final class Terms {
    private final Map<Term, Term> interned = new HashMap<>();

    Term intern(Term term) {
        Term known = interned.putIfAbsent(term, term);
        return known != null ? known : term;
    }

    Term load(BufferRef buffer, Layout layout) {
        return intern(new Term.Load(buffer.type, buffer, layout));
    }

    Term literal(DType type, long value) {
        return intern(new Term.Literal(type, KernelArgs.encode(type, value)));
    }

    Term apply(ScalarOp op, Term... operands) {
        DType type = op == ScalarOp.LT || op == ScalarOp.EQ ? DType.BOOL : operands[op == ScalarOp.SELECT ? 1 : 0].type();
        return intern(new Term.Apply(op, type, operands));
    }

    Term cast(Term term, DType type) {
        return term.type() == type ? term : intern(new Term.Apply(ScalarOp.CAST, type, term));
    }

    Term bitcast(Term term, DType type) {
        return term.type() == type ? term : intern(new Term.Apply(ScalarOp.BITCAST, type, term));
    }

    /** Returns the term with every layout in it replaced, or null if {@code edit} gave null for one. */
    @Nullable Term mapLayouts(Term term, UnaryOperator<@Nullable Layout> edit) {
        return map(term, edit, new IdentityHashMap<>());
    }

    private @Nullable Term map(Term term, UnaryOperator<@Nullable Layout> edit, Map<Term, Term> done) {
        Term known = done.get(term);
        if (known != null) {
            return known;
        }
        Term result =
                switch (term) {
                    case Term.Load load -> {
                        Layout layout = edit.apply(load.layout());
                        yield layout == null ? null : load(load.buffer(), layout);
                    }
                    case Term.Index index -> {
                        Layout layout = edit.apply(index.layout());
                        yield layout == null ? null : intern(new Term.Index(layout));
                    }
                    case Term.Number number -> number;
                    case Term.Literal literal -> literal;
                    case Term.Result open -> open;
                    case Term.Apply apply -> {
                        Term[] operands = new Term[apply.operands.length];
                        for (int i = 0; i < operands.length; i++) {
                            Term operand = map(apply.operands[i], edit, done);
                            if (operand == null) {
                                yield null;
                            }
                            operands[i] = operand;
                        }
                        yield intern(new Term.Apply(apply.op, apply.type, operands));
                    }
                };
        if (result != null) {
            done.put(term, result);
        }
        return result;
    }

    /** Returns the term with one subterm replaced by another. */
    Term replace(Term term, Term from, Term to) {
        return replace(term, from, to, new IdentityHashMap<>());
    }

    private Term replace(Term term, Term from, Term to, Map<Term, Term> done) {
        if (term == from) {
            return to;
        }
        if (!(term instanceof Term.Apply apply)) {
            return term;
        }
        Term known = done.get(term);
        if (known != null) {
            return known;
        }
        Term[] operands = new Term[apply.operands.length];
        for (int i = 0; i < operands.length; i++) {
            operands[i] = replace(apply.operands[i], from, to, done);
        }
        Term result = intern(new Term.Apply(apply.op, apply.type, operands));
        done.put(term, result);
        return result;
    }

    /** Returns all distinct subterms, operands before their users. */
    static Set<Term> collect(Iterable<Term> roots) {
        Set<Term> ordered = Collections.newSetFromMap(new IdentityHashMap<>());
        Set<Term> result = new LinkedHashSet<>();
        for (Term root : roots) {
            visit(root, ordered, result);
        }
        return result;
    }

    private static void visit(Term term, Set<Term> seen, Set<Term> result) {
        if (!seen.add(term)) {
            return;
        }
        if (term instanceof Term.Apply apply) {
            for (Term operand : apply.operands) {
                visit(operand, seen, result);
            }
        }
        result.add(term);
    }

    /** Returns a rough price: one per operation, more for those that take a polynomial. */
    static int cost(Term term) {
        int cost = 0;
        for (Term part : collect(java.util.List.of(term))) {
            if (part instanceof Term.Apply apply) {
                cost += switch (apply.op) {
                    case EXP, LOG, EXPM1, LOG1P, SIN, COS, TANH, ATAN, ERF, POW -> 4;
                    // Between a stored type and the type it is computed in: a part of the operation.
                    case CAST -> apply.type.arithmetic() == apply.operands[0].type().arithmetic() ? 0 : 1;
                    default -> 1;
                };
            }
        }
        return cost;
    }

    /** Returns how many different buffer reads a term has. */
    static int loads(Iterable<Term> terms) {
        int count = 0;
        for (Term part : collect(terms)) {
            if (part instanceof Term.Load) {
                count++;
            }
        }
        return count;
    }

    /** Returns the fold or product that the term is an epilogue of, or null. */
    static @Nullable Open open(Term term) {
        for (Term part : collect(java.util.List.of(term))) {
            if (part instanceof Term.Result result) {
                return result.open();
            }
        }
        return null;
    }
}
