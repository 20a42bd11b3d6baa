// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.schedule;

import dev.ashlar.spi.ScalarOp;
import dev.ashlar.type.DType;

/**
 * Philox 4x32-10 as a formula over int64, so that every backend gives the same bits.
 *
 * <p>Salmon, Moraes, Dror, Shaw: <a href="https://doi.org/10.1145/2063384.2063405">Parallel random numbers: as easy as 1, 2, 3</a>
 * (2011), section 3.3.
 */
final class Philox {
    private static final long MULTIPLIER_0 = 0xD2511F53L;
    private static final long MULTIPLIER_1 = 0xCD9E8D57L;
    private static final long WEYL_0 = 0x9E3779B9L;
    private static final long WEYL_1 = 0xBB67AE85L;
    private static final int ROUNDS = 10;

    private final Terms terms;
    private final Term mask;
    private final Term half;

    Philox(Terms terms) {
        this.terms = terms;
        this.mask = terms.literal(DType.INT64, 0xFFFFFFFFL);
        this.half = terms.literal(DType.INT64, 32);
    }

    /**
     * Returns output words 0 (low half) and 1 (high half) of the block with the given counter and key, both int64.
     *
     * @param counter the low 64 bits of the 128-bit counter; the high ones are 0
     */
    Term bits(Term seed, Term counter) {
        Term c0 = low(counter);
        Term c1 = high(counter);
        Term c2 = terms.literal(DType.INT64, 0);
        Term c3 = c2;
        Term k0 = low(seed);
        Term k1 = high(seed);
        for (int round = 0; round < ROUNDS; round++) {
            Term p0 = terms.apply(ScalarOp.MUL, c0, terms.literal(DType.INT64, MULTIPLIER_0));
            Term p1 = terms.apply(ScalarOp.MUL, c2, terms.literal(DType.INT64, MULTIPLIER_1));
            Term n0 = terms.apply(ScalarOp.XOR, terms.apply(ScalarOp.XOR, high(p1), c1), k0);
            Term n2 = terms.apply(ScalarOp.XOR, terms.apply(ScalarOp.XOR, high(p0), c3), k1);
            c1 = low(p1);
            c3 = low(p0);
            c0 = n0;
            c2 = n2;
            k0 = low(terms.apply(ScalarOp.ADD, k0, terms.literal(DType.INT64, WEYL_0)));
            k1 = low(terms.apply(ScalarOp.ADD, k1, terms.literal(DType.INT64, WEYL_1)));
        }
        return terms.apply(ScalarOp.OR, terms.apply(ScalarOp.SHL, c1, half), c0);
    }

    private Term low(Term word) {
        return terms.apply(ScalarOp.AND, word, mask);
    }

    private Term high(Term word) {
        return terms.apply(ScalarOp.AND, terms.apply(ScalarOp.SHR, word, half), mask);
    }
}
