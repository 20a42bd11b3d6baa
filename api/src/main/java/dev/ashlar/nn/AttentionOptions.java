// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.type.InvalidArgumentException;
import org.jspecify.annotations.Nullable;

/**
 * What can be chosen about {@link MultiheadAttention}: {@code AttentionOptions.defaults().dropout(0.1).batchFirst(true)}.
 *
 * @param dropout the probability with which a weight is set to 0 in training mode; 0
 * @param bias whether projections have a bias; true
 * @param addBiasKv whether a learnt key and value are appended to the sources; false
 * @param addZeroAttn whether a key and value of zeros are appended to the sources; false
 * @param kdim the size of keys; null for that of queries
 * @param vdim the size of values; null for that of queries
 * @param batchFirst whether tensors are [samples, steps, size] instead of [steps, samples, size]; false
 */
public record AttentionOptions(
        double dropout,
        boolean bias,
        boolean addBiasKv,
        boolean addZeroAttn,
        @Nullable Long kdim,
        @Nullable Long vdim,
        boolean batchFirst) {
    private static final AttentionOptions DEFAULTS = new AttentionOptions(0, true, false, false, null, null, false);

    public AttentionOptions {
        if (!(dropout >= 0 && dropout <= 1)) {
            throw new InvalidArgumentException("[multiheadAttention] expected a dropout in [0, 1], got " + dropout
                    + "; it is the probability of being dropped");
        }
        if (kdim != null && kdim < 1 || vdim != null && vdim < 1) {
            throw new InvalidArgumentException("[multiheadAttention] expected sizes >= 1, got kdim " + kdim + " and vdim " + vdim
                    + "; leave them out if they are those of queries");
        }
    }

    /** Returns what PyTorch assumes. */
    public static AttentionOptions defaults() {
        return DEFAULTS;
    }

    public AttentionOptions dropout(double value) {
        return new AttentionOptions(value, bias, addBiasKv, addZeroAttn, kdim, vdim, batchFirst);
    }

    public AttentionOptions bias(boolean value) {
        return new AttentionOptions(dropout, value, addBiasKv, addZeroAttn, kdim, vdim, batchFirst);
    }

    public AttentionOptions addBiasKv(boolean value) {
        return new AttentionOptions(dropout, bias, value, addZeroAttn, kdim, vdim, batchFirst);
    }

    public AttentionOptions addZeroAttn(boolean value) {
        return new AttentionOptions(dropout, bias, addBiasKv, value, kdim, vdim, batchFirst);
    }

    public AttentionOptions kdim(@Nullable Long value) {
        return new AttentionOptions(dropout, bias, addBiasKv, addZeroAttn, value, vdim, batchFirst);
    }

    public AttentionOptions vdim(@Nullable Long value) {
        return new AttentionOptions(dropout, bias, addBiasKv, addZeroAttn, kdim, value, batchFirst);
    }

    public AttentionOptions batchFirst(boolean value) {
        return new AttentionOptions(dropout, bias, addBiasKv, addZeroAttn, kdim, vdim, value);
    }
}
