// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.optim;

import dev.ashlar.Tensor;
import dev.ashlar.autograd.Autograd;
import dev.ashlar.nn.Parameter;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Limited-memory BFGS: follows an estimate of the second derivatives that is made from the last changes of the gradient. A step asks for
 * the loss several times, and reads it, so it is for small models with all of the data in one batch.
 *
 * <pre>{@code
 * var optimizer = new LBFGS(model.parameters()).strongWolfe(true);
 * optimizer.step(() -> {
 *     optimizer.zeroGrad();
 *     Tensor loss = lossFunction.forward(model.forward(x), y);
 *     loss.backward();
 *     return loss;
 * });
 * }</pre>
 *
 * <p>All parameters are in one group.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.optim.LBFGS.html">torch.optim.LBFGS</a>
 * @see <a href="https://doi.org/10.1007/BF01589116">Liu, Nocedal: On the limited memory BFGS method</a>
 */
public final class LBFGS extends ConcreteOptimizer<LBFGS> {
    private static final String DIRECTION = "d";
    private static final String GRADIENT = "prev_flat_grad";
    private static final String CHANGES = "old_dirs.";
    private static final String STEPS = "old_stps.";
    private static final String INVERSES = "ro.";
    private static final String ITERATIONS = "n_iter";
    private static final String EVALUATIONS = "func_evals";
    private static final double LEAST_CURVATURE = 1e-10;

    /** Stands for 5/4 of the iterations. */
    private static final double BY_ITERATIONS = -1;

    private static final Map<String, Double> DEFAULTS = Map.of(
            "lr", 1.0, "maxIter", 20.0, "maxEval", BY_ITERATIONS, "toleranceGrad", 1e-7, "toleranceChange", 1e-9, "historySize", 100.0,
            "strongWolfe", 0.0);

    /** Creates the optimizer with learning rate 1. */
    public LBFGS(List<Parameter> parameters) {
        this(new ParameterGroup(parameters));
    }

    /** @param lr the length of steps, &gt;= 0; the first one to try with a line search */
    public LBFGS(List<Parameter> parameters, double lr) {
        this(new ParameterGroup(parameters));
        lr(lr);
    }

    /** Creates the optimizer with a group that has settings of its own. */
    public LBFGS(ParameterGroup group) {
        super(List.of(group), DEFAULTS);
    }

    /**
     * Refuses.
     *
     * @throws InvalidArgumentException always: there is one group
     */
    @Override
    public LBFGS addParameterGroup(ParameterGroup group) {
        throw new InvalidArgumentException("[LBFGS] expected all parameters in one group, got another group; create a new optimizer");
    }

    /** Sets how many iterations a step has at most; returns this. */
    public LBFGS maxIter(int iterations) {
        return withPositive("maxIter", iterations);
    }

    /** Sets how often a step asks for the loss at most, 5/4 of the iterations at first; returns this. */
    public LBFGS maxEval(int evaluations) {
        return withPositive("maxEval", evaluations);
    }

    /** Sets the largest element of a gradient that counts as none; returns this. */
    public LBFGS toleranceGrad(double value) {
        return with("toleranceGrad", value, !Double.isNaN(value), "to be a number");
    }

    /** Sets the change of the loss, or of the parameters, that counts as none; returns this. */
    public LBFGS toleranceChange(double value) {
        return with("toleranceChange", value, !Double.isNaN(value), "to be a number");
    }

    /** Sets how many changes of the gradient are remembered; returns this. */
    public LBFGS historySize(int size) {
        return with("historySize", size, size >= 1, ">= 1");
    }

    /** Searches along each direction for a length that meets the strong Wolfe conditions, or does not; returns this. */
    public LBFGS strongWolfe(boolean searches) {
        return withFlag("strongWolfe", searches);
    }

    @Override
    protected List<String> stateNames(ParameterGroup group) {
        return List.of();
    }

    @Override
    protected Shape stateShape(String name, Shape parameter) {
        return Shape.of(parameters().stream().mapToLong(each -> each.shape().elements()).sum());
    }

    @Override
    protected void update(Tensor value, Tensor gradient, ParameterState state, ParameterGroup group) {
        throw new IllegalStateException("[LBFGS] expected no step of one parameter");
    }

    /**
     * Refuses.
     *
     * @throws InvalidArgumentException always: the loss is asked for several times
     */
    @Override
    public void step() {
        throw new InvalidArgumentException("[LBFGS] expected a function that computes the loss and its gradients, got none; call"
                + " step(closure)");
    }

    @Override
    public Tensor step(Supplier<Tensor> closure) {
        callBefore();
        Tensor first;
        try (var _ = Autograd.noGrad()) {
            first = new Search(closure).run();
        }
        callAfter();
        return first;
    }

    /** A loss and its gradient. */
    record Point(double loss, Tensor gradient) {}

    /** One step. */
    private final class Search {
        private final Supplier<Tensor> closure;
        private final ParameterGroup group = groups().getFirst();
        private final ParameterState state = stateOf(0);
        private final List<Tensor> changes = new ArrayList<>();
        private final List<Tensor> steps = new ArrayList<>();
        private final List<Double> inverses = new ArrayList<>();
        private @Nullable Tensor direction;
        private @Nullable Tensor lastGradient;
        private double length;
        private double scale;

        Search(Supplier<Tensor> closure) {
            this.closure = closure;
            Tensor value = group.parameters().getFirst().tensor();
            state.tensors().replaceAll((_, tensor) -> beside(tensor, value));
            direction = state.tensors().get(DIRECTION);
            lastGradient = state.tensors().get(GRADIENT);
            for (int i = 0; state.tensors().containsKey(CHANGES + i); i++) {
                changes.add(state.tensor(CHANGES + i));
                steps.add(state.tensor(STEPS + i));
                inverses.add(state.number(INVERSES + i, 0));
            }
            length = state.number("t", 0);
            scale = state.number("H_diag", 1);
        }

        Tensor run() {
            Tensor first = evaluate();
            Point here = new Point(first.item(), gradient());
            count(EVALUATIONS, 1);
            double least = group.get("toleranceGrad");
            if (largest(here.gradient) <= least) {
                return first;
            }
            int iterations = (int) group.get("maxIter");
            double most = group.get("maxEval") == BY_ITERATIONS ? iterations * 5 / 4 : group.get("maxEval");
            double tolerance = group.get("toleranceChange");
            int evaluations = 1;
            for (int i = 1; i <= iterations; i++) {
                count(ITERATIONS, 1);
                Tensor d = towards(here.gradient);
                direction = d;
                double last = here.loss;
                lastGradient = here.gradient;
                length = group.lr() * (state.number(ITERATIONS, 0) == 1 ? Math.min(1, 1 / here.gradient.abs().sum().item()) : 1);
                double slope = here.gradient.dot(d).item();
                if (slope > -tolerance) {
                    break;
                }
                int asked = 0;
                boolean flat = false;
                if (group.is("strongWolfe")) {
                    StrongWolfe found = new StrongWolfe(d, at -> probe(d, at), length, largest(d), here, slope,
                            (int) most - evaluations);
                    here = found.point();
                    length = found.length();
                    asked = found.evaluations();
                    move(d, length);
                    flat = largest(here.gradient) <= least;
                } else {
                    move(d, length);
                    if (i != iterations) {
                        here = new Point(evaluate().item(), gradient());
                        flat = largest(here.gradient) <= least;
                        asked = 1;
                    }
                }
                evaluations += asked;
                count(EVALUATIONS, asked);
                if (i == iterations || evaluations >= most || flat || largest(d) * Math.abs(length) <= tolerance
                        || Math.abs(here.loss - last) < tolerance) {
                    break;
                }
            }
            save();
            return first;
        }

        private void count(String name, int more) {
            state.set(name, state.number(name, 0) + more);
        }

        private Tensor evaluate() {
            try (var _ = Autograd.enableGrad()) {
                return closure.get();
            }
        }

        /** Returns all gradients in one vector, in memory: the parameters change before it is used again. */
        private Tensor gradient() {
            Tensor[] parts = new Tensor[group.parameters().size()];
            for (int i = 0; i < parts.length; i++) {
                Tensor value = group.parameters().get(i).tensor();
                Tensor known = value.gradOrNull();
                parts[i] = known == null ? Filled.like(value, Shape.of(value.shape().elements()), 0) : known.flatten();
            }
            return Tensor.cat(0, parts).realize();
        }

        private static double largest(Tensor x) {
            return x.abs().max().item();
        }

        private void move(Tensor d, double by) {
            int from = 0;
            for (Parameter parameter : group.parameters()) {
                Tensor value = parameter.tensor();
                int count = Math.toIntExact(value.shape().elements());
                value.addAssign(d.narrow(0, from, count).reshape(value.shape().toArray()).mul(by));
                from += count;
            }
            group.parameters().getLast().tensor().realize();
        }

        /** Returns the loss and gradient at a distance, and comes back. */
        private Point probe(Tensor d, double at) {
            List<Tensor> start = group.parameters().stream().map(each -> each.tensor().clone().realize()).toList();
            move(d, at);
            Point there = new Point(evaluate().item(), gradient());
            for (int i = 0; i < start.size(); i++) {
                group.parameters().get(i).tensor().assign(start.get(i));
            }
            group.parameters().getLast().tensor().realize();
            return there;
        }

        /** Returns the direction to go, and remembers the last change of the gradient. */
        private Tensor towards(Tensor gradient) {
            if (direction == null || lastGradient == null) {
                return gradient.neg().realize();
            }
            Tensor change = gradient.sub(lastGradient).realize();
            Tensor step = direction.mul(length).realize();
            Tensor along = change.dot(step);
            Tensor square = change.dot(change);
            double curvature = along.item();
            if (curvature > LEAST_CURVATURE) {
                if (changes.size() == group.get("historySize")) {
                    changes.removeFirst();
                    steps.removeFirst();
                    inverses.removeFirst();
                }
                changes.add(change);
                steps.add(step);
                inverses.add(1 / curvature);
                scale = curvature / square.item();
            }
            Tensor[] parts = new Tensor[changes.size()];
            Tensor q = gradient.neg();
            for (int i = parts.length - 1; i >= 0; i--) {
                parts[i] = steps.get(i).dot(q).mul(inverses.get(i));
                q = q.sub(changes.get(i).mul(parts[i]));
            }
            Tensor r = q.mul(scale);
            for (int i = 0; i < parts.length; i++) {
                r = r.add(steps.get(i).mul(parts[i].sub(changes.get(i).dot(r).mul(inverses.get(i)))));
            }
            return r.realize();
        }

        private void save() {
            state.tensors().clear();
            state.numbers().keySet().removeIf(name -> name.startsWith(INVERSES));
            if (direction != null && lastGradient != null) {
                state.tensors().put(DIRECTION, direction);
                state.tensors().put(GRADIENT, lastGradient);
            }
            for (int i = 0; i < changes.size(); i++) {
                state.tensors().put(CHANGES + i, changes.get(i));
                state.tensors().put(STEPS + i, steps.get(i));
                state.set(INVERSES + i, inverses.get(i));
            }
            state.set("t", length);
            state.set("H_diag", scale);
        }
    }
}
