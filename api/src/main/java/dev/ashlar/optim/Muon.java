// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.optim;

import dev.ashlar.Tensor;
import dev.ashlar.nn.Parameter;
import dev.ashlar.type.DType;
import dev.ashlar.type.InvalidArgumentException;
import java.util.List;
import java.util.Map;

/**
 * Momentum for matrices, made orthogonal: each step moves in all directions of the matrix by about the same length. Meant for the matrices
 * of hidden layers; vectors, embeddings and the last layer are better left to {@link AdamW}. Parameters shrink by {@code lr * weightDecay}
 * of themselves, with a decay of 0.1 unless it is set.
 *
 * <p>The iteration of Newton and Schulz rounds to bfloat16 after each of its products, as PyTorch's does on a CPU, so paths agree with
 * PyTorch's although they depend on that rounding.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.optim.Muon.html">torch.optim.Muon</a>
 * @see <a href="https://kellerjordan.github.io/posts/muon/">Jordan and others: Muon, an optimizer for hidden layers</a>
 */
public final class Muon extends ConcreteOptimizer<Muon> {
    /** How the learning rate depends on the shape: by {@code sqrt(max(1, rows / columns))}, or as steps of AdamW would. */
    public enum AdjustLr { ORIGINAL, MATCH_RMS_ADAMW }

    private static final String BUFFER = "momentum_buffer";
    private static final int MOST_STEPS = 99;
    private static final Map<String, Double> DEFAULTS = Map.of(
            "lr", 1e-3, "weightDecay", 0.1, "momentum", 0.95, "nesterov", 1.0, "nsA", 3.4445, "nsB", -4.775, "nsC", 2.0315, "eps", 1e-7,
            "nsSteps", 5.0, "adjustLr", 0.0);

    /** Creates the optimizer with learning rate 1e-3. */
    public Muon(List<Parameter> parameters) {
        this(new ParameterGroup(parameters));
    }

    /** @param lr learning rate, &gt;= 0 */
    public Muon(List<Parameter> parameters, double lr) {
        this(new ParameterGroup(parameters));
        lr(lr);
    }

    /**
     * Creates the optimizer with groups that have settings of their own.
     *
     * @throws InvalidArgumentException if a parameter is no matrix
     */
    public Muon(ParameterGroup... groups) {
        super(List.of(groups), DEFAULTS);
        List.of(groups).forEach(Muon::check);
    }

    private static void check(ParameterGroup group) {
        for (Parameter parameter : group.parameters()) {
            if (parameter.shape().rank() != 2) {
                throw new InvalidArgumentException("[Muon] expected matrices, got a parameter of shape " + parameter.shape()
                        + "; give the others to AdamW");
            }
        }
    }

    @Override
    public Muon addParameterGroup(ParameterGroup group) {
        check(group);
        return super.addParameterGroup(group);
    }

    /** Sets how much parameters are pulled towards 0, &gt;= 0; returns this. */
    public Muon weightDecay(double value) {
        return withPositive("weightDecay", value);
    }

    /** Sets how much of the last direction is kept, &gt;= 0; returns this. */
    public Muon momentum(double value) {
        return withPositive("momentum", value);
    }

    /** Looks ahead along the momentum, or does not; returns this. */
    public Muon nesterov(boolean ahead) {
        return withFlag("nesterov", ahead);
    }

    /** Sets the polynomial {@code a x + b x^3 + c x^5} that is applied to the singular values; returns this. */
    public Muon nsCoefficients(double a, double b, double c) {
        with("nsA", a, Double.isFinite(a), "finite");
        with("nsB", b, Double.isFinite(b), "finite");
        return with("nsC", c, Double.isFinite(c), "finite");
    }

    /** Sets the smallest norm that a direction is divided by; returns this. */
    public Muon eps(double value) {
        return with("eps", value, !Double.isNaN(value), "to be a number");
    }

    /** Sets how often the polynomial is applied, below 100; returns this. */
    public Muon nsSteps(int steps) {
        return with("nsSteps", steps, steps >= 0 && steps <= MOST_STEPS, "from 0 to " + MOST_STEPS);
    }

    /** Sets how the learning rate depends on the shape; returns this. */
    public Muon adjustLr(AdjustLr way) {
        return with("adjustLr", way.ordinal(), true, "");
    }

    @Override
    protected List<String> stateNames(ParameterGroup group) {
        return List.of(BUFFER);
    }

    @Override
    protected void update(Tensor value, Tensor gradient, ParameterState state, ParameterGroup group) {
        double momentum = group.get("momentum");
        Tensor buffer = state.tensor(BUFFER);
        Settings.approach(buffer, gradient, 1 - momentum);
        Tensor direction = group.is("nesterov") ? gradient.lerp(buffer, momentum) : buffer;
        double rows = value.shape().size(0);
        double columns = value.shape().size(1);
        double factor = group.get("adjustLr") == AdjustLr.ORIGINAL.ordinal()
                ? Math.sqrt(Math.max(1, rows / columns)) : 0.2 * Math.sqrt(Math.max(rows, columns));
        Tensor step = orthogonal(direction, group).to(value.dtype());
        value.assign(value.mul(1 - group.lr() * group.get("weightDecay")).sub(step.mul(group.lr() * factor)));
    }

    /** Brings the singular values near 1. */
    private static Tensor orthogonal(Tensor direction, ParameterGroup group) {
        boolean tall = direction.shape().size(0) > direction.shape().size(1);
        Tensor x = rounded(direction.to(DType.FLOAT32));
        if (tall) {
            x = x.t();
        }
        Tensor norm = rounded(rounded(x.mul(x).sum().sqrt()).clampMin(group.get("eps")));
        x = rounded(x.div(norm));
        for (int i = 0; i < group.get("nsSteps"); i++) {
            Tensor gram = rounded(x.matmul(x.t()));
            Tensor polynomial = rounded(gram.mul(group.get("nsB")).add(gram.matmul(gram).mul(group.get("nsC"))));
            x = rounded(x.mul(group.get("nsA")).add(polynomial.matmul(x)));
        }
        return tall ? x.t() : x;
    }

    private static Tensor rounded(Tensor x) {
        return x.to(DType.BFLOAT16).to(DType.FLOAT32);
    }
}
