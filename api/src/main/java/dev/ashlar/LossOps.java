// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

import dev.ashlar.internal.tensor.ClassLosses;
import dev.ashlar.internal.tensor.CtcLoss;
import dev.ashlar.internal.tensor.LossChecks;
import dev.ashlar.internal.tensor.Losses;
import dev.ashlar.internal.tensor.Primitives;
import dev.ashlar.internal.tensor.Promotion;
import dev.ashlar.internal.tensor.Widened;
import dev.ashlar.type.DType;
import dev.ashlar.type.DTypeMismatchException;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.ShapeMismatchException;
import java.util.Arrays;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Losses. The short forms average over all elements, losses of classes over all samples; the long forms take a {@link Reduction}, without
 * which ({@link Reduction#NONE}) they give a number for each element or sample. The mean of nothing is NaN. Half types are computed in
 * float32 and rounded once.
 */
public sealed interface LossOps permits Tensor {
    /** The class number that marks samples without a class, unless another one is given. */
    long IGNORED = -100;

    private Tensor self() {
        return (Tensor) this;
    }

    // ---- differences ------------------------------------------------------------------------------------------------------------

    /** Returns the mean of the squared differences. */
    default Tensor mseLoss(Tensor target) {
        return mseLoss(target, Reduction.MEAN);
    }

    /** Returns the squared differences of two tensors of one shape. */
    default Tensor mseLoss(Tensor target, Reduction reduction) {
        LossChecks.sameShape("mseLoss", self(), target);
        return Losses.compared(self(), target, reduction, (x, t) -> x.sub(t).square());
    }

    /** Returns the mean of the absolute differences. */
    default Tensor l1Loss(Tensor target) {
        return l1Loss(target, Reduction.MEAN);
    }

    /** Returns the absolute differences of two tensors of one shape; the gradient is 0 where they are equal. */
    default Tensor l1Loss(Tensor target, Reduction reduction) {
        LossChecks.sameShape("l1Loss", self(), target);
        return Losses.compared(self(), target, reduction, (x, t) -> x.sub(t).abs());
    }

    /** Returns the mean of {@link #smoothL1Loss(Tensor, Reduction, double)} with beta 1. */
    default Tensor smoothL1Loss(Tensor target) {
        return smoothL1Loss(target, Reduction.MEAN, 1);
    }

    /**
     * Returns {@code d^2 / (2 beta)} for differences smaller than beta, else {@code |d| - beta / 2}.
     *
     * @param beta &gt;= 0; with 0 this is {@link #l1Loss}
     */
    default Tensor smoothL1Loss(Tensor target, Reduction reduction, double beta) {
        LossChecks.sameShape("smoothL1Loss", self(), target);
        if (!(beta >= 0)) {
            throw new InvalidArgumentException("[smoothL1Loss] expected beta >= 0, got " + beta + "; use its absolute value");
        }
        return Losses.compared(self(), target, reduction, (x, t) ->
                beta == 0 ? x.sub(t).abs() : Losses.huber("smoothL1Loss", x, t, beta, beta));
    }

    /** Returns the mean of {@link #huberLoss(Tensor, Reduction, double)} with delta 1. */
    default Tensor huberLoss(Tensor target) {
        return huberLoss(target, Reduction.MEAN, 1);
    }

    /**
     * Returns {@code d^2 / 2} for differences up to delta, else {@code delta * (|d| - delta / 2)}.
     *
     * @param delta &gt; 0
     */
    default Tensor huberLoss(Tensor target, Reduction reduction, double delta) {
        LossChecks.sameShape("huberLoss", self(), target);
        if (!(delta > 0)) {
            throw new InvalidArgumentException("[huberLoss] expected delta > 0, got " + delta + "; 1 is usual");
        }
        return Losses.compared(self(), target, reduction, (x, t) -> Losses.huber("huberLoss", x, t, delta, 1));
    }

    // ---- classes ----------------------------------------------------------------------------------------------------------------

    /** Returns the mean over samples of minus the entry of the target's class; samples of class -100 do not count. */
    default Tensor nllLoss(Tensor target) {
        return nllLoss(target, null, IGNORED, Reduction.MEAN);
    }

    /**
     * Returns minus the entries of the targets' classes. The mean is weighted; where no sample counts it is NaN.
     *
     * @param target int64 or int32 classes; this tensor has one dimension more, the classes, at position 1 (or 0 for a single sample)
     * @param weight [classes], or null for 1; gets no gradient
     * @param ignoreIndex the class of samples that do not count; other classes out of range are found when values are read
     * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.NLLLoss.html">torch.nn.NLLLoss</a>
     */
    default Tensor nllLoss(Tensor target, @Nullable Tensor weight, long ignoreIndex, Reduction reduction) {
        int dim = LossChecks.classes("nllLoss", self(), target);
        LossChecks.weight("nllLoss", weight, self().shape().size(dim));
        Tensor x = Widened.of(self());
        Tensor scale = Widened.to(weight, x.dtype());
        return ClassLosses.likelihood("nllLoss", x, dim, target, scale, ignoreIndex, reduction)
                .to(Promotion.withDouble(self().dtype()));
    }

    /** Returns the mean of {@link #crossEntropy(Tensor, Tensor, long, Reduction, double)} without weights and smoothing. */
    default Tensor crossEntropy(Tensor target) {
        return crossEntropy(target, null, IGNORED, Reduction.MEAN, 0);
    }

    /**
     * Returns the cross-entropy between unnormalised scores and classes, or probabilities of classes. For classes this is
     * {@link #nllLoss(Tensor, Tensor, long, Reduction)} of {@link Tensor#logSoftmax(int)}.
     *
     * @param target int64 or int32 classes, where this tensor has one dimension more, the classes, at position 1 (or 0 for a single
     *     sample); or probabilities of this one's shape and a floating-point type
     * @param weight [classes], or null for 1; gets a gradient only if targets are probabilities
     * @param ignoreIndex the class of samples that do not count; has no meaning for probabilities
     * @param labelSmoothing in [0, 1]: how much of each target is spread evenly over all classes
     * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.CrossEntropyLoss.html">torch.nn.CrossEntropyLoss</a>
     */
    default Tensor crossEntropy(
            Tensor target, @Nullable Tensor weight, long ignoreIndex, Reduction reduction, double labelSmoothing) {
        Tensor x = self();
        boolean probabilities = target.dtype().isFloatingPoint();
        int dim = probabilities ? LossChecks.probabilities(x, target) : LossChecks.classes("crossEntropy", x, target);
        LossChecks.weight("crossEntropy", weight, x.shape().size(dim));
        if (!(labelSmoothing >= 0 && labelSmoothing <= 1)) {
            throw new InvalidArgumentException("[crossEntropy] expected label smoothing in [0, 1], got " + labelSmoothing
                    + "; 0.1 is usual");
        }
        DType type = Promotion.withDouble(x.dtype());
        Tensor logs = Widened.of(x).logSoftmax(dim);
        Tensor scale = Widened.to(weight, logs.dtype());
        Tensor loss;
        if (probabilities) {
            loss = ClassLosses.probabilities(logs, dim, target.to(logs.dtype()), scale, reduction, labelSmoothing);
        } else if (labelSmoothing == 0) {
            loss = ClassLosses.likelihood("crossEntropy", logs, dim, target, scale, ignoreIndex, reduction);
        } else {
            loss = ClassLosses.smoothed(logs, dim, target, scale, ignoreIndex, reduction, labelSmoothing);
        }
        return loss.to(type);
    }

    /** Returns the mean of {@link #multiMarginLoss(Tensor, int, double, Tensor, Reduction)} with p 1, margin 1, no weights. */
    default Tensor multiMarginLoss(Tensor target) {
        return multiMarginLoss(target, 1, 1, null, Reduction.MEAN);
    }

    /**
     * Returns for each sample the mean over classes of {@code max(0, margin - own + other)^p}, where the sample's own class counts as 0.
     * The gradient is 0 where the maximum is reached from both sides.
     *
     * @param target int64 or int32 classes, [samples], where this is [samples, classes]; a scalar or [1], where this is [classes]
     * @param p 1 or 2
     * @param weight [classes], or null for 1; gets no gradient
     */
    default Tensor multiMarginLoss(Tensor target, int p, double margin, @Nullable Tensor weight, Reduction reduction) {
        Tensor x = self();
        long classes = LossChecks.matrix("multiMarginLoss", x);
        LossChecks.classOfEach("multiMarginLoss", x, target);
        LossChecks.weight("multiMarginLoss", weight, classes);
        if (p != 1 && p != 2) {
            throw new InvalidArgumentException("[multiMarginLoss] expected p to be 1 or 2, got " + p + "; choose one of them");
        }
        Tensor wide = Widened.of(x);
        Tensor losses = ClassLosses.multiMargin(
                wide.reshape(target.numel(), classes), target.reshape(target.numel()), p, margin, Widened.to(weight, wide.dtype()));
        return Losses.reduce(losses.reshape(target.shape().toArray()), reduction).to(Promotion.withDouble(x.dtype()));
    }

    /** Returns the mean of {@link #multilabelMarginLoss(Tensor, Reduction)}. */
    default Tensor multilabelMarginLoss(Tensor target) {
        return multilabelMarginLoss(target, Reduction.MEAN);
    }

    /**
     * Returns for each sample the sum over its classes y and all other classes i of {@code max(0, 1 - this[y] + this[i])}, divided by the
     * number of classes.
     *
     * @param target int64 or int32, of this one's shape, [samples, classes] or [classes]: the classes of a sample, ended by a negative
     *     number
     */
    default Tensor multilabelMarginLoss(Tensor target, Reduction reduction) {
        Tensor x = self();
        long classes = LossChecks.matrix("multilabelMarginLoss", x);
        LossChecks.sameShape("multilabelMarginLoss", x, target);
        LossChecks.classNumbers("multilabelMarginLoss", target);
        boolean single = x.shape().rank() < 2;
        long samples = single ? 1 : x.shape().size(0);
        Tensor losses = ClassLosses.multilabelMargin(Widened.of(x).reshape(samples, classes), target.reshape(samples, classes));
        return Losses.reduce(single ? losses.squeeze(0) : losses, reduction).to(Promotion.withDouble(x.dtype()));
    }

    /** Returns the mean of {@link #multilabelSoftMarginLoss(Tensor, Tensor, Reduction)} without weights. */
    default Tensor multilabelSoftMarginLoss(Tensor target) {
        return multilabelSoftMarginLoss(target, null, Reduction.MEAN);
    }

    /**
     * Returns for each sample the mean over classes, the last dimension, of the binary cross-entropy between sigmoid(this) and the target.
     *
     * @param target 0 or 1 for each class, of this one's shape
     * @param weight broadcasts to it, or null for 1
     */
    default Tensor multilabelSoftMarginLoss(Tensor target, @Nullable Tensor weight, Reduction reduction) {
        LossChecks.sameShape("multilabelSoftMarginLoss", self(), target);
        return Losses.compared(self(), target, reduction, (x, t) -> {
            Tensor losses = t.mul(x.logSigmoid()).add(t.rsub(1).mul(x.neg().logSigmoid())).neg();
            return (weight == null ? losses : losses.mul(weight.to(x.dtype()))).mean(-1);
        });
    }

    // ---- probabilities ----------------------------------------------------------------------------------------------------------

    /** Returns the mean of {@link #binaryCrossEntropy(Tensor, Tensor, Reduction)} without weights. */
    default Tensor binaryCrossEntropy(Tensor target) {
        return binaryCrossEntropy(target, null, Reduction.MEAN);
    }

    /**
     * Returns {@code -(target * log(this) + (1 - target) * log(1 - this))}, where logarithms are at least -100.
     *
     * @param target in [0, 1], of this one's shape, which holds probabilities
     * @param weight broadcasts to it, or null for 1
     * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.BCELoss.html">torch.nn.BCELoss</a>
     */
    default Tensor binaryCrossEntropy(Tensor target, @Nullable Tensor weight, Reduction reduction) {
        LossChecks.sameShape("binaryCrossEntropy", self(), target);
        return Losses.compared(self(), target, reduction, (x, t) -> {
            Tensor losses = Losses.binaryCrossEntropy(x, t);
            return weight == null ? losses : losses.mul(weight.to(x.dtype()));
        });
    }

    /** Returns the mean of {@link #binaryCrossEntropyWithLogits(Tensor, Tensor, Reduction, Tensor)} without weights. */
    default Tensor binaryCrossEntropyWithLogits(Tensor target) {
        return binaryCrossEntropyWithLogits(target, null, Reduction.MEAN, null);
    }

    /**
     * Returns the binary cross-entropy between sigmoid(this) and targets in [0, 1], computed without overflow.
     *
     * @param weight broadcasts to this one's shape, or null for 1
     * @param posWeight the weight of the target's part, broadcasts likewise, or null for 1
     * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.BCEWithLogitsLoss.html">torch.nn.BCEWithLogitsLoss</a>
     */
    default Tensor binaryCrossEntropyWithLogits(
            Tensor target, @Nullable Tensor weight, Reduction reduction, @Nullable Tensor posWeight) {
        LossChecks.sameShape("binaryCrossEntropyWithLogits", self(), target);
        return Losses.compared(self(), target, reduction, (x, t) -> {
            Tensor losses = Losses.binaryCrossEntropyWithLogits(x, t, Widened.to(posWeight, x.dtype()));
            return weight == null ? losses : losses.mul(weight.to(x.dtype()));
        });
    }

    /** Returns the mean over elements of {@link #klDiv(Tensor, Reduction, boolean)}; {@link #klDivBatchMean} divides as it is defined. */
    default Tensor klDiv(Tensor target) {
        return klDiv(target, Reduction.MEAN, false);
    }

    /**
     * Returns the terms of the divergence of Kullback and Leibler, {@code target * (log(target) - this)}.
     *
     * @param target probabilities, or with {@code logTarget} their logarithms; broadcasts with this one, which holds log-probabilities
     */
    default Tensor klDiv(Tensor target, Reduction reduction, boolean logTarget) {
        return Losses.compared(self(), target, reduction, (x, t) -> Losses.divergence(x, t, logTarget));
    }

    /** Returns the sum of {@link #klDiv(Tensor, Reduction, boolean)}, divided by the size of dimension 0. */
    default Tensor klDivBatchMean(Tensor target, boolean logTarget) {
        Tensor sum = Primitives.inner(klDiv(target, Reduction.SUM, logTarget));
        return self().shape().rank() == 0 ? sum : sum.div((double) self().shape().size(0));
    }

    /** Returns the mean of {@link #poissonNllLoss(Tensor, boolean, boolean, double, Reduction)} of a logarithm, not the full loss. */
    default Tensor poissonNllLoss(Tensor target) {
        return poissonNllLoss(target, true, false, 1e-8, Reduction.MEAN);
    }

    /**
     * Returns minus the log-likelihood of targets with the Poisson distribution: {@code exp(this) - target * this} of a logarithm of the
     * expectation, {@code this - target * log(this + epsilon)} of the expectation itself.
     *
     * @param full whether to add Stirling's approximation of the logarithm of target!, for targets above 1
     */
    default Tensor poissonNllLoss(Tensor target, boolean logInput, boolean full, double epsilon, Reduction reduction) {
        return Losses.compared(self(), target, reduction, (x, t) -> Losses.poisson(x, t, logInput, full, epsilon));
    }

    /** Returns the mean of {@link #gaussianNllLoss(Tensor, Tensor, boolean, double, Reduction)}, not the full loss, epsilon 1e-6. */
    default Tensor gaussianNllLoss(Tensor target, Tensor var) {
        return gaussianNllLoss(target, var, false, 1e-6, Reduction.MEAN);
    }

    /**
     * Returns minus the log-likelihood of targets with the normal distribution: {@code (log(var) + (this - target)^2 / var) / 2}.
     *
     * @param target broadcasts with this one, which holds expectations
     * @param var of this one's shape, or with size 1 at the end, or without the last dimension
     * @param full whether to add the constant {@code log(2 pi) / 2}
     * @param epsilon the least variance; the gradient passes as if there was none
     */
    default Tensor gaussianNllLoss(Tensor target, Tensor var, boolean full, double epsilon, Reduction reduction) {
        Tensor variance = LossChecks.variance(self(), var);
        return Losses.compared(self(), target, reduction, (x, t) ->
                Losses.gaussian(x, t, variance.to(x.dtype()), full, epsilon));
    }

    /** Returns the mean of {@link #softMarginLoss(Tensor, Reduction)}. */
    default Tensor softMarginLoss(Tensor target) {
        return softMarginLoss(target, Reduction.MEAN);
    }

    /** Returns {@code log(1 + exp(-target * this))}, without overflow; targets are 1 or -1 and get no gradient. */
    default Tensor softMarginLoss(Tensor target, Reduction reduction) {
        return Losses.compared(self(), Primitives.detached(target), reduction, (x, t) ->
                t.neg().mul(x).softplus(1, Double.POSITIVE_INFINITY));
    }

    // ---- pairs ------------------------------------------------------------------------------------------------------------------

    /** Returns the mean of {@link #hingeEmbeddingLoss(Tensor, double, Reduction)} with margin 1. */
    default Tensor hingeEmbeddingLoss(Tensor target) {
        return hingeEmbeddingLoss(target, 1, Reduction.MEAN);
    }

    /** Returns this where the target is 1, and {@code max(0, margin - this)} where it is -1; targets get no gradient. */
    default Tensor hingeEmbeddingLoss(Tensor target, double margin, Reduction reduction) {
        return Losses.compared(self(), Primitives.detached(target), reduction, (x, t) -> Losses.hingeEmbedding(x, t, margin));
    }

    /** Returns the mean of {@link #marginRankingLoss(Tensor, Tensor, double, Reduction)} with margin 0. */
    default Tensor marginRankingLoss(Tensor other, Tensor target) {
        return marginRankingLoss(other, target, 0, Reduction.MEAN);
    }

    /** Returns {@code max(0, -target * (this - other) + margin)}; a target of 1 says that this one should be larger. All broadcast. */
    default Tensor marginRankingLoss(Tensor other, Tensor target, double margin, Reduction reduction) {
        return Losses.subtracted(self(), other, reduction, (a, b) ->
                target.to(a.dtype()).neg().mul(a.sub(b)).add(margin).clampMin(0));
    }

    /** Returns the mean of {@link #cosineEmbeddingLoss(Tensor, Tensor, double, Reduction)} with margin 0. */
    default Tensor cosineEmbeddingLoss(Tensor other, Tensor target) {
        return cosineEmbeddingLoss(other, target, 0, Reduction.MEAN);
    }

    /**
     * Returns {@code 1 - cos} where the target is 1, and {@code max(0, cos - margin)} where it is -1, of the angle between this and other.
     *
     * @param other broadcasts with this, [samples, size] or [size]
     * @param target [samples], or a scalar; gets no gradient
     */
    default Tensor cosineEmbeddingLoss(Tensor other, Tensor target, double margin, Reduction reduction) {
        int rank = Math.max(self().shape().rank(), other.shape().rank());
        if (target.shape().rank() > 1 || rank != target.shape().rank() + 1) {
            throw new ShapeMismatchException("[cosineEmbeddingLoss] expected [samples, size] with a target [samples], or [size] with a"
                    + " scalar one, got " + self().shape() + ", " + other.shape() + " and " + target.shape() + "; reshape the target");
        }
        return Losses.compared(self(), other, reduction, (a, b) ->
                Losses.cosineEmbedding(a, b, Primitives.detached(target), margin, target.shape().rank()));
    }

    /** Returns the mean of {@link #tripletMarginLoss(Tensor, Tensor, double, double, double, boolean, Reduction)} with margin 1, p 2. */
    default Tensor tripletMarginLoss(Tensor positive, Tensor negative) {
        return tripletMarginLoss(positive, negative, 1, 2, 1e-6, false, Reduction.MEAN);
    }

    /**
     * Reads this as anchors: returns {@code max(0, margin + |this - positive| - |this - negative|)}, where sizes are norms over the last
     * dimension. All broadcast.
     *
     * @param p the order of the norms
     * @param epsilon added to each difference
     * @param swap whether |positive - negative| counts instead of |this - negative| where it is smaller
     * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.TripletMarginLoss.html">torch.nn.TripletMarginLoss</a>
     */
    default Tensor tripletMarginLoss(
            Tensor positive, Tensor negative, double margin, double p, double epsilon, boolean swap, Reduction reduction) {
        LossChecks.triplet("tripletMarginLoss", self(), margin);
        return Losses.subtracted(self(), positive, reduction, (a, b) ->
                Losses.triplet(a, b, negative.to(a.dtype()), (x, y) -> x.pairwiseDistance(y, p, epsilon, false), margin, swap));
    }

    /**
     * As {@link #tripletMarginLoss(Tensor, Tensor, double, double, double, boolean, Reduction)}, with a distance of one's own.
     *
     * @param distance of two tensors like this one, smaller for what is nearer; of tensor operations, so that gradients flow
     */
    default Tensor tripletMarginWithDistanceLoss(
            Tensor positive, Tensor negative, BinaryOperator<Tensor> distance, double margin, boolean swap, Reduction reduction) {
        LossChecks.triplet("tripletMarginWithDistanceLoss", self(), margin);
        return Losses.reduce(Losses.triplet(self(), positive, negative, distance, margin, swap), reduction);
    }

    // ---- sequences --------------------------------------------------------------------------------------------------------------

    /** Returns {@link #ctcLoss(Tensor, long[], long[], long, Reduction, boolean)} with blank 0, averaged. */
    default Tensor ctcLoss(Tensor targets, long[] inputLengths, long[] targetLengths) {
        return ctcLoss(targets, inputLengths, targetLengths, 0, Reduction.MEAN, false);
    }

    /**
     * Returns minus the logarithm of the probability that outputs over time, with blanks and repetitions taken out, are the targets. It is
     * infinite where a target cannot be reached, with a gradient of NaN. The mean divides each loss by its target's length before.
     *
     * @param targets int64 or int32 classes, [samples, labels], or the labels of all samples one after the other; this tensor holds
     *     log-probabilities [steps, samples, classes], or [steps, classes] for a single sample
     * @param inputLengths the number of steps of each sample
     * @param targetLengths the number of labels of each sample
     * @param blank the class of the blank, which no label is
     * @param zeroInfinity whether infinite losses and their gradients count as 0
     * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.CTCLoss.html">torch.nn.CTCLoss</a>
     */
    default Tensor ctcLoss(
            Tensor targets, long[] inputLengths, long[] targetLengths, long blank, Reduction reduction, boolean zeroInfinity) {
        Tensor x = self();
        LossChecks.sequences(x, targets, inputLengths, targetLengths, blank);
        boolean single = x.shape().rank() == 2;
        Tensor wide = x.to(x.dtype().arithmetic());
        Tensor losses = CtcLoss.losses(single ? wide.unsqueeze(1) : wide, targets.to(DType.INT64), inputLengths, targetLengths, blank);
        if (zeroInfinity) {
            losses = losses.isInf().where(Primitives.scalarLike(losses, 0, losses.dtype()), losses);
        }
        if (reduction == Reduction.MEAN) {
            long[] lengths = Arrays.stream(targetLengths).map(length -> Math.max(1, length)).toArray();
            losses = losses.div(Tensor.of(lengths).to(wide.dtype()).to(x.device()));
        }
        return Losses.reduce(single ? losses.squeeze(0) : losses, reduction).to(x.dtype());
    }

    /** Returns {@link #ctcLoss(Tensor, long[], long[], long, Reduction, boolean)}; waits for the device to read the lengths. */
    default Tensor ctcLoss(
            Tensor targets, Tensor inputLengths, Tensor targetLengths, long blank, Reduction reduction, boolean zeroInfinity) {
        if (inputLengths.dtype().isFloatingPoint() || targetLengths.dtype().isFloatingPoint()) {
            throw new DTypeMismatchException("[ctcLoss] expected lengths of an integer type, got " + inputLengths.dtype() + " and "
                    + targetLengths.dtype() + "; cast them with to(DType.INT64)");
        }
        return ctcLoss(targets, inputLengths.toLongArray(), targetLengths.toLongArray(), blank, reduction, zeroInfinity);
    }
}
