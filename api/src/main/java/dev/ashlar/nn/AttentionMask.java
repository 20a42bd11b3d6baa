// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Which sources an attention may look at.
 *
 * @param mask [targets, sources], or [samples * heads, targets, sources]: bool, true where a target may not look at a source, or numbers
 *     that are added to the scores; null for no mask
 * @param keyPadding [samples, sources], for a single sample [sources]: bool, true for sources that nobody may look at, or numbers that are
 *     added; null for none
 * @param isCausal whether a target sees the sources up to its own position only. It makes the mask by itself; a mask beside it must say
 *     the same, and is not looked at where neither weights nor paddings need it
 */
public record AttentionMask(@Nullable Tensor mask, @Nullable Tensor keyPadding, boolean isCausal) {
    private static final AttentionMask NONE = new AttentionMask(null, null, false);
    private static final AttentionMask CAUSAL = new AttentionMask(null, null, true);

    /** Returns that everything may be looked at. */
    public static AttentionMask none() {
        return NONE;
    }

    /** Returns that a target sees the sources up to its own position. */
    public static AttentionMask causal() {
        return CAUSAL;
    }

    /** Returns a mask of targets and sources. */
    public static AttentionMask of(@Nullable Tensor mask) {
        return new AttentionMask(mask, null, false);
    }

    /** Returns that some sources are padding, true for those. */
    public static AttentionMask padding(Tensor keyPadding) {
        return new AttentionMask(null, keyPadding, false);
    }
}
