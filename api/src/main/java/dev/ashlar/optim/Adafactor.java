// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.optim;

import dev.ashlar.Tensor;
import dev.ashlar.nn.Parameter;
import dev.ashlar.type.DType;
import dev.ashlar.type.Shape;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Adam with little memory: the squares of a matrix are remembered as the means of its rows and of its columns, and steps are relative to
 * the size of the parameters. Parameters shrink by {@code lr * weightDecay} of themselves if that is set.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.optim.Adafactor.html">torch.optim.Adafactor</a>
 * @see <a href="https://arxiv.org/abs/1804.04235">Shazeer, Stern: Adafactor, adaptive learning rates with sublinear memory cost</a>
 */
public final class Adafactor extends DecayingOptimizer<Adafactor> {
    private static final String ROWS = "row_var";
    private static final String COLUMNS = "col_var";
    private static final String SQUARES = "variance";

    /** Stands for the distance from 1 to the next number of the parameter's type. */
    private static final double OF_TYPE = -1;

    private static final Map<String, Double> DEFAULTS =
            Map.of("lr", 1e-2, "beta2Decay", -0.8, "eps1", OF_TYPE, "eps2", 1e-3, "d", 1.0);

    /** Creates the optimizer with learning rate 1e-2. */
    public Adafactor(List<Parameter> parameters) {
        this(new ParameterGroup(parameters));
    }

    /** @param lr learning rate, &gt;= 0 */
    public Adafactor(List<Parameter> parameters, double lr) {
        this(new ParameterGroup(parameters));
        lr(lr);
    }

    /** Creates the optimizer with groups that have settings of their own. */
    public Adafactor(ParameterGroup... groups) {
        super(List.of(groups), DEFAULTS);
    }

    /** Sets the power of the step with which the newest square counts less and less, &lt;= 0; returns this. */
    public Adafactor beta2Decay(double value) {
        return with("beta2Decay", value, value <= 0, "<= 0");
    }

    /** Sets the lowest root mean square of a parameter that steps are relative to, &gt;= 0; returns this. */
    public Adafactor eps2(double smallest) {
        return withPositive("eps2", smallest);
    }

    /**
     * Sets both lower limits; returns this.
     *
     * @param first of the means of squares, &gt;= 0; the distance from 1 to the next number of the type unless it is set
     * @param second of the root mean square of a parameter, &gt;= 0
     */
    public Adafactor eps(double first, double second) {
        withPositive("eps1", first);
        return eps2(second);
    }

    /** Sets the root mean square to which larger steps are cut, &gt;= 1; returns this. */
    public Adafactor d(double value) {
        return with("d", value, value >= 1, ">= 1");
    }

    @Override
    protected List<String> stateNames(ParameterGroup group) {
        return List.of(ROWS, COLUMNS, SQUARES);
    }

    @Override
    protected @Nullable Shape stateShape(String name, Shape parameter) {
        boolean factored = parameter.rank() > 1;
        if (name.equals(SQUARES) == factored) {
            return null;
        }
        long[] sizes = parameter.toArray();
        if (factored) {
            sizes[name.equals(ROWS) ? sizes.length - 1 : sizes.length - 2] = 1;
        }
        return Shape.of(sizes);
    }

    @Override
    protected void update(Tensor value, Tensor gradient, ParameterState state, ParameterGroup group) {
        double lowest = group.get("eps1") == OF_TYPE ? distance(value.dtype()) : group.get("eps1");
        double part = Math.pow(state.step(), group.get("beta2Decay"));
        double rate = Math.min(group.lr(), 1 / Math.sqrt(state.step()));
        Tensor size = rootMeanSquare(value).clampMin(group.get("eps2")).mul(rate);
        shrink(value, group);
        Tensor squares = gradient.mul(gradient);
        Tensor estimate;
        if (gradient.shape().rank() > 1) {
            Tensor rows = state.tensor(ROWS);
            Tensor columns = state.tensor(COLUMNS);
            approach(rows, squares.mean(-1, true), part);
            approach(columns, squares.mean(-2, true), part);
            estimate = rows.mul(columns).div(rows.mean(-2, true).clampMin(lowest));
        } else {
            estimate = state.tensor(SQUARES);
            approach(estimate, squares, part);
        }
        Tensor step = gradient.mul(estimate.clampMin(lowest * lowest).rsqrt());
        Tensor excess = rootMeanSquare(step).div(group.get("d")).clampMin(1.0);
        value.subAssign(step.mul(size.div(excess)));
    }

    /** As {@link Settings#approach}, but in one form for all parts: this one falls from 1, and each form would have a plan of its own. */
    private static void approach(Tensor moving, Tensor end, double part) {
        moving.addAssign(end.sub(moving).mul(part));
    }

    private static Tensor rootMeanSquare(Tensor x) {
        return x.mul(x).mean().sqrt();
    }

    private static double distance(DType type) {
        return switch (type) {
            case FLOAT64 -> Math.ulp(1.0);
            case FLOAT16 -> 0x1p-10;
            case BFLOAT16 -> 0x1p-7;
            default -> Math.ulp(1f);
        };
    }
}
