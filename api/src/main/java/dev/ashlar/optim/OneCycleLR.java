// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.optim;

import dev.ashlar.type.InvalidArgumentException;
import java.util.Collections;
import java.util.List;

/**
 * Lets the rate go up once to a high number and then down to almost nothing, and the momentum down and up. A step follows each batch.
 *
 * <pre>{@code
 * new OneCycleLR(optimizer, 0.1, epochs * batches, OneCycleLR.Options.defaults().pctStart(0.2).threePhase(true));
 * }</pre>
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.OneCycleLR.html">
 *     torch.optim.lr_scheduler.OneCycleLR</a>
 * @see <a href="https://arxiv.org/abs/1708.07120">Smith, Topin: Super-convergence</a>
 */
public final class OneCycleLR extends LRScheduler {
    static final String MAX_MOMENTUM = "max_momentum";
    static final String BASE_MOMENTUM = "base_momentum";
    private static final String MAX_LR = "max_lr";
    private static final String MIN_LR = "min_lr";

    /**
     * Everything beside the rates and the number of steps.
     *
     * @param pctStart the part of the steps on the way up, from 0 to 1
     * @param annealStrategy how the rate goes
     * @param cycleMomentum whether the momentum (or beta1) goes the other way
     * @param baseMomentum the lowest momentum of each group; one number for all
     * @param maxMomentum the highest momentum of each group, where the rate is lowest; one number for all
     * @param divFactor the first rate is the highest one divided by this
     * @param finalDivFactor the last rate is the first one divided by this
     * @param threePhase whether the way down takes as long as that up, and the rest goes from the first rate to the last
     */
    public record Options(
            double pctStart, AnnealStrategy annealStrategy, boolean cycleMomentum, List<Double> baseMomentum, List<Double> maxMomentum,
            double divFactor, double finalDivFactor, boolean threePhase) {
        public Options {
            baseMomentum = List.copyOf(baseMomentum);
            maxMomentum = List.copyOf(maxMomentum);
        }

        /** Returns 0.3 of the steps up, along a cosine, with momenta between 0.95 and 0.85 and divisors 25 and 10,000. */
        public static Options defaults() {
            return new Options(0.3, AnnealStrategy.COS, true, List.of(0.85), List.of(0.95), 25, 1e4, false);
        }

        /** Returns these with another part of the steps on the way up. */
        public Options pctStart(double part) {
            return new Options(part, annealStrategy, cycleMomentum, baseMomentum, maxMomentum, divFactor, finalDivFactor, threePhase);
        }

        /** Returns these with another way between the rates. */
        public Options annealStrategy(AnnealStrategy way) {
            return new Options(pctStart, way, cycleMomentum, baseMomentum, maxMomentum, divFactor, finalDivFactor, threePhase);
        }

        /** Returns these with the momentum left alone, or not. */
        public Options cycleMomentum(boolean cycled) {
            return new Options(pctStart, annealStrategy, cycled, baseMomentum, maxMomentum, divFactor, finalDivFactor, threePhase);
        }

        /** Returns these with other limits of the momentum. */
        public Options momenta(double base, double max) {
            return momenta(List.of(base), List.of(max));
        }

        /** Returns these with other limits of the momentum, for each group. */
        public Options momenta(List<Double> base, List<Double> max) {
            return new Options(pctStart, annealStrategy, cycleMomentum, base, max, divFactor, finalDivFactor, threePhase);
        }

        /** Returns these with other divisors for the first and the last rate. */
        public Options divFactors(double first, double last) {
            return new Options(pctStart, annealStrategy, cycleMomentum, baseMomentum, maxMomentum, first, last, threePhase);
        }

        /** Returns these with three phases, or two. */
        public Options threePhase(boolean three) {
            return new Options(pctStart, annealStrategy, cycleMomentum, baseMomentum, maxMomentum, divFactor, finalDivFactor, three);
        }
    }

    /** A way between the notes of two rates and two momenta, until a step. */
    private record Phase(double endStep, String startLr, String endLr, String startMomentum, String endMomentum) {}

    private final int totalSteps;
    private final Options options;
    private final List<Phase> phases;

    /** Creates one with the usual options and one highest rate for all groups. */
    public OneCycleLR(Optimizer optimizer, double maxLr, int totalSteps) {
        this(optimizer, maxLr, totalSteps, Options.defaults());
    }

    /** Creates one with one highest rate for all groups. */
    public OneCycleLR(Optimizer optimizer, double maxLr, int totalSteps, Options options) {
        this(optimizer, Collections.nCopies(optimizer.groups().size(), maxLr), totalSteps, options, -1);
    }

    /**
     * @param maxLrs the highest rate of each group
     * @param totalSteps all steps of the training, epochs times batches; one more than these is an error
     * @param lastEpoch -1 to begin; a higher number to go on after that step
     */
    public OneCycleLR(Optimizer optimizer, List<Double> maxLrs, int totalSteps, Options options, int lastEpoch) {
        super(optimizer);
        if (totalSteps <= 0) {
            throw wrong("a number of steps > 0", totalSteps);
        }
        double pct = options.pctStart;
        if (!(pct >= 0 && pct <= 1)) {
            throw wrong("pctStart from 0 to 1", pct);
        }
        this.totalSteps = totalSteps;
        this.options = options;
        Phase up = new Phase(pct * totalSteps - 1, ParameterGroup.INITIAL_LR, MAX_LR, MAX_MOMENTUM, BASE_MOMENTUM);
        phases = options.threePhase
                ? List.of(up, new Phase(2 * pct * totalSteps - 2, MAX_LR, ParameterGroup.INITIAL_LR, BASE_MOMENTUM, MAX_MOMENTUM),
                        new Phase(totalSteps - 1, ParameterGroup.INITIAL_LR, MIN_LR, MAX_MOMENTUM, MAX_MOMENTUM))
                : List.of(up, new Phase(totalSteps - 1, MAX_LR, MIN_LR, BASE_MOMENTUM, MAX_MOMENTUM));
        List<Double> highest = ReduceLROnPlateau.perGroup(this, "highest rates", maxLrs);
        if (lastEpoch == -1) {
            note(highest);
        }
        start(lastEpoch);
    }

    private void note(List<Double> highest) {
        List<ParameterGroup> groups = optimizer().groups();
        for (int i = 0; i < groups.size(); i++) {
            ParameterGroup group = groups.get(i);
            double first = highest.get(i) / options.divFactor;
            group.note(ParameterGroup.INITIAL_LR, first);
            group.note(MAX_LR, highest.get(i));
            group.note(MIN_LR, first / options.finalDivFactor);
            if (options.cycleMomentum) {
                double max = each(options.maxMomentum, i);
                group.set(momentumOf(this), max);
                group.note(MAX_MOMENTUM, max);
                group.note(BASE_MOMENTUM, each(options.baseMomentum, i));
            }
        }
    }

    private double each(List<Double> momenta, int group) {
        return momenta.size() == 1 ? momenta.getFirst() : ReduceLROnPlateau.perGroup(this, "momenta", momenta).get(group);
    }

    /** Returns the setting that plays the part of the momentum. */
    static String momentumOf(LRScheduler scheduler) {
        ParameterGroup group = scheduler.optimizer().groups().getFirst();
        if (!group.has("beta1") && !group.has("momentum")) {
            throw new InvalidArgumentException("[" + scheduler.kind() + "] expected an optimizer with momentum or betas to cycle the"
                    + " momentum, got one with " + group.settings().keySet() + "; turn cycleMomentum off");
        }
        return group.has("beta1") ? "beta1" : "momentum";
    }

    @Override
    protected double rate(int group) {
        if (lastEpoch() > totalSteps) {
            throw new InvalidArgumentException("[OneCycleLR] expected at most " + totalSteps + " steps, got step " + lastEpoch()
                    + "; create it with the number of steps of the whole training");
        }
        double from = 0;
        int at = 0;
        while (at < phases.size() - 1 && lastEpoch() > phases.get(at).endStep) {
            from = phases.get(at).endStep;
            at++;
        }
        Phase phase = phases.get(at);
        double part = (lastEpoch() - from) / (phase.endStep - from);
        double rate = between(noted(phase.startLr, group), noted(phase.endLr, group), part);
        if (options.cycleMomentum) {
            double momentum = between(noted(phase.startMomentum, group), noted(phase.endMomentum, group), part);
            optimizer().groups().get(group).set(momentumOf(this), momentum);
        }
        return rate;
    }

    private double between(double start, double end, double part) {
        return options.annealStrategy == AnnealStrategy.LINEAR
                ? (end - start) * part + start : end + (start - end) / 2.0 * (Math.cos(Math.PI * part) + 1);
    }
}
