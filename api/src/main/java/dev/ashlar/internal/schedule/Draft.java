// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.schedule;

import dev.ashlar.spi.ReduceOp;
import dev.ashlar.spi.ScatterOp;
import dev.ashlar.type.DType;
import java.util.ArrayList;
import java.util.List;

/** A kernel of a plan while it can still be merged with others or split: terms and buffers, no code yet. */
sealed interface Draft {
    /** One result: a formula and the place that it is stored to. The layout ranges over the iteration space without reduced axes. */
    record Store(Term value, BufferRef target, Layout layout) {}

    /** Returns what is written. */
    List<Store> stores();

    /** Returns the terms whose loads this kernel reads. */
    List<Term> reads();

    /** @param sizes of the iteration space */
    record Map(long[] sizes, List<Store> stores) implements Draft {
        @Override
        public List<Term> reads() {
            List<Term> terms = new ArrayList<>();
            stores.forEach(store -> terms.add(store.value()));
            return terms;
        }
    }

    /** @param store its value is the epilogue */
    record Fold(Open.Fold open, Store store) implements Draft {
        @Override
        public List<Store> stores() {
            return List.of(store);
        }

        @Override
        public List<Term> reads() {
            return List.of(open.prologue(), store.value());
        }
    }

    /** @param store its value is the epilogue */
    record Product(Open.Product open, Store store) implements Draft {
        @Override
        public List<Store> stores() {
            return List.of(store);
        }

        @Override
        public List<Term> reads() {
            return List.of(open.lhs(), open.rhs(), store.value());
        }
    }

    /** @param extent size of the indexed dimension */
    record Gather(
            long[] sizes, int axis, long extent, Term.Load source, Term.Load index, BufferRef target, String operation)
            implements Draft {
        @Override
        public List<Store> stores() {
            return List.of(new Store(source, target, Layout.contiguous(sizes)));
        }

        @Override
        public List<Term> reads() {
            return List.of(source, index);
        }
    }

    /** @param target its layout ranges over the target's own shape */
    record Scatter(
            long[] sizes,
            int axis,
            long extent,
            ScatterOp op,
            Term.Load source,
            Term.Load index,
            Term.Load target,
            String operation)
            implements Draft {
        @Override
        public List<Store> stores() {
            return List.of(new Store(source, target.buffer(), target.layout()));
        }

        @Override
        public List<Term> reads() {
            return List.of(source, index, target);
        }
    }

    /** Independent maps. */
    record Group(List<Map> members) implements Draft {
        @Override
        public List<Store> stores() {
            List<Store> all = new ArrayList<>();
            members.forEach(member -> all.addAll(member.stores()));
            return all;
        }

        @Override
        public List<Term> reads() {
            List<Term> all = new ArrayList<>();
            members.forEach(member -> all.addAll(member.reads()));
            return all;
        }
    }

    /** Returns the accumulator type of a fold over values of a type. */
    static DType accumulator(ReduceOp op, DType type) {
        return switch (op) {
            case MAX, MIN -> type;
            case ARGMAX, ARGMIN -> DType.INT64;
            case SUM, PROD -> type == DType.FLOAT64 ? DType.FLOAT64 : type.isFloatingPoint() ? DType.FLOAT32 : DType.INT64;
        };
    }
}
