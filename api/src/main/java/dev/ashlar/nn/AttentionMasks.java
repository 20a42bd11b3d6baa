// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;
import dev.ashlar.type.DType;
import dev.ashlar.type.DTypeMismatchException;
import dev.ashlar.type.Shape;
import dev.ashlar.type.ShapeMismatchException;
import org.jspecify.annotations.Nullable;

/**
 * Masks of one attention, brought together over [samples, heads, targets, sources].
 *
 * @param given what the caller gave
 * @param sources how many there are without the added ones
 * @param added how many sources that everybody may look at come behind them
 */
record AttentionMasks(AttentionMask given, long samples, long heads, long targets, long sources, long added) {

    /** Returns whether attention is causal and nothing else. As in PyTorch, a mask that is called causal is not looked at then. */
    boolean onlyCausal() {
        return given.isCausal() && given.keyPadding() == null && (added == 0 || given.mask() != null);
    }

    /** Returns true where sources may be looked at, or numbers that are added to scores, or null if there is no mask. */
    @Nullable Tensor allowed(Tensor scores) {
        Tensor mask = joined(scores);
        return mask != null && mask.dtype() == DType.BOOL ? mask.logicalNot() : mask;
    }

    /** Returns scores with the masks applied. */
    Tensor apply(Tensor scores) {
        Tensor mask = joined(scores);
        if (mask == null) {
            return scores;
        }
        return mask.dtype() == DType.BOOL ? scores.maskedFill(mask, Double.NEGATIVE_INFINITY) : scores.add(mask.to(scores.dtype()));
    }

    /** Returns true where sources may not be looked at, or numbers that are added to scores, or null. */
    private @Nullable Tensor joined(Tensor like) {
        Tensor mask = given.mask() == null ? causal(like) : shaped(given.mask());
        Tensor padding = given.keyPadding() == null ? null : paddings(given.keyPadding());
        if (mask == null || padding == null) {
            return mask == null ? padding : mask;
        }
        if (mask.dtype() == DType.BOOL && padding.dtype() == DType.BOOL) {
            return mask.logicalOr(padding);
        }
        return additive(mask, like).add(additive(padding, like));
    }

    private static Tensor additive(Tensor mask, Tensor like) {
        return mask.dtype() == DType.BOOL
                ? Tensor.zeros(mask.shape(), like.dtype(), like.device()).maskedFill(mask, Double.NEGATIVE_INFINITY)
                : mask.to(like.dtype());
    }

    private @Nullable Tensor causal(Tensor like) {
        if (!given.isCausal()) {
            return null;
        }
        Tensor rows = Tensor.arange(0, targets, 1, DType.INT64, like.device()).unsqueeze(1);
        return extended(Tensor.arange(0, sources, 1, DType.INT64, like.device()).gt(rows));
    }

    private Tensor shaped(Tensor mask) {
        checkType(mask);
        boolean all = mask.shape().equals(Shape.of(samples * heads, targets, sources));
        if (!all && !mask.shape().equals(Shape.of(targets, sources))) {
            throw new ShapeMismatchException("[multiheadAttention] expected a mask [targets, sources] = [" + targets + ", " + sources
                    + "] or [samples * heads, targets, sources] = [" + samples * heads + ", " + targets + ", " + sources + "], got "
                    + mask.shape() + "; what differs by sample alone is a key padding mask");
        }
        return extended(all ? mask.unflatten(0, samples, heads) : mask);
    }

    private Tensor paddings(Tensor mask) {
        checkType(mask);
        if (!mask.shape().equals(Shape.of(samples, sources)) && !(samples == 1 && mask.shape().equals(Shape.of(sources)))) {
            throw new ShapeMismatchException("[multiheadAttention] expected a key padding mask [samples, sources] = [" + samples + ", "
                    + sources + "], got " + mask.shape() + "; it is true for sources that are padding");
        }
        return extended(mask.reshape(samples, 1, 1, sources));
    }

    private static void checkType(Tensor mask) {
        if (mask.dtype() != DType.BOOL && !mask.dtype().isFloatingPoint()) {
            throw new DTypeMismatchException("[multiheadAttention] expected masks of bool or floating-point numbers, got " + mask.dtype()
                    + "; cast them with to(DType.BOOL), true for what may not be looked at");
        }
    }

    /** Lets everybody look at the added sources. */
    private Tensor extended(Tensor mask) {
        return added == 0 ? mask : mask.pad(0, 0, added);
    }
}
