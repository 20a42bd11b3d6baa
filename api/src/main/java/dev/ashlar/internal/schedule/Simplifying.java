// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.schedule;

import java.util.ArrayList;
import java.util.List;

/** Rewrites a kernel that a backend refused as simpler ones. */
final class Simplifying {
    private final Terms terms;

    Simplifying(Terms terms) {
        this.terms = terms;
    }

    /** Returns simpler kernels with the same effect; empty if there are none. */
    List<Draft> simplify(Draft draft) {
        return switch (draft) {
            case Draft.Group group -> new ArrayList<>(group.members());
            case Draft.Map map when map.stores().size() > 1 -> single(map);
            case Draft.Map map -> split(map);
            case Draft.Product product -> withoutEpilogue(product);
            case Draft.Fold fold when !(fold.store().value() instanceof Term.Result) -> withoutEpilogue(fold);
            case Draft.Fold fold -> withoutPrologue(fold);
            case Draft.Gather _, Draft.Scatter _ -> List.of();
        };
    }

    private static List<Draft> single(Draft.Map map) {
        List<Draft> result = new ArrayList<>();
        for (Draft.Store store : map.stores()) {
            result.add(new Draft.Map(map.sizes(), List.of(store)));
        }
        return result;
    }

    private BufferRef temporary(Term value, long[] sizes) {
        long elements = 1;
        for (long size : sizes) {
            elements *= size;
        }
        return new BufferRef(BufferRef.Kind.TEMPORARY, value.type(), elements, -1);
    }

    private Draft.Store storeTo(BufferRef buffer, Term value, long[] sizes) {
        return new Draft.Store(value, buffer, Layout.contiguous(sizes));
    }

    /** Stores a part of about half of the formula first. */
    private List<Draft> split(Draft.Map map) {
        Draft.Store store = map.stores().get(0);
        int total = Terms.collect(List.of(store.value())).size();
        Term best = null;
        int bestDistance = Integer.MAX_VALUE;
        for (Term part : Terms.collect(List.of(store.value()))) {
            if (part instanceof Term.Apply && part != store.value()) {
                int distance = Math.abs(Terms.collect(List.of(part)).size() - total / 2);
                if (distance < bestDistance) {
                    best = part;
                    bestDistance = distance;
                }
            }
        }
        if (best == null) {
            return List.of();
        }
        BufferRef buffer = temporary(best, map.sizes());
        Term load = terms.load(buffer, Layout.contiguous(map.sizes()));
        Term rest = terms.replace(store.value(), best, load);
        return List.of(
                new Draft.Map(map.sizes(), List.of(storeTo(buffer, best, map.sizes()))),
                new Draft.Map(map.sizes(), List.of(new Draft.Store(rest, store.target(), store.layout()))));
    }

    private List<Draft> withoutEpilogue(Draft.Product product) {
        Term result = terms.intern(new Term.Result(product.open().accumulator(), product.open()));
        if (product.store().value() == result) {
            return List.of();
        }
        long[] sizes = product.open().sizes();
        BufferRef buffer = temporary(result, sizes);
        return List.of(new Draft.Product(product.open(), storeTo(buffer, result, sizes)), after(product.store(), result, buffer, sizes));
    }

    private List<Draft> withoutEpilogue(Draft.Fold fold) {
        Term result = terms.intern(new Term.Result(fold.open().accumulator(), fold.open()));
        long[] sizes = fold.open().sizes();
        BufferRef buffer = temporary(result, sizes);
        return List.of(new Draft.Fold(fold.open(), storeTo(buffer, result, sizes)), after(fold.store(), result, buffer, sizes));
    }

    private Draft after(Draft.Store store, Term result, BufferRef buffer, long[] sizes) {
        Term load = terms.load(buffer, Layout.contiguous(sizes));
        Term value = terms.replace(store.value(), result, load);
        return new Draft.Map(sizes, List.of(new Draft.Store(value, store.target(), store.layout())));
    }

    private List<Draft> withoutPrologue(Draft.Fold fold) {
        Open.Fold open = fold.open();
        if (open.prologue() instanceof Term.Load) {
            return List.of();
        }
        long[] space = java.util.Arrays.copyOf(open.sizes(), open.sizes().length + open.reduced().length);
        System.arraycopy(open.reduced(), 0, space, open.sizes().length, open.reduced().length);
        BufferRef buffer = temporary(open.prologue(), space);
        Term load = terms.load(buffer, Layout.contiguous(space));
        Open.Fold plain = new Open.Fold(open.op(), open.accumulator(), open.sizes(), open.reduced(), load);
        Term result = terms.intern(new Term.Result(open.accumulator(), plain));
        return List.of(
                new Draft.Map(space, List.of(storeTo(buffer, open.prologue(), space))),
                new Draft.Fold(plain, new Draft.Store(result, fold.store().target(), fold.store().layout())));
    }
}
