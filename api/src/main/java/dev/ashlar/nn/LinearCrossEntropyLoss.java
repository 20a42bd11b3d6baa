// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Reduction;
import dev.ashlar.Tensor;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.Shape;
import dev.ashlar.type.ShapeMismatchException;
import java.util.Locale;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Turns inputs [samples, inputs] or [inputs] into scores with a {@link Linear} layer of its own, {@code linear}, and computes their
 * cross-entropy as {@link CrossEntropyLoss} does.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.LinearCrossEntropyLoss.html">torch.nn.LinearCrossEntropyLoss</a>
 */
public final class LinearCrossEntropyLoss extends PairLoss<LinearCrossEntropyLoss> {
    private final long inFeatures;
    private final long numClasses;
    private final long[] outFeatures;
    private final boolean bias;
    private final Reduction reduction;
    private final @Nullable Buffer weight;
    private final @Nullable Long ignoreIndex;
    private final double labelSmoothing;
    private final Linear linear;

    /** Creates the loss without a bias, averaged. */
    public LinearCrossEntropyLoss(long inFeatures, long numClasses) {
        this(inFeatures, numClasses, new long[0], false, Reduction.MEAN, null, null, 0);
    }

    /**
     * Creates the loss.
     *
     * @param inFeatures size of the last dimension of inputs
     * @param numClasses how many classes there are
     * @param outFeatures sizes of further dimensions of a sample's targets, which has scores for each; empty for one target per sample
     * @param bias whether the layer has a bias
     * @param weight [classes], or null for 1
     * @param ignoreIndex the class of samples that do not count; null for {@link Tensor#IGNORED}
     * @param labelSmoothing in [0, 1]: how much of each target is spread evenly over all classes
     */
    public LinearCrossEntropyLoss(
            long inFeatures,
            long numClasses,
            long[] outFeatures,
            boolean bias,
            Reduction reduction,
            @Nullable Tensor weight,
            @Nullable Long ignoreIndex,
            double labelSmoothing) {
        if (!(labelSmoothing >= 0 && labelSmoothing <= 1) || weight != null && !weight.shape().equals(Shape.of(numClasses))) {
            throw new InvalidArgumentException("[linearCrossEntropyLoss] expected weights [" + numClasses + "] and label smoothing in"
                    + " [0, 1], got " + (weight == null ? "none" : weight.shape()) + " and " + labelSmoothing + "; 0.1 is usual");
        }
        this.inFeatures = inFeatures;
        this.numClasses = numClasses;
        this.outFeatures = outFeatures.clone();
        this.bias = bias;
        this.reduction = reduction;
        this.weight = optional("weight", weight);
        this.ignoreIndex = ignoreIndex;
        this.labelSmoothing = labelSmoothing;
        linear = register("linear", new Linear(inFeatures, LongStream.of(outFeatures).reduce(numClasses, Math::multiplyExact), bias));
    }

    @Override
    Tensor loss(Tensor input, Tensor target) {
        if (input.dim() != 2 && !(input.dim() == 1 && outFeatures.length == 0)) {
            throw new ShapeMismatchException("[linearCrossEntropyLoss] expected inputs [samples, " + inFeatures + "]"
                    + (outFeatures.length == 0 ? " or [" + inFeatures + "]" : "") + ", got " + input.shape() + "; flatten what leads");
        }
        Tensor scores = linear.forward(input);
        if (outFeatures.length > 0) {
            scores = scores.unflatten(1, LongStream.concat(LongStream.of(numClasses), LongStream.of(outFeatures)).toArray());
        }
        return scores.crossEntropy(target, tensor(weight), ignoreIndex == null ? Tensor.IGNORED : ignoreIndex, reduction, labelSmoothing);
    }

    @Override
    public String extraRepr() {
        return "in_features=" + inFeatures + ", num_classes=" + numClasses + ", out_features=" + Repr.tuple(outFeatures) + ", bias="
                + Repr.of(bias) + ", reduction=" + reduction.name().toLowerCase(Locale.ROOT) + ", ignore_index="
                + (ignoreIndex == null ? "None" : ignoreIndex) + ", label_smoothing=" + Repr.of(labelSmoothing) + ", options=None";
    }
}
