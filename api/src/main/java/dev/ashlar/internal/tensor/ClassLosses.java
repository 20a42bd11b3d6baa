// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import static dev.ashlar.internal.tensor.Tape.of;

import dev.ashlar.Reduction;
import dev.ashlar.Tensor;
import dev.ashlar.type.DType;
import dev.ashlar.type.Shape;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Losses of scores for classes, of floating-point operands in the type that arithmetic happens in. */
public final class ClassLosses {
    private ClassLosses() {}

    /** Returns the class numbers 0, 1, ... along a dimension of a shape, ready to broadcast. */
    private static Tensor classes(Shape shape, int dim, Tensor like) {
        long[] line = new long[shape.rank()];
        Arrays.fill(line, 1);
        line[dim] = shape.size(dim);
        return Primitives.iota(Shape.of(shape.size(dim)), Primitives.runtime(like)).reshape(line);
    }

    /** Reads the score of each sample's class. The gradient is one map over the scores, not a scatter. */
    static Tensor pick(String name, Tensor x, int dim, Tensor target) {
        Tensor index = target.unsqueeze(dim);
        Tensor y = Primitives.gather(name, x, dim, index).squeeze(dim);
        Shape shape = x.shape();
        return Tape.record(name, y, of(x), of(index), (g, s) ->
                classes(shape, dim, g).eq(s[0].to(DType.INT64)).where(g.unsqueeze(dim), Primitives.scalarLike(g, 0, g.dtype())));
    }

    /** The classes of samples that count, the weight of each sample, and the sum of these weights. */
    private record Samples(Tensor valid, Tensor target, Tensor weights) {
        static Samples of(String name, Tensor x, Tensor target, @Nullable Tensor weight, long ignoreIndex) {
            Tensor valid = target.ne(Primitives.scalarOf(target, ignoreIndex, target.dtype()));
            Tensor safe = valid.where(target, Primitives.scalarOf(target, 0, target.dtype()));
            Tensor none = Primitives.scalarLike(x, 0, x.dtype());
            Tensor each = weight == null
                    ? Primitives.scalarLike(x, 1, x.dtype())
                    : Primitives.gather(name, Primitives.detached(weight), 0, safe.reshape(safe.numel())).reshape(safe.shape().toArray());
            return new Samples(valid, safe, valid.where(each, none));
        }

        /** Reduces losses of samples, which are 0 where they do not count. */
        Tensor reduce(Tensor losses, Reduction reduction) {
            return reduction == Reduction.MEAN
                    ? Primitives.inner(losses.sum()).div(Primitives.inner(weights.sum()))
                    : Losses.reduce(losses, reduction);
        }

        Tensor masked(Tensor losses) {
            return valid.where(losses, Primitives.scalarLike(losses, 0, losses.dtype()));
        }
    }

    /** See {@link Tensor#nllLoss(Tensor, Tensor, long, Reduction)}; classes lie along {@code dim}. */
    public static Tensor likelihood(
            String name, Tensor x, int dim, Tensor target, @Nullable Tensor weight, long ignoreIndex, Reduction reduction) {
        Samples samples = Samples.of(name, x, target, weight, ignoreIndex);
        return samples.reduce(likelihoods(name, x, dim, samples), reduction);
    }

    private static Tensor likelihoods(String name, Tensor x, int dim, Samples samples) {
        return samples.masked(pick(name, x, dim, samples.target()).neg().mul(samples.weights()));
    }

    /** Returns the cross-entropy of log-probabilities and class numbers, some of which is spread over all classes. */
    public static Tensor smoothed(
            Tensor x, int dim, Tensor target, @Nullable Tensor weight, long ignoreIndex, Reduction reduction, double smoothing) {
        Samples samples = Samples.of("crossEntropy", x, target, weight, ignoreIndex);
        Tensor weighted = weight == null ? x : x.mul(line(x, dim, Primitives.detached(weight)));
        Tensor spread = samples.masked(weighted.sum(dim).neg());
        Tensor loss = likelihoods("crossEntropy", x, dim, samples).mul(1 - smoothing).add(spread.mul(smoothing / x.shape().size(dim)));
        return samples.reduce(loss, reduction);
    }

    private static Tensor line(Tensor x, int dim, Tensor weight) {
        long[] line = new long[x.shape().rank()];
        Arrays.fill(line, 1);
        line[dim] = x.shape().size(dim);
        return weight.reshape(line);
    }

    /** Returns the cross-entropy of log-probabilities and probabilities; a mean is over samples, whatever their weight. */
    public static Tensor probabilities(
            Tensor x, int dim, Tensor target, @Nullable Tensor weight, Reduction reduction, double smoothing) {
        long classes = x.shape().size(dim);
        Tensor wanted = smoothing == 0 ? target : target.mul(1 - smoothing).add(smoothing / classes);
        Tensor product = x.mul(wanted);
        Tensor losses = (weight == null ? product : product.mul(line(x, dim, weight))).sum(dim).neg();
        return Losses.reduce(losses, reduction);
    }

    // ---- margins ----------------------------------------------------------------------------------------------------------------

    /** See {@link Tensor#multiMarginLoss}; [samples, classes] and [samples] to [samples]. */
    public static Tensor multiMargin(Tensor x, Tensor target, int p, double margin, @Nullable Tensor weight) {
        Tensor own = pick("multiMarginLoss", x, 1, target);
        Tensor excess = x.sub(own.unsqueeze(1)).add(margin).relu();
        Tensor power = p == 1 ? excess : excess.square();
        Tensor others = classes(x.shape(), 1, x).ne(target.unsqueeze(1));
        Tensor sum = others.where(power, Primitives.scalarLike(x, 0, x.dtype())).sum(1).div((double) x.shape().size(1));
        return weight == null ? sum : sum.mul(Primitives.gather("multiMarginLoss", Primitives.detached(weight), 0, target));
    }

    /** See {@link Tensor#multilabelMarginLoss}; [samples, classes] both, to [samples]. */
    public static Tensor multilabelMargin(Tensor x, Tensor target) {
        String name = "multilabelMarginLoss";
        Tensor zero = Primitives.scalarLike(x, 0, x.dtype());
        Tensor classes = classes(x.shape(), 1, x);
        long count = x.shape().size(1);
        Tensor end = target.lt(0.0).where(classes, Primitives.scalarOf(target, count, DType.INT64)).amin(1, true);
        Tensor valid = classes.lt(end);
        Tensor safe = valid.where(target, Primitives.scalarOf(target, 0, target.dtype()));
        Tensor own = Indexed.read(name, x, 1, safe);
        // [samples, labels, classes]
        Tensor hits = valid.unsqueeze(2).logicalAnd(safe.unsqueeze(2).eq(classes.unsqueeze(1)));
        Tensor others = hits.any(1, false).logicalNot().unsqueeze(1);
        Tensor excess = x.unsqueeze(1).sub(own.unsqueeze(2)).add(1.0).relu();
        return valid.unsqueeze(2).logicalAnd(others).where(excess, zero).sum(new int[] {1, 2}, false).div((double) count);
    }
}
