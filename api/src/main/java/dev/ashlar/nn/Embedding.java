// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Looks up rows of a table, {@code weight} [count, size]: indices [...] to [..., size]. The table starts with the standard normal
 * distribution, its padding row with 0.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.Embedding.html">torch.nn.Embedding</a>
 */
public final class Embedding extends EmbeddingTable<Embedding> implements Layer {
    /**
     * @param count how many rows, &gt;= 1
     * @param size numbers per row, &gt;= 1
     */
    public Embedding(long count, long size) {
        this(count, size, null, null, 2, false);
    }

    /**
     * @param count how many rows, &gt;= 1
     * @param size numbers per row, &gt;= 1
     * @param paddingIdx the row that starts at 0 and gets no gradient, negative from the end; null for none
     * @param maxNorm if not null, rows that are looked up and longer than this are shortened to it, in the table itself
     * @param normType the order of the norm that is meant, usually 2
     * @param scaleGradByFreq whether a row's gradient is divided by the number of times that it is looked up
     */
    public Embedding(
            long count, long size, @Nullable Long paddingIdx, @Nullable Double maxNorm, double normType, boolean scaleGradByFreq) {
        super(drawn(count, size, paddingIdx), paddingIdx, maxNorm, normType, scaleGradByFreq, true);
    }

    private Embedding(
            Tensor table, boolean freeze, @Nullable Long paddingIdx, @Nullable Double maxNorm, double normType, boolean scaleGradByFreq) {
        super(table.detach(), paddingIdx, maxNorm, normType, scaleGradByFreq, !freeze);
    }

    /** Returns a layer with a copy of a table that is not trained. */
    public static Embedding fromPretrained(Tensor table) {
        return fromPretrained(table, true, null, null, 2, false);
    }

    /**
     * Returns a layer with a copy of a table; other parameters are those of the constructor.
     *
     * @param table [count, size]; the padding row keeps its values
     * @param freeze whether the table is not trained
     */
    public static Embedding fromPretrained(
            Tensor table, boolean freeze, @Nullable Long paddingIdx, @Nullable Double maxNorm, double normType, boolean scaleGradByFreq) {
        return new Embedding(table, freeze, paddingIdx, maxNorm, normType, scaleGradByFreq);
    }

    /** @param input indices in [0, count), int64 or int32 */
    @Override
    public Tensor forward(Tensor input) {
        return hooked(input, given -> weight().embedding(given, paddingIdx, maxNorm, normType, scaleGradByFreq));
    }

    @Override
    public String extraRepr() {
        return repr(paddingIdx == null ? "" : ", padding_idx=" + paddingIdx, "");
    }
}
