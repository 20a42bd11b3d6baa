// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.optim;

import dev.ashlar.Tensor;
import dev.ashlar.nn.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Divides the gradient by the root of the mean of its squares. Weight decay is added to the gradient.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.optim.RMSprop.html">torch.optim.RMSprop</a>
 * @see <a href="https://www.cs.toronto.edu/~tijmen/csc321/slides/lecture_slides_lec6.pdf">
 *     Hinton: Neural networks for machine learning, lecture 6</a>
 * @see <a href="https://arxiv.org/abs/1308.0850">Graves: Generating sequences with recurrent neural networks (centered)</a>
 */
public final class RMSprop extends DecayingOptimizer<RMSprop> {
    private static final String SQUARES = "square_avg";
    private static final String BUFFER = "momentum_buffer";
    private static final String MEAN = "grad_avg";
    private static final Map<String, Double> DEFAULTS = Map.of("lr", 1e-2, "alpha", 0.99, EPS, 1e-8, "momentum", 0.0, "centered", 0.0);

    /** Creates the optimizer with learning rate 1e-2. */
    public RMSprop(List<Parameter> parameters) {
        this(new ParameterGroup(parameters));
    }

    /** @param lr learning rate, &gt;= 0 */
    public RMSprop(List<Parameter> parameters, double lr) {
        this(new ParameterGroup(parameters));
        lr(lr);
    }

    /** Creates the optimizer with groups that have settings of their own. */
    public RMSprop(ParameterGroup... groups) {
        super(List.of(groups), DEFAULTS);
    }

    /** Sets how much of the mean of squares is kept, &gt;= 0; returns this. */
    public RMSprop alpha(double value) {
        return withPositive("alpha", value);
    }

    /** Sets what is added to the divisor, &gt;= 0; returns this. */
    public RMSprop eps(double value) {
        return withPositive(EPS, value);
    }

    /** Sets how much of the last direction is kept, &gt;= 0; returns this. */
    public RMSprop momentum(double value) {
        return withPositive("momentum", value);
    }

    /** Divides by the root of an estimate of the variance; returns this. */
    public RMSprop centered(boolean aroundMean) {
        return withFlag("centered", aroundMean);
    }

    @Override
    protected List<String> stateNames(ParameterGroup group) {
        List<String> names = new ArrayList<>(List.of(SQUARES));
        if (group.get("momentum") > 0) {
            names.add(BUFFER);
        }
        if (group.is("centered")) {
            names.add(MEAN);
        }
        return names;
    }

    @Override
    protected void update(Tensor value, Tensor gradient, ParameterState state, ParameterGroup group) {
        double alpha = group.get("alpha");
        double momentum = group.get("momentum");
        Tensor direction = penalised(gradient, value, group);
        Tensor squares = state.tensor(SQUARES);
        Settings.square(squares, direction, alpha);
        Tensor variance = squares;
        if (group.is("centered")) {
            Tensor mean = state.tensor(MEAN);
            Settings.approach(mean, direction, 1 - alpha);
            variance = squares.sub(mean.mul(mean));
        }
        Tensor divisor = variance.sqrt().add(group.get(EPS));
        if (momentum > 0) {
            Tensor buffer = state.tensor(BUFFER);
            buffer.assign(buffer.mul(momentum).add(direction.div(divisor)));
            value.subAssign(buffer.mul(group.lr()));
        } else {
            value.subAssign(direction.mul(group.lr()).div(divisor));
        }
    }
}
