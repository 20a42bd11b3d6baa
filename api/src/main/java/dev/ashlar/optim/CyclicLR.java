// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.optim;

import java.util.Collections;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Lets the rate go up and down between two numbers, and the momentum down and up.
 *
 * <pre>{@code
 * new CyclicLR(optimizer, 0.01, 0.1, CyclicLR.Options.defaults().stepSizeUp(500).mode(CyclicLR.Mode.TRIANGULAR2));
 * }</pre>
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.CyclicLR.html">
 *     torch.optim.lr_scheduler.CyclicLR</a>
 * @see <a href="https://arxiv.org/abs/1506.01186">Smith: Cyclical learning rates for training neural networks</a>
 */
public final class CyclicLR extends LRScheduler {
    /** How the height of the cycles changes: not, by half in each cycle, or by gamma in each step. */
    public enum Mode { TRIANGULAR, TRIANGULAR2, EXP_RANGE }

    /** What a scale function is a function of: the number of the cycle, from 1, or that of the step, from 0. */
    public enum ScaleMode { CYCLE, ITERATIONS }

    /**
     * Everything beside the rates.
     *
     * @param stepSizeUp steps on the way up
     * @param stepSizeDown steps on the way down; 0 for as many
     * @param mode how the height changes, unless there is a function for it
     * @param gamma the factor of {@link Mode#EXP_RANGE}
     * @param scaleFn the factor of the height, instead of the mode
     * @param scaleMode what that function is given
     * @param cycleMomentum whether the momentum (or beta1) goes the other way
     * @param baseMomentum the lowest momentum
     * @param maxMomentum the highest momentum, where the rate is lowest
     */
    public record Options(
            int stepSizeUp, int stepSizeDown, Mode mode, double gamma, @Nullable DoubleUnaryOperator scaleFn, ScaleMode scaleMode,
            boolean cycleMomentum, double baseMomentum, double maxMomentum) {
        /** Returns 2000 steps up and down, between momentum 0.9 and 0.8. */
        public static Options defaults() {
            return new Options(2000, 0, Mode.TRIANGULAR, 1, null, ScaleMode.CYCLE, true, 0.8, 0.9);
        }

        /** Returns these with other steps up; and down, unless those are set. */
        public Options stepSizeUp(int steps) {
            return new Options(steps, stepSizeDown, mode, gamma, scaleFn, scaleMode, cycleMomentum, baseMomentum, maxMomentum);
        }

        /** Returns these with other steps down. */
        public Options stepSizeDown(int steps) {
            return new Options(stepSizeUp, steps, mode, gamma, scaleFn, scaleMode, cycleMomentum, baseMomentum, maxMomentum);
        }

        /** Returns these with another mode. */
        public Options mode(Mode value) {
            return new Options(stepSizeUp, stepSizeDown, value, gamma, scaleFn, scaleMode, cycleMomentum, baseMomentum, maxMomentum);
        }

        /** Returns these with another factor for each step of {@link Mode#EXP_RANGE}. */
        public Options gamma(double value) {
            return new Options(stepSizeUp, stepSizeDown, mode, value, scaleFn, scaleMode, cycleMomentum, baseMomentum, maxMomentum);
        }

        /** Returns these with a function for the height. */
        public Options scaleFn(DoubleUnaryOperator function, ScaleMode of) {
            return new Options(stepSizeUp, stepSizeDown, mode, gamma, function, of, cycleMomentum, baseMomentum, maxMomentum);
        }

        /** Returns these with the momentum left alone, or not. */
        public Options cycleMomentum(boolean cycled) {
            return new Options(stepSizeUp, stepSizeDown, mode, gamma, scaleFn, scaleMode, cycled, baseMomentum, maxMomentum);
        }

        /** Returns these with other limits of the momentum. */
        public Options momenta(double base, double max) {
            return new Options(stepSizeUp, stepSizeDown, mode, gamma, scaleFn, scaleMode, cycleMomentum, base, max);
        }
    }

    private final List<Double> baseLrs;
    private final List<Double> maxLrs;
    private final Options options;

    /** Creates one between two rates, for all groups the same, with 2000 steps up and down. */
    public CyclicLR(Optimizer optimizer, double baseLr, double maxLr) {
        this(optimizer, baseLr, maxLr, Options.defaults());
    }

    /** Creates one between two rates, for all groups the same. */
    public CyclicLR(Optimizer optimizer, double baseLr, double maxLr, Options options) {
        this(optimizer, Collections.nCopies(optimizer.groups().size(), baseLr), Collections.nCopies(optimizer.groups().size(), maxLr),
                options, -1);
    }

    /**
     * @param baseLrs the lowest rate of each group; it is set at once
     * @param maxLrs the highest rate of each group
     * @param lastEpoch -1 to begin; a higher number to go on after that step
     */
    public CyclicLR(Optimizer optimizer, List<Double> baseLrs, List<Double> maxLrs, Options options, int lastEpoch) {
        super(optimizer);
        this.baseLrs = ReduceLROnPlateau.perGroup(this, "lowest rates", baseLrs);
        this.maxLrs = ReduceLROnPlateau.perGroup(this, "highest rates", maxLrs);
        this.options = options;
        if (options.stepSizeUp <= 0 || options.stepSizeDown < 0) {
            throw wrong("steps > 0", options.stepSizeUp + " up and " + options.stepSizeDown + " down");
        }
        List<ParameterGroup> groups = optimizer.groups();
        String momentum = options.cycleMomentum ? OneCycleLR.momentumOf(this) : "";
        for (int i = 0; lastEpoch == -1 && i < groups.size(); i++) {
            groups.get(i).lr(baseLrs.get(i));
            if (options.cycleMomentum) {
                groups.get(i).set(momentum, options.maxMomentum);
                groups.get(i).note(OneCycleLR.MAX_MOMENTUM, options.maxMomentum);
                groups.get(i).note(OneCycleLR.BASE_MOMENTUM, options.baseMomentum);
            }
        }
        start(lastEpoch);
        setBases(this.baseLrs.stream().mapToDouble(Double::doubleValue).toArray());
    }

    @Override
    protected double rate(int group) {
        double up = options.stepSizeUp;
        double total = up + (options.stepSizeDown > 0 ? options.stepSizeDown : options.stepSizeUp);
        double top = up / total;
        double cycle = Math.floor(1 + lastEpoch() / total);
        double place = 1.0 + lastEpoch() / total - cycle;
        double height = place <= top ? place / top : (place - 1) / (top - 1);
        double factor = factor(cycle);
        if (options.cycleMomentum) {
            double swing = (options.maxMomentum - options.baseMomentum) * height;
            optimizer().groups().get(group).set(OneCycleLR.momentumOf(this), options.maxMomentum - swing * factor);
        }
        double base = base(group);
        return base + (of(maxLrs, group) - base) * height * factor;
    }

    private double factor(double cycle) {
        if (options.scaleFn != null) {
            return options.scaleFn.applyAsDouble(options.scaleMode == ScaleMode.CYCLE ? cycle : lastEpoch());
        }
        return switch (options.mode) {
            case TRIANGULAR -> 1;
            case TRIANGULAR2 -> 1 / Math.pow(2, cycle - 1);
            case EXP_RANGE -> Math.pow(options.gamma, lastEpoch());
        };
    }
}
