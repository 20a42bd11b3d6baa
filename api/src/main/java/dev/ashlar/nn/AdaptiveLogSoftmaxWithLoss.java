// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.ShapeMismatchException;
import java.util.Arrays;
import java.util.List;

/**
 * The log-softmax of many classes, in groups: a head scores the most frequent classes and the groups of the rest, and each group scores its
 * own classes with fewer numbers the rarer they are. Classes are ordered by their frequency, the most frequent first.
 *
 * <p>State: {@code head}, a {@link Linear} layer, and {@code tail}, two of them for each group. All groups are computed for all samples, so
 * that nothing waits for the device and shapes do not depend on the labels.
 *
 * @see <a href="https://arxiv.org/abs/1609.04309">Grave et al.: Efficient softmax approximation for GPUs</a>
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.AdaptiveLogSoftmaxWithLoss.html">
 *     torch.nn.AdaptiveLogSoftmaxWithLoss</a>
 */
public final class AdaptiveLogSoftmaxWithLoss extends ConcreteModule<AdaptiveLogSoftmaxWithLoss> {
    private static final String NAME = "adaptiveLogSoftmaxWithLoss";

    private final long inFeatures;
    private final long[] cutoffs;
    private final Linear head;
    private final ModuleList<Sequential> tail;
    /** For each class its position in the head: its own, or that of its group. */
    private final Buffer positions;

    /**
     * What the module results in.
     *
     * @param output the log-probability of each sample's target, [samples], or a scalar for a single sample
     * @param loss minus their mean
     */
    public record Result(Tensor output, Tensor loss) {}

    /** Creates the module with a division by 4 from group to group and without a bias. */
    public AdaptiveLogSoftmaxWithLoss(long inFeatures, long numClasses, long... cutoffs) {
        this(inFeatures, numClasses, cutoffs, 4, false);
    }

    /**
     * @param inFeatures size of a sample
     * @param numClasses how many classes there are
     * @param cutoffs where groups begin: rising numbers between 1 and the number of classes minus 1
     * @param divValue each group's size is the one before it divided by this number
     * @param headBias whether the head has a bias
     */
    public AdaptiveLogSoftmaxWithLoss(long inFeatures, long numClasses, long[] cutoffs, double divValue, boolean headBias) {
        boolean rising = cutoffs.length > 0 && cutoffs[0] > 0 && cutoffs[cutoffs.length - 1] < numClasses;
        for (int i = 1; i < cutoffs.length; i++) {
            rising &= cutoffs[i] > cutoffs[i - 1];
        }
        if (!rising) {
            throw new InvalidArgumentException("[" + NAME + "] expected rising cutoffs between 1 and " + (numClasses - 1) + ", got "
                    + Arrays.toString(cutoffs) + "; each is the first class of a group");
        }
        this.inFeatures = inFeatures;
        this.cutoffs = Arrays.copyOf(cutoffs, cutoffs.length + 1);
        this.cutoffs[cutoffs.length] = numClasses;
        head = register("head", new Linear(inFeatures, cutoffs[0] + cutoffs.length, headBias));
        tail = register("tail", new ModuleList<>());
        long[] places = new long[Math.toIntExact(numClasses)];
        Arrays.setAll(places, i -> i);
        for (int i = 0; i < cutoffs.length; i++) {
            long size = (long) Math.floor(inFeatures / Math.pow(divValue, i + 1));
            long count = this.cutoffs[i + 1] - cutoffs[i];
            tail.add(new Sequential(new Linear(inFeatures, size, false), new Linear(size, count, false)));
            Arrays.fill(places, (int) cutoffs[i], (int) this.cutoffs[i + 1], cutoffs[0] + i);
        }
        positions = registerBuffer("positions", Tensor.of(places), false);
    }

    /**
     * Returns the log-probabilities of targets.
     *
     * @param input [samples, inFeatures] or [inFeatures]
     * @param target int64 classes, [samples] or a scalar
     */
    public Result forward(Tensor input, Tensor target) {
        List<Tensor> results = hookedAll(List.of(input, target), given -> compute(given.get(0), given.get(1)));
        return new Result(results.get(0), results.get(1));
    }

    private List<Tensor> compute(Tensor given, Tensor classes) {
        boolean single = classes.dim() == 0;
        if (given.dim() != classes.dim() + 1 || classes.dim() > 1 || given.size(-1) != inFeatures || !single
                && given.size(0) != classes.size(0)) {
            throw new ShapeMismatchException("[" + NAME + "] expected inputs [samples, " + inFeatures + "] and classes [samples], or ["
                    + inFeatures + "] and a scalar, got " + given.shape() + " and " + classes.shape() + "; flatten what leads");
        }
        Tensor input = single ? given.unsqueeze(0) : given;
        Tensor target = single ? classes.unsqueeze(0) : classes;
        Tensor output = read(head.forward(input).logSoftmax(1), positions.tensor().indexSelect(0, target));
        for (int i = 0; i < tail.size(); i++) {
            Tensor relative = target.sub(cutoffs[i]);
            long count = cutoffs[i + 1] - cutoffs[i];
            Tensor own = read(tail.get(i).forward(input).logSoftmax(1), relative.clamp(0, count - 1));
            Tensor belongs = relative.ge(0.0).logicalAnd(relative.lt((double) count));
            output = output.add(belongs.where(own, own.zerosLike()));
        }
        return List.of(single ? output.squeeze(0) : output, output.neg().mean());
    }

    private static Tensor read(Tensor rows, Tensor columns) {
        return rows.gather(1, columns.unsqueeze(1)).squeeze(1);
    }

    /** Returns the log-probabilities of all classes, [samples, classes], of inputs [samples, inFeatures]. */
    public Tensor logProb(Tensor input) {
        Tensor scores = head.forward(input).logSoftmax(1);
        Tensor[] parts = new Tensor[tail.size() + 1];
        parts[0] = scores.narrow(1, 0, cutoffs[0]);
        for (int i = 0; i < tail.size(); i++) {
            parts[i + 1] = tail.get(i).forward(input).logSoftmax(1).add(scores.narrow(1, cutoffs[0] + i, 1));
        }
        return Tensor.cat(1, parts);
    }

    /** Returns the most probable class of each sample, [samples], of inputs [samples, inFeatures]. */
    public Tensor predict(Tensor input) {
        return logProb(input).argmax(1);
    }
}
