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
     * @param gradients of the roots' shapes; null for 1 where a root has one element
     */
    public static void run(
            List<Tensor> roots, List<? extends @Nullable Tensor> gradients, boolean retainGraph, boolean createGraph) {
        walk("backward", roots, gradients, null, retainGraph, createGraph);
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
                throw new InvalidArgumentException("[grad] expected inputs that require gradients, got input " + i
                        + ", which does not; call requiresGrad(true) on it before the outputs are computed");
            }
            wanted.computeIfAbsent(input.edge(), _ -> new ArrayList<>()).add(i);
        }
        Tensor[] results = new Tensor[inputs.size()];
        walk("grad", outputs, gradients, new Wanted(wanted, results), retainGraph, createGraph);
        return results;
    }

    private record Wanted(Map<History, List<Integer>> histories, @Nullable Tensor[] results) {}

    private static void walk(
            String operation,
            List<Tensor> roots,
            List<? extends @Nullable Tensor> gradients,
            @Nullable Wanted wanted,
            boolean retainGraph,
            boolean createGraph) {
        if (gradients.size() != roots.size()) {
            throw new InvalidArgumentException("[" + operation + "] expected one gradient for each of " + roots.size() + " outputs, got "
                    + gradients.size() + "; pass null where an output of one element starts with 1");
        }
        try (Scope _ = GradMode.set(createGraph); Scope _ = GradMode.walking(); Scope _ = Casting.enter(null)) {
            Walk walk = new Walk();
            for (int i = 0; i < roots.size(); i++) {
                TensorImpl root = (TensorImpl) roots.get(i);
                if (!root.requiresGrad()) {
                    throw new AshlarException("[" + operation + "] expected outputs that depend on a tensor with requiresGrad, got output "
                            + i + ", which does not; was it computed inside noGrad or detached?");
                }
                walk.add(root.edge(), seed(operation, i, root, gradients.get(i)));
            }
            Set<History> useful = wanted == null ? null : useful(walk.queue, wanted.histories().keySet());
            Predicate<History> needed = wanted == null
                    ? _ -> true
                    : history -> wanted.histories().containsKey(history) || java.util.Objects.requireNonNull(useful).contains(history);
            while (!walk.queue.isEmpty()) {
                History history = walk.queue.poll();
                @Nullable Tensor[] inputs;
                if (history instanceof History.Joint joint) {
                    inputs = joint.backward(java.util.Objects.requireNonNull(walk.joints.remove(joint)), needed);
                } else {
                    Tensor gradient = history.hooked(java.util.Objects.requireNonNull(walk.pending.remove(history)));
                    if (wanted != null) {
                        List<Integer> places = wanted.histories().get(history);
                        if (places != null) {
                            places.forEach(place -> wanted.results()[place] = gradient);
                        }
                        if (history instanceof History.Leaf || useful != null && !useful.contains(history)) {
                            continue;
                        }
                    }
                    if (history instanceof History.Output output) {
                        walk.deposit(output, gradient);
                        continue;
                    }
                    inputs = history.backward(gradient, needed);
                }
                if (GradMode.isAnomaly()) {
                    Anomaly.checkBackward(history, inputs);
                }
                if (!retainGraph) {
                    history.release();
                }
                @Nullable History[] next = history.next();
                for (int i = 0; i < next.length; i++) {
                    if (next[i] != null && inputs[i] != null) {
                        walk.add(next[i], inputs[i]);
                    }
                }
            }
        }
    }

    /** Gradients on their way. */
    private static final class Walk {
        final PriorityQueue<History> queue = new PriorityQueue<>(Comparator.comparingLong((History history) -> history.sequence)
                .reversed());
        final Map<History, Tensor> pending = new HashMap<>();
        final Map<History.Joint, @Nullable Tensor[]> joints = new HashMap<>();

        void add(History history, Tensor gradient) {
            Tensor known = pending.get(history);
            if (known == null) {
                queue.add(history);
                pending.put(history, gradient);
            } else {
                pending.put(history, known.add(gradient));
            }
        }

        void deposit(History.Output output, Tensor gradient) {
            History.Joint joint = output.joint();
            @Nullable Tensor[] gradients = joints.get(joint);
            if (gradients == null) {
                gradients = new Tensor[joint.results()];
                joints.put(joint, gradients);
                queue.add(joint);
            }
            gradients[output.place()] = gradient;
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

    private static Tensor seed(String operation, int place, TensorImpl root, @Nullable Tensor gradient) {
        if (gradient == null) {
            if (root.shape().elements() != 1) {
                throw new ShapeMismatchException("[" + operation + "] expected a tensor of one element, got shape " + root.shape()
                        + "; pass the gradient to start from, or reduce with sum() or mean()");
            }
            return Primitives.full(root.shape(), 1.0, root.dtype(), root.runtime());
        }
        if (!gradient.shape().equals(root.shape())) {
            throw new ShapeMismatchException("[" + operation + "] expected a gradient of shape " + root.shape() + " for output " + place
                    + ", got " + gradient.shape() + "; pass one of the output's shape");
        }
        Primitives.checkSameDevice(operation, root, gradient);
        return gradient.dtype() == root.dtype() ? gradient : gradient.to(root.dtype());
    }
}
