// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import dev.ashlar.Scope;
import dev.ashlar.Tensor;
import dev.ashlar.type.AshlarException;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.ShapeMismatchException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Walks the tape from results to leaves. It only records more operations; nothing is computed here. */
public final class Backward {
    private Backward() {}

    /**
     * Adds gradients to the leaves.
     *
     * @param gradient of {@code root}'s shape, or null for 1 if root has one element
     */
    public static void run(Tensor root, @Nullable Tensor gradient, boolean retainGraph, boolean createGraph) {
        walk(List.of(root), java.util.Collections.singletonList(gradient), null, retainGraph, createGraph);
    }

    /**
     * Returns gradients of outputs with respect to inputs and touches no leaf.
     *
     * @return one per input, null where the outputs do not depend on it
     */
    public static @Nullable Tensor[] grad(
            List<Tensor> outputs,
            List<Tensor> inputs,
            List<? extends @Nullable Tensor> gradients,
            boolean retainGraph,
            boolean createGraph) {
        Map<History, List<Integer>> wanted = new IdentityHashMap<>();
        for (int i = 0; i < inputs.size(); i++) {
            TensorImpl input = (TensorImpl) inputs.get(i);
            if (!input.requiresGrad()) {
                throw new InvalidArgumentException("[grad] expected inputs that require gradients, input " + i + " does not");
            }
            wanted.computeIfAbsent(input.edge(), _ -> new ArrayList<>()).add(i);
        }
        Tensor[] results = new Tensor[inputs.size()];
        walk(outputs, gradients, new Wanted(wanted, results), retainGraph, createGraph);
        return results;
    }

    private record Wanted(Map<History, List<Integer>> histories, @Nullable Tensor[] results) {}

    private static void walk(
            List<Tensor> roots,
            List<? extends @Nullable Tensor> gradients,
            @Nullable Wanted wanted,
            boolean retainGraph,
            boolean createGraph) {
        Map<History, Tensor> pending = new HashMap<>();
        PriorityQueue<History> queue = new PriorityQueue<>(Comparator.comparingLong((History history) -> history.sequence).reversed());
        try (Scope _ = GradMode.set(createGraph)) {
            for (int i = 0; i < roots.size(); i++) {
                TensorImpl root = (TensorImpl) roots.get(i);
                if (!root.requiresGrad()) {
                    throw new AshlarException("[backward] expected a tensor that depends on one with requiresGrad, this one does not;"
                            + " was it computed inside noGrad or detached?");
                }
                add(pending, queue, root.edge(), seed(root, gradients.get(i)));
            }
            Set<History> useful = wanted == null ? null : useful(queue, wanted.histories().keySet());
            Predicate<History> needed = wanted == null
                    ? _ -> true
                    : history -> wanted.histories().containsKey(history) || java.util.Objects.requireNonNull(useful).contains(history);
            List<History> visited = new ArrayList<>();
            while (!queue.isEmpty()) {
                History history = queue.poll();
                Tensor gradient = java.util.Objects.requireNonNull(pending.remove(history));
                if (wanted != null) {
                    List<Integer> places = wanted.histories().get(history);
                    if (places != null) {
                        places.forEach(place -> wanted.results()[place] = gradient);
                    }
                    if (history instanceof History.Leaf || useful != null && !useful.contains(history)) {
                        continue;
                    }
                }
                @Nullable Tensor[] inputs = history.backward(gradient, needed);
                visited.add(history);
                @Nullable History[] next = history.next();
                for (int i = 0; i < next.length; i++) {
                    if (next[i] != null && inputs[i] != null) {
                        add(pending, queue, next[i], inputs[i]);
                    }
                }
            }
            if (!retainGraph) {
                visited.forEach(History::release);
            }
        }
    }

    /** Returns the histories through which a wanted one can be reached; others need no gradient. */
    private static Set<History> useful(Iterable<History> roots, Set<History> wanted) {
        Map<History, Boolean> reached = new IdentityHashMap<>();
        Set<History> useful = new HashSet<>();
        List<History> stack = new ArrayList<>();
        List<History> order = new ArrayList<>();
        roots.forEach(stack::add);
        while (!stack.isEmpty()) {
            History history = stack.removeLast();
            if (reached.put(history, true) != null) {
                continue;
            }
            order.add(history);
            for (History next : history.next()) {
                if (next != null) {
                    stack.add(next);
                }
            }
        }
        order.sort(Comparator.comparingLong(history -> history.sequence));
        for (History history : order) {
            for (History next : history.next()) {
                if (next != null && (wanted.contains(next) || useful.contains(next))) {
                    useful.add(history);
                }
            }
        }
        return useful;
    }

    private static void add(Map<History, Tensor> pending, PriorityQueue<History> queue, History history, Tensor gradient) {
        Tensor known = pending.get(history);
        if (known == null) {
            queue.add(history);
            pending.put(history, gradient);
        } else {
            pending.put(history, known.add(gradient));
        }
    }

    private static Tensor seed(TensorImpl root, @Nullable Tensor gradient) {
        if (gradient == null) {
            if (root.shape().elements() != 1) {
                throw new ShapeMismatchException("[backward] expected a tensor of one element, got shape " + root.shape()
                        + "; pass the gradient to start from, or reduce with sum() or mean()");
            }
            return Primitives.full(root.shape(), 1.0, root.dtype(), root.runtime());
        }
        if (!gradient.shape().equals(root.shape())) {
            throw new ShapeMismatchException("[backward] expected a gradient of shape " + root.shape() + ", got " + gradient.shape());
        }
        return gradient;
    }
}
