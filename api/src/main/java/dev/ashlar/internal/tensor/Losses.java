// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import static dev.ashlar.internal.tensor.Tape.of;

import dev.ashlar.Reduction;
import dev.ashlar.Tensor;
import dev.ashlar.type.DType;
import dev.ashlar.type.Shape;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/** Losses that compare numbers with numbers, each before its reduction. */
public final class Losses {
    private Losses() {}

    // ---- frame ------------------------------------------------------------------------------------------------------------------

    /** Brings values down to what was asked for. */
    public static Tensor reduce(Tensor values, Reduction reduction) {
        return switch (reduction) {
            case NONE -> values;
            case MEAN -> values.mean();
            case SUM -> values.sum();
        };
    }

    /** Computes a loss of two tensors in the type that arithmetic happens in, reduces and then rounds it. */
    public static Tensor compared(Tensor x, Tensor target, Reduction reduction, BinaryOperator<Tensor> loss) {
        DType type = Promotion.withDouble(Promotion.of(x, target));
        DType computed = type.arithmetic();
        return reduce(loss.apply(x.to(computed), target.to(computed)), reduction).to(type);
    }

    /** As {@link #compared}, but leaves integers to the loss: their differences wrap. */
    public static Tensor subtracted(Tensor x, Tensor other, Reduction reduction, BinaryOperator<Tensor> loss) {
        DType type = Promotion.of(x, other);
        return type.isFloatingPoint()
                ? compared(x, other, reduction, loss)
                : reduce(loss.apply(x.to(type), other.to(type)), reduction);
    }

    private static Tensor number(Tensor like, double value) {
        return Primitives.scalarLike(like, value, like.dtype());
    }

    // ---- differences ------------------------------------------------------------------------------------------------------------

    /** Returns half the square of differences up to {@code delta}, beyond it the tangent; all divided by {@code divisor}. */
    public static Tensor huber(String name, Tensor x, Tensor target, double delta, double divisor) {
        Tensor difference = x.sub(target);
        Tensor d = Primitives.detached(difference);
        Tensor size = d.abs();
        Tensor line = size.sub(0.5 * delta).mul(delta);
        Tensor y = Primitives.select(name, size.lt(number(d, delta)), d.square().mul(0.5), line).div(divisor);
        return Tape.record(name, y, of(difference), of(difference), (g, s) -> g.mul(s[0].clamp(-delta, delta).div(divisor)));
    }

    // ---- probabilities ----------------------------------------------------------------------------------------------------------

    /** See {@link Tensor#binaryCrossEntropy}; logarithms are at least -100. */
    public static Tensor binaryCrossEntropy(Tensor x, Tensor target) {
        Tensor d = Primitives.detached(x);
        Tensor t = Primitives.detached(target);
        Tensor least = number(d, -100);
        Tensor off = d.neg().log1p().maximum(least);
        Tensor on = d.log().maximum(least);
        Tensor y = t.sub(1.0).mul(off).sub(t.mul(on));
        return Tape.record(
                "binaryCrossEntropy",
                y,
                of(x, target),
                of(x, target),
                (g, s) -> g.mul(s[0].sub(s[1])).div(s[0].rsub(1).mul(s[0]).clampMin(1e-12)),
                (g, s) -> g.mul(s[0].rsub(1).log().sub(s[0].log())));
    }

    /** See {@link Tensor#binaryCrossEntropyWithLogits}. */
    public static Tensor binaryCrossEntropyWithLogits(Tensor x, Tensor target, @Nullable Tensor positive) {
        if (positive != null) {
            return target.rsub(1).mul(x).sub(positive.sub(1.0).mul(target).add(1.0).mul(x.logSigmoid()));
        }
        Tensor d = Primitives.detached(x);
        Tensor t = Primitives.detached(target);
        Tensor y = d.maximum(number(d, 0)).sub(d.mul(t)).add(d.abs().neg().exp().log1p());
        return Tape.record(
                "binaryCrossEntropyWithLogits",
                y,
                of(x, target),
                of(x, target),
                (g, s) -> Tape.sumTo(g.mul(s[0].sigmoid().sub(s[1])), x.shape()),
                (g, s) -> Tape.sumTo(g.mul(s[0].neg()), target.shape()));
    }

    /** See {@link Tensor#klDiv}. */
    public static Tensor divergence(Tensor x, Tensor target, boolean logTarget) {
        return logTarget ? target.exp().mul(target.sub(x)) : entropy(target).sub(target.mul(x));
    }

    /** Returns x log x, 0 at 0, where there is no slope. */
    private static Tensor entropy(Tensor x) {
        Tensor d = Primitives.detached(x);
        Tensor zero = number(d, 0);
        Tensor y = Primitives.select("klDiv", d.eq(zero), zero, d.mul(d.log()));
        return Tape.record("klDiv", y, of(x), of(x), (g, s) -> {
            Tensor log = s[0].eq(0.0).where(number(g, 0), s[0].log());
            return g.mul(log.add(s[0].div(s[0])));
        });
    }

    /** See {@link Tensor#poissonNllLoss}. */
    public static Tensor poisson(Tensor x, Tensor target, boolean logInput, boolean full, double epsilon) {
        Tensor loss = logInput ? x.exp().sub(target.mul(x)) : x.sub(target.mul(x.add(epsilon).log()));
        if (!full) {
            return loss;
        }
        Tensor stirling = target.mul(target.log()).sub(target).add(target.mul(2 * Math.PI).log().mul(0.5));
        return loss.add(stirling.maskedFill(target.le(1.0), 0));
    }

    /** See {@link Tensor#gaussianNllLoss}; the variance broadcasts. */
    public static Tensor gaussian(Tensor x, Tensor target, Tensor variance, boolean full, double epsilon) {
        // As in PyTorch, the limit is no part of what is differentiated.
        Tensor limited = Tape.record(
                "gaussianNllLoss", Primitives.detached(variance).clampMin(epsilon), of(variance), of(), (g, _) -> g);
        Tensor loss = limited.log().add(x.sub(target).square().div(limited)).mul(0.5);
        return full ? loss.add(0.5 * Math.log(2 * Math.PI)) : loss;
    }

    // ---- pairs ------------------------------------------------------------------------------------------------------------------

    /** See {@link Tensor#hingeEmbeddingLoss}. */
    public static Tensor hingeEmbedding(Tensor x, Tensor target, double margin) {
        Tensor zero = number(x, 0);
        Tensor far = target.ne(1.0).where(x.rsub(margin).clampMin(0), zero);
        return far.add(target.ne(-1.0).where(x, zero));
    }

    /** See {@link Tensor#cosineEmbeddingLoss}; the dimension is counted from the front. */
    public static Tensor cosineEmbedding(Tensor a, Tensor b, Tensor target, double margin, int dim) {
        Tensor product = a.mul(b).sum(dim);
        Tensor sizes = a.mul(a).sum(dim).add(1e-12).mul(b.mul(b).sum(dim).add(1e-12));
        Tensor cosine = product.div(sizes.sqrt());
        Tensor zero = number(cosine, 0);
        Tensor near = target.eq(1.0).where(cosine.rsub(1), zero);
        return near.add(target.eq(-1.0).where(cosine.sub(margin).clampMin(0), zero));
    }

    /** See {@link Tensor#tripletMarginWithDistanceLoss}. */
    public static Tensor triplet(
            Tensor anchor, Tensor positive, Tensor negative, BinaryOperator<Tensor> distance, double margin, boolean swap) {
        Tensor far = distance.apply(anchor, negative);
        if (swap) {
            far = far.minimum(distance.apply(positive, negative));
        }
        return distance.apply(anchor, positive).add(margin).sub(far).clampMin(0);
    }

    /** Returns a shape without its last dimension, or none if there is none. */
    public static @Nullable Shape leading(Shape shape) {
        return shape.rank() == 0 ? null : shape.without(shape.rank() - 1);
    }
}
