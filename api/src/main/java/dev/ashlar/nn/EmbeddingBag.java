// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.BagMode;
import dev.ashlar.Tensor;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Looks up rows of a table, {@code weight} [count, size], in bags and makes one row of each bag: their sum, their mean or the largest
 * numbers. The table starts with the standard normal distribution, its padding row with 0.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.EmbeddingBag.html">torch.nn.EmbeddingBag</a>
 */
public final class EmbeddingBag extends EmbeddingTable<EmbeddingBag> implements Layer {
    private final BagMode mode;
    private final boolean includeLastOffset;

    /** Creates the module for means. */
    public EmbeddingBag(long count, long size) {
        this(count, size, BagMode.MEAN);
    }

    /** Creates the module with one way to combine rows. */
    public EmbeddingBag(long count, long size, BagMode mode) {
        this(count, size, null, 2, false, mode, false, null);
    }

    /**
     * @param count how many rows, &gt;= 1
     * @param size numbers per row, &gt;= 1
     * @param maxNorm if not null, rows that are looked up and longer than this are shortened to it, in the table itself
     * @param normType the order of the norm that is meant, usually 2
     * @param scaleGradByFreq whether a row's gradient is divided by the number of times that it is looked up; not for {@code MAX}
     * @param mode how rows of a bag are combined
     * @param includeLastOffset whether the last offset is where the last bag ends
     * @param paddingIdx the row that starts at 0, gets no gradient and does not count, negative from the end; null for none
     */
    public EmbeddingBag(
            long count,
            long size,
            @Nullable Double maxNorm,
            double normType,
            boolean scaleGradByFreq,
            BagMode mode,
            boolean includeLastOffset,
            @Nullable Long paddingIdx) {
        this(drawn(count, size, paddingIdx), true, maxNorm, normType, scaleGradByFreq, mode, includeLastOffset, paddingIdx);
    }

    private EmbeddingBag(
            Tensor table,
            boolean train,
            @Nullable Double maxNorm,
            double normType,
            boolean scaleGradByFreq,
            BagMode mode,
            boolean includeLastOffset,
            @Nullable Long paddingIdx) {
        super(table, paddingIdx, maxNorm, normType, scaleGradByFreq, train);
        this.mode = mode;
        this.includeLastOffset = includeLastOffset;
    }

    /**
     * Returns a module with a copy of a table; other parameters are those of the constructor.
     *
     * @param table [count, size]; the padding row keeps its values
     * @param freeze whether the table is not trained
     */
    public static EmbeddingBag fromPretrained(
            Tensor table,
            boolean freeze,
            @Nullable Double maxNorm,
            double normType,
            boolean scaleGradByFreq,
            BagMode mode,
            boolean includeLastOffset,
            @Nullable Long paddingIdx) {
        return new EmbeddingBag(
                table.detach(), !freeze, maxNorm, normType, scaleGradByFreq, mode, includeLastOffset, paddingIdx);
    }

    /** @param input indices [bags, n]: bags of one size */
    @Override
    public Tensor forward(Tensor input) {
        return forward(input, null, null);
    }

    /** Applies the module without weights. */
    public Tensor forward(Tensor input, @Nullable Tensor offsets) {
        return forward(input, offsets, null);
    }

    /**
     * Returns [bags, size]. Hooks see the input alone.
     *
     * @param input indices in [0, count), int64 or int32: [bags, n], or [n] with offsets
     * @param offsets where each bag starts, ascending from 0; null for bags of one size
     * @param perSampleWeights of the input's shape: multiplied with the rows, for sums only; or null
     */
    public Tensor forward(Tensor input, @Nullable Tensor offsets, @Nullable Tensor perSampleWeights) {
        return hooked(input, given -> weight().embeddingBag(
                given, offsets, maxNorm, normType, scaleGradByFreq, mode, perSampleWeights, includeLastOffset, paddingIdx));
    }

    @Override
    public String extraRepr() {
        return repr("", ", mode='" + mode.name().toLowerCase(Locale.ROOT) + "'" + (paddingIdx == null ? "" : ", padding_idx="
                + paddingIdx));
    }
}
