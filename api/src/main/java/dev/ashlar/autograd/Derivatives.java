// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.autograd;

import dev.ashlar.Scope;
import dev.ashlar.Tensor;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.Shape;
import dev.ashlar.type.ShapeMismatchException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Products with Jacobians, and Jacobians row by row, from backward alone. */
final class Derivatives {
    private Derivatives() {}

    /** Returns the input as a leaf or, to keep what it depends on, as a result of its own. */
    private static Tensor tracked(Tensor input, boolean keepsHistory) {
        return keepsHistory && input.requiresGrad() ? input.clone() : input.detach().requiresGrad(true);
    }

    private static Tensor gradient(Tensor output, Tensor input, @Nullable Tensor along, boolean retainGraph, boolean createGraph) {
        if (!output.requiresGrad()) {
            return input.zerosLike();
        }
        return Objects.requireNonNull(Autograd.grad(List.of(output), List.of(input), Collections.singletonList(along), retainGraph,
                createGraph, true, true).getFirst());
    }

    private static void checkVector(String operation, Tensor v, Shape shape) {
        if (!v.shape().equals(shape)) {
            throw new ShapeMismatchException("[" + operation + "] expected a vector of shape " + shape + ", got " + v.shape()
                    + "; reshape it");
        }
    }

    static Autograd.Product vjp(UnaryOperator<Tensor> function, Tensor input, Tensor v) {
        try (Scope _ = Autograd.enableGrad()) {
            Tensor leaf = tracked(input, false);
            Tensor output = function.apply(leaf);
            checkVector("vjp", v, output.shape());
            return new Autograd.Product(output.detach(), gradient(output, leaf, v, false, false));
        }
    }

    /** The gradient is linear in the vector that it starts from; its derivative with respect to that one is what is looked for. */
    static Autograd.Product jvp(UnaryOperator<Tensor> function, Tensor input, Tensor v) {
        checkVector("jvp", v, input.shape());
        try (Scope _ = Autograd.enableGrad()) {
            Tensor leaf = tracked(input, false);
            Tensor output = function.apply(leaf);
            Tensor start = output.detach().zerosLike().requiresGrad(true);
            Tensor gradient = gradient(output, leaf, start, true, true);
            return new Autograd.Product(output.detach(), gradient(gradient, start, v, false, false));
        }
    }

    static List<Tensor> jacobian(Function<List<Tensor>, Tensor> function, List<Tensor> inputs, boolean createGraph) {
        try (Scope _ = Autograd.enableGrad()) {
            List<Tensor> leaves = inputs.stream().map(input -> tracked(input, createGraph)).toList();
            Tensor output = function.apply(leaves);
            return rows(output, leaves, createGraph);
        }
    }

    private static List<Tensor> rows(Tensor output, List<Tensor> leaves, boolean createGraph) {
        long count = output.numel();
        Tensor flat = output.reshape(count);
        List<List<Tensor>> rows = new ArrayList<>();
        for (long i = 0; i < count && output.requiresGrad(); i++) {
            List<Tensor> row = new ArrayList<>();
            for (Tensor gradient : Autograd.grad(List.of(flat.select(0, i)), leaves, Collections.singletonList(null), true, createGraph,
                    true, true)) {
                row.add(Objects.requireNonNull(gradient));
            }
            rows.add(row);
        }
        List<Tensor> jacobians = new ArrayList<>();
        for (int i = 0; i < leaves.size(); i++) {
            int place = i;
            Tensor leaf = leaves.get(i);
            Shape shape = joined(output.shape(), leaf.shape());
            jacobians.add(rows.isEmpty()
                    ? Tensor.zeros(shape, leaf.dtype()).to(leaf.device())
                    : Tensor.stack(0, rows.stream().map(row -> row.get(place)).toArray(Tensor[]::new)).reshape(shape.toArray()));
        }
        return jacobians;
    }

    private static Shape joined(Shape first, Shape second) {
        long[] sizes = new long[first.rank() + second.rank()];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = i < first.rank() ? first.size(i) : second.size(i - first.rank());
        }
        return Shape.of(sizes);
    }

    private static void checkSingle(String operation, Tensor output) {
        if (output.numel() != 1) {
            throw new InvalidArgumentException("[" + operation + "] expected a function whose value has one element, got shape "
                    + output.shape() + "; reduce it with sum()");
        }
    }

    static Tensor hessian(UnaryOperator<Tensor> function, Tensor input) {
        try (Scope _ = Autograd.enableGrad()) {
            Tensor leaf = tracked(input, false);
            Tensor output = function.apply(leaf);
            checkSingle("hessian", output);
            Tensor gradient = gradient(output, leaf, output.detach().onesLike(), true, true);
            return rows(gradient, List.of(leaf), false).getFirst();
        }
    }

    static Autograd.Product hvp(UnaryOperator<Tensor> function, Tensor input, Tensor v) {
        checkVector("hvp", v, input.shape());
        try (Scope _ = Autograd.enableGrad()) {
            Tensor leaf = tracked(input, false);
            Tensor output = function.apply(leaf);
            checkSingle("hvp", output);
            Tensor gradient = gradient(output, leaf, output.detach().onesLike(), true, true);
            return new Autograd.Product(output.detach(), gradient(gradient, leaf, v, false, false));
        }
    }
}
