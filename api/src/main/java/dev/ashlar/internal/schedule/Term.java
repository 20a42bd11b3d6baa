// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.schedule;

import dev.ashlar.spi.ScalarOp;
import dev.ashlar.type.DType;

/**
 * A scalar formula over buffers, as the scheduler builds it before a kernel's axes are known. Terms are interned by {@link Terms}:
 * equal terms of one lowering are the same object, so shared parts are computed once.
 */
sealed interface Term {
    DType type();

    /** Reads a buffer; the layout ranges over the shape of the value that the term stands for. */
    record Load(DType type, BufferRef buffer, Layout layout) implements Term {}

    /** The position that a layout gives, as int64: an arange seen through movements. */
    record Index(Layout layout) implements Term {
        @Override
        public DType type() {
            return DType.INT64;
        }
    }

    /** A run-time number. */
    record Number(DType type, int number) implements Term {}

    /** A literal of our own rules, encoded as in {@link dev.ashlar.spi.KernelArgs}. */
    record Literal(DType type, long bits) implements Term {}

    /** The value of the fold or product that this term is the epilogue of. */
    record Result(DType type, Open open) implements Term {
        @Override
        public boolean equals(Object other) {
            return other instanceof Result result && result.open == open && result.type == type;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(open);
        }
    }

    /** An operation; {@code b} and {@code c} are null where it has fewer operands. Compared by identity of operands, which are interned. */
    final class Apply implements Term {
        final ScalarOp op;
        final DType type;
        final Term[] operands;

        Apply(ScalarOp op, DType type, Term... operands) {
            this.op = op;
            this.type = type;
            this.operands = operands;
        }

        @Override
        public DType type() {
            return type;
        }

        @Override
        public boolean equals(Object other) {
            if (!(other instanceof Apply apply) || op != apply.op || type != apply.type || operands.length != apply.operands.length) {
                return false;
            }
            for (int i = 0; i < operands.length; i++) {
                if (operands[i] != apply.operands[i]) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public int hashCode() {
            int hash = op.ordinal() * 31 + type.ordinal();
            for (Term operand : operands) {
                hash = hash * 31 + System.identityHashCode(operand);
            }
            return hash;
        }
    }
}
