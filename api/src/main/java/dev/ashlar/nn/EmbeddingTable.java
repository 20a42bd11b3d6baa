// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;
import dev.ashlar.autograd.Autograd;
import dev.ashlar.type.IndexOutOfRangeException;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.ShapeMismatchException;
import org.jspecify.annotations.Nullable;

/** A table [count, size] of rows that are looked up; it starts with the standard normal distribution, the padding row with 0. */
abstract class EmbeddingTable<M extends EmbeddingTable<M>> extends ConcreteModule<M> {
    final @Nullable Long paddingIdx;
    final @Nullable Double maxNorm;
    final double normType;
    final boolean scaleGradByFreq;
    private final Parameter weight;

    EmbeddingTable(
            Tensor table, @Nullable Long paddingIdx, @Nullable Double maxNorm, double normType, boolean scaleGradByFreq, boolean train) {
        if (table.dim() != 2) {
            throw new ShapeMismatchException("[embedding] expected a table [count, size], got shape " + table.shape() + "; reshape it");
        }
        this.paddingIdx = normalised(table.size(0), paddingIdx);
        this.maxNorm = maxNorm;
        this.normType = normType;
        this.scaleGradByFreq = scaleGradByFreq;
        weight = registerParameter("weight", table);
        if (!train) {
            weight.tensor().requiresGrad(false);
        }
    }

    private static @Nullable Long normalised(long count, @Nullable Long row) {
        if (row == null) {
            return null;
        }
        if (row < -count || row >= count) {
            throw new IndexOutOfRangeException("[embedding] expected a padding row in [" + -count + ", " + count + "), got " + row
                    + "; negative ones count from the end");
        }
        return row < 0 ? row + count : row;
    }

    /** Returns a new table. */
    static Tensor drawn(long count, long size, @Nullable Long paddingIdx) {
        if (count < 1 || size < 1) {
            throw new InvalidArgumentException("[embedding] expected sizes >= 1, got " + count + " rows of " + size
                    + "; a table has at least one number");
        }
        Long row = normalised(count, paddingIdx);
        try (var _ = Autograd.noGrad()) {
            Tensor table = Tensor.randn(count, size);
            return row == null ? table : table.maskedFill(Tensor.arange(count).eq(row).unsqueeze(1), 0);
        }
    }

    /** Returns the table as it is now, [count, size]. */
    public Tensor weight() {
        return weight.tensor();
    }

    /** Returns the options in PyTorch's order, with something between. */
    final String repr(String beforeNorms, String behind) {
        return weight.shape().size(0) + ", " + weight.shape().size(1) + beforeNorms
                + (maxNorm == null ? "" : ", max_norm=" + Repr.of(maxNorm)) + (normType == 2 ? "" : ", norm_type=" + Repr.of(normType))
                + (scaleGradByFreq ? ", scale_grad_by_freq=True" : "") + behind;
    }
}
