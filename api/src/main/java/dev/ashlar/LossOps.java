// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

import static dev.ashlar.internal.tensor.Tape.of;

import dev.ashlar.internal.tensor.Primitives;
import dev.ashlar.internal.tensor.Tape;
import dev.ashlar.type.DType;
import dev.ashlar.type.DTypeMismatchException;
import dev.ashlar.type.ShapeMismatchException;

/** Losses, averaged over all elements (class losses: over all samples). */
public sealed interface LossOps permits Tensor {
    private Tensor self() {
        return (Tensor) this;
    }

    private static void sameShape(String name, Tensor input, Tensor target) {
        if (!input.shape().equals(target.shape())) {
            throw new ShapeMismatchException("[" + name + "] expected input and target of one shape, got " + input.shape() + " and "
                    + target.shape() + "; reshape one of them, broadcasting here would average over pairs that do not belong together");
        }
    }

    /** Returns the mean of the squared differences. */
    default Tensor mseLoss(Tensor target) {
        sameShape("mseLoss", self(), target);
        return self().sub(target).square().mean();
    }

    /** Returns the mean of the absolute differences. */
    default Tensor l1Loss(Tensor target) {
        sameShape("l1Loss", self(), target);
        return self().sub(target).abs().mean();
    }

    /**
     * Returns the mean over samples of minus the entry of the target's class.
     *
     * @param target int64 classes; this tensor has one dimension more, the classes, at position 1 (or 0 for a single sample)
     */
    default Tensor nllLoss(Tensor target) {
        Tensor x = self();
        int dim = x.shape().rank() == 1 ? 0 : 1;
        boolean fits = x.shape().rank() >= 1 && x.shape().without(dim).equals(target.shape());
        if (!fits) {
            throw new ShapeMismatchException("[nllLoss] expected class indices of shape "
                    + (x.shape().rank() == 0 ? "[...]" : x.shape().without(dim)) + " for an input of shape " + x.shape() + ", got "
                    + target.shape());
        }
        if (target.dtype() != DType.INT64 && target.dtype() != DType.INT32) {
            throw new DTypeMismatchException("[nllLoss] expected class indices of int64, got " + target.dtype()
                    + "; cast them with to(DType.INT64)");
        }
        return Primitives.inner(x.gather(dim, target.unsqueeze(dim)).mean()).neg();
    }

    /**
     * Returns the cross-entropy between unnormalised scores and class indices: {@link #nllLoss} of {@link Tensor#logSoftmax}.
     *
     * @param target int64 classes; this tensor has one dimension more, the classes, at position 1 (or 0 for a single sample)
     * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.CrossEntropyLoss.html">torch.nn.CrossEntropyLoss</a>
     */
    default Tensor crossEntropy(Tensor target) {
        if (self().shape().rank() == 0) {
            throw new ShapeMismatchException("[crossEntropy] expected scores with a dimension of classes, got a scalar");
        }
        return self().logSoftmax(self().shape().rank() == 1 ? 0 : 1).nllLoss(target);
    }

    /**
     * Returns the binary cross-entropy between sigmoid(this) and targets in [0, 1], computed without overflow.
     *
     * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.BCEWithLogitsLoss.html">torch.nn.BCEWithLogitsLoss</a>
     */
    default Tensor binaryCrossEntropyWithLogits(Tensor target) {
        Tensor x = self();
        sameShape("binaryCrossEntropyWithLogits", x, target);
        Tensor t = target.to(x.dtype());
        Tensor d = Primitives.detached(x);
        Tensor zero = Primitives.scalarLike(d, 0, d.dtype());
        Tensor dt = Primitives.detached(t);
        Tensor y = d.maximum(zero).sub(d.mul(dt)).add(d.abs().neg().exp().log1p());
        Tensor loss = Tape.record(
                "binaryCrossEntropyWithLogits",
                y,
                of(x, t),
                of(x, t),
                (g, s) -> g.mul(s[0].sigmoid().sub(s[1])),
                (g, s) -> g.mul(s[0].neg()));
        return loss.mean();
    }
}
