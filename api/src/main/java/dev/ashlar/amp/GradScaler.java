// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.amp;

import dev.ashlar.State;
import dev.ashlar.Stateful;
import dev.ashlar.Tensor;
import dev.ashlar.autograd.Autograd;
import dev.ashlar.nn.Parameter;
import dev.ashlar.optim.Optimizer;
import dev.ashlar.type.DType;
import dev.ashlar.type.InvalidArgumentException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Multiplies losses so that small gradients do not vanish in float16, leaves steps out whose gradients are not finite, and finds the
 * factor by trying: it doubles after 2000 good steps and is halved by a bad one.
 *
 * <p>A step reads one number from the device, to know whether it is to be taken.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/amp.html#gradient-scaling">torch.amp.GradScaler</a>
 */
public final class GradScaler implements Stateful {
    private enum Stage { READY, UNSCALED, STEPPED }

    /** What has happened to an optimizer's gradients since the last update. */
    private static final class Progress {
        Stage stage = Stage.READY;
        boolean bad;
    }

    private final Map<Optimizer, Progress> optimizers = new IdentityHashMap<>();
    private final boolean enabled;
    private double scale;
    private double growthFactor;
    private double backoffFactor;
    private int growthInterval;
    private int goodSteps;

    /** Creates one that starts with 65536. */
    public GradScaler() {
        this(65536, 2, 0.5, 2000, true);
    }

    /**
     * @param initScale the first factor, &gt; 0
     * @param growthFactor what it is multiplied by after enough good steps, &gt; 1
     * @param backoffFactor what it is multiplied by after a bad one, &lt; 1
     * @param growthInterval how many good steps are enough, &gt;= 1
     * @param enabled whether anything is scaled and left out at all
     */
    public GradScaler(double initScale, double growthFactor, double backoffFactor, int growthInterval, boolean enabled) {
        checkScale(initScale);
        checkInterval(growthInterval);
        check(growthFactor > 1, "a growth factor > 1", growthFactor);
        check(backoffFactor < 1, "a backoff factor < 1", backoffFactor);
        scale = initScale;
        this.growthFactor = growthFactor;
        this.backoffFactor = backoffFactor;
        this.growthInterval = growthInterval;
        this.enabled = enabled;
    }

    private static void check(boolean valid, String what, double given) {
        if (!valid) {
            throw new InvalidArgumentException("[GradScaler] expected " + what + ", got " + given + "; 2 and 0.5 are usual");
        }
    }

    private static void checkScale(double scale) {
        if (!(scale > 0 && Double.isFinite(scale))) {
            throw new InvalidArgumentException("[GradScaler] expected a finite factor > 0, got " + scale + "; 65536 is usual");
        }
    }

    private static void checkInterval(int steps) {
        if (steps < 1) {
            throw new InvalidArgumentException("[GradScaler] expected a number of good steps >= 1, got " + steps + "; 2000 is usual");
        }
    }

    private Progress of(Optimizer optimizer) {
        return optimizers.computeIfAbsent(optimizer, _ -> new Progress());
    }

    // ---- in a training step ---------------------------------------------------------------------------------------------------------

    /** Returns a loss times the factor, to call backward on. */
    public Tensor scale(Tensor loss) {
        // In float16 the product would not be finite.
        return enabled ? (loss.dtype().bytes() == 2 ? loss.to(DType.FLOAT32) : loss).mul(scale) : loss;
    }

    /**
     * Divides the gradients of an optimizer by the factor, to clip them for example; {@link #step} does not do it again.
     *
     * @throws InvalidArgumentException if that has been done since the last {@link #update}
     */
    public void unscale(Optimizer optimizer) {
        if (!enabled) {
            return;
        }
        Progress progress = of(optimizer);
        if (progress.stage != Stage.READY) {
            throw new InvalidArgumentException("[unscale] expected gradients that are still scaled, got an optimizer "
                    + (progress.stage == Stage.UNSCALED ? "that they were unscaled for" : "that has stepped")
                    + "; call update() at the end of each step");
        }
        progress.bad = divide(optimizer);
        progress.stage = Stage.UNSCALED;
    }

    /** Divides all gradients, and returns whether one was not finite. */
    private boolean divide(Optimizer optimizer) {
        double inverse = 1 / scale;
        List<Tensor> finite = new ArrayList<>();
        try (var _ = Autograd.noGrad(); var _ = Autocast.off()) {
            for (Parameter parameter : optimizer.parameters()) {
                Tensor gradient = parameter.gradOrNull();
                if (gradient != null) {
                    finite.add(gradient.isFinite().all());
                    parameter.tensor().setGrad(gradient.mul(inverse));
                }
            }
            if (finite.isEmpty()) {
                throw new InvalidArgumentException("[unscale] expected gradients, got none; call scale(loss).backward() first");
            }
            Tensor all = finite.getFirst();
            for (Tensor one : finite.subList(1, finite.size())) {
                all = all.logicalAnd(one.to(all.device()));
            }
            return all.item() == 0;
        }
    }

    /**
     * Takes an optimizer's step, unless a gradient is not finite; divides the gradients by the factor before, if that has not been done.
     *
     * @return whether the step was taken
     * @throws InvalidArgumentException if there was a step since the last {@link #update}
     */
    public boolean step(Optimizer optimizer) {
        if (!enabled) {
            optimizer.step();
            return true;
        }
        Progress progress = of(optimizer);
        if (progress.stage == Stage.STEPPED) {
            throw new InvalidArgumentException("[step] expected one step for each update, got another one; call update() after the steps of"
                    + " all optimizers");
        }
        if (progress.stage == Stage.READY) {
            unscale(optimizer);
        }
        progress.stage = Stage.STEPPED;
        if (progress.bad) {
            return false;
        }
        optimizer.step();
        return true;
    }

    /**
     * Finds the factor of the next step; after the steps of all optimizers.
     *
     * @throws InvalidArgumentException if there was no step
     */
    public void update() {
        if (!enabled) {
            return;
        }
        if (optimizers.values().stream().allMatch(progress -> progress.stage == Stage.READY)) {
            throw new InvalidArgumentException("[update] expected a step before, got none; call step(optimizer)");
        }
        if (optimizers.values().stream().anyMatch(progress -> progress.bad)) {
            scale *= backoffFactor;
            goodSteps = 0;
        } else if (++goodSteps == growthInterval) {
            double larger = scale * growthFactor;
            scale = Float.isFinite((float) larger) ? larger : scale;
            goodSteps = 0;
        }
        optimizers.clear();
    }

    /** Sets the factor of the next step, &gt; 0. */
    public void update(double newScale) {
        checkScale(newScale);
        if (enabled) {
            scale = newScale;
            optimizers.clear();
        }
    }

    // ---- settings -------------------------------------------------------------------------------------------------------------------

    /** Returns the factor; 1 if nothing is scaled. */
    public double getScale() {
        return enabled ? scale : 1;
    }

    public boolean isEnabled() {
        return enabled;
    }

    public double getGrowthFactor() {
        return growthFactor;
    }

    /** Sets what the factor is multiplied by after enough good steps, &gt; 1. */
    public void setGrowthFactor(double factor) {
        check(factor > 1, "a growth factor > 1", factor);
        growthFactor = factor;
    }

    public double getBackoffFactor() {
        return backoffFactor;
    }

    /** Sets what the factor is multiplied by after a bad step, &lt; 1. */
    public void setBackoffFactor(double factor) {
        check(factor < 1, "a backoff factor < 1", factor);
        backoffFactor = factor;
    }

    public int getGrowthInterval() {
        return growthInterval;
    }

    /** Sets how many good steps are enough. */
    public void setGrowthInterval(int steps) {
        checkInterval(steps);
        growthInterval = steps;
    }

    // ---- state ----------------------------------------------------------------------------------------------------------------------

    @Override
    public State state() {
        return State.of("GradScaler").with("scale", scale).with("growth_factor", growthFactor).with("backoff_factor", backoffFactor)
                .with("growth_interval", growthInterval).with("_growth_tracker", goodSteps);
    }

    @Override
    public void loadState(State state) {
        State known = state.expect("GradScaler");
        double loadedScale = known.number("scale");
        double growth = known.number("growth_factor");
        double backoff = known.number("backoff_factor");
        int interval = (int) known.whole("growth_interval");
        goodSteps = (int) known.whole("_growth_tracker");
        scale = loadedScale;
        growthFactor = growth;
        backoffFactor = backoff;
        growthInterval = interval;
        optimizers.clear();
    }
}
