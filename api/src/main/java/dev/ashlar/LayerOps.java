// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

import dev.ashlar.internal.tensor.Attention;
import dev.ashlar.internal.tensor.Dropouts;
import dev.ashlar.internal.tensor.Embeddings;
import dev.ashlar.internal.tensor.Promotion;
import dev.ashlar.internal.tensor.Widened;
import dev.ashlar.type.DType;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.Shape;
import dev.ashlar.type.ShapeMismatchException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What layers compute: linear maps, embeddings, attention, dropout. */
public sealed interface LayerOps permits Tensor {
    private Tensor self() {
        return (Tensor) this;
    }

    private static Generator or(@Nullable Generator generator) {
        return generator == null ? Ashlar.generator() : generator;
    }

    // ---- linear maps ------------------------------------------------------------------------------------------------------------

    /** Returns this times the transposed weight; see {@link #linear(Tensor, Tensor)}. */
    default Tensor linear(Tensor weight) {
        return linear(weight, null);
    }

    /**
     * Returns this times the transposed weight, plus the bias. Integers stay integers.
     *
     * @param weight [outputs, inputs], or [inputs] for a single output without a dimension; this is [..., inputs]
     * @param bias [outputs], or what broadcasts to the result, or null
     */
    default Tensor linear(Tensor weight, @Nullable Tensor bias) {
        Tensor x = self();
        int rank = weight.shape().rank();
        boolean fits = (rank == 1 || rank == 2) && x.shape().rank() > 0 && x.shape().size(-1) == weight.shape().size(-1);
        if (!fits) {
            throw new ShapeMismatchException("[linear] expected an input [..., inputs] and a weight [outputs, inputs], got " + x.shape()
                    + " and " + weight.shape() + "; transpose the weight?");
        }
        Tensor matrix = rank == 1 ? weight : weight.t();
        if (bias == null) {
            return x.matmul(matrix);
        }
        DType type = DType.promote(DType.promote(x.dtype(), weight.dtype()), bias.dtype());
        // A half type is rounded once, after the bias.
        DType computed = type.isFloatingPoint() ? type.arithmetic() : type;
        return x.to(computed).matmul(matrix.to(computed)).add(bias.to(computed)).to(type);
    }

    /**
     * Returns {@code sum over i, j of this[..., i] * weight[o, i, j] * other[..., j] + bias[o]}.
     *
     * @param other [..., m], where this is [..., n] with the same leading dimensions
     * @param weight [outputs, n, m]
     * @param bias [outputs], or null
     * @return [..., outputs]
     */
    default Tensor bilinear(Tensor other, Tensor weight, @Nullable Tensor bias) {
        Shape left = self().shape();
        Shape right = other.shape();
        Shape sizes = weight.shape();
        boolean fits = sizes.rank() == 3 && left.rank() > 0 && right.rank() == left.rank() && left.size(-1) == sizes.size(1)
                && right.size(-1) == sizes.size(2) && left.with(left.rank() - 1, 1).equals(right.with(left.rank() - 1, 1));
        if (!fits || bias != null && !bias.shape().equals(Shape.of(sizes.size(0)))) {
            throw new ShapeMismatchException("[bilinear] expected inputs [..., n] and [..., m], a weight [outputs, n, m] and a bias"
                    + " [outputs], got " + left + ", " + right + ", " + sizes + " and " + (bias == null ? "none" : bias.shape())
                    + "; the leading dimensions of both inputs agree");
        }
        long outputs = sizes.size(0);
        DType type = DType.promote(DType.promote(self().dtype(), other.dtype()), weight.dtype());
        DType computed = type.isFloatingPoint() ? type.arithmetic() : type;
        Tensor table = weight.to(computed).permute(1, 0, 2).reshape(sizes.size(1), outputs * sizes.size(2));
        Tensor half = self().to(computed).reshape(left.elements() / Math.max(1, left.size(-1)), left.size(-1)).matmul(table);
        Tensor y = half.reshape(half.shape().size(0), outputs, sizes.size(2))
                .mul(other.to(computed).reshape(half.shape().size(0), 1, sizes.size(2)))
                .sum(2);
        Tensor sum = bias == null ? y : y.add(bias.to(computed));
        return sum.to(type).reshape(left.with(left.rank() - 1, outputs).toArray());
    }

    // ---- tables -----------------------------------------------------------------------------------------------------------------

    /** Reads this matrix as a table of rows; see {@link #embedding(Tensor, Long, Double, double, boolean)}. */
    default Tensor embedding(Tensor numbers) {
        return embedding(numbers, null, null, 2, false);
    }

    /**
     * Reads this matrix as a table of rows: returns the row of each number. As in ATen, the table comes first.
     *
     * @param numbers int64 or int32, of any shape; one out of range is found when values are read
     * @param paddingIndex the row that gets no gradient, negative from the end; null for none
     * @param maxNorm if not null, rows that are named and longer than this are shortened to it, in place, before they are read; a table
     *     that requires gradients is changed as well
     * @param normType the order of the norm that is meant, usually 2
     * @param scaleGradByFreq whether a row's gradient is divided by the number of times that it is named
     * @return the numbers' shape with a last dimension of a row's size
     * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.embedding.html">torch.nn.functional.embedding</a>
     */
    default Tensor embedding(
            Tensor numbers, @Nullable Long paddingIndex, @Nullable Double maxNorm, double normType, boolean scaleGradByFreq) {
        Tensor table = self();
        Embeddings.check("embedding", table, numbers);
        long padding = Embeddings.padding("embedding", table, paddingIndex);
        if (maxNorm != null) {
            Embeddings.shorten(table, numbers, maxNorm, normType);
        }
        return Embeddings.rows("embedding", table, numbers, padding, scaleGradByFreq);
    }

    /**
     * Returns the mean row of each bag; see
     * {@link #embeddingBag(Tensor, Tensor, Double, double, boolean, BagMode, Tensor, boolean, Long)}.
     */
    default Tensor embeddingBag(Tensor numbers, @Nullable Tensor offsets) {
        return embeddingBag(numbers, offsets, null, 2, false, BagMode.MEAN, null, false, null);
    }

    /**
     * Reads this matrix as a table and returns the sum, the mean or the largest numbers of the rows in each bag. An empty bag gives 0.
     *
     * @param numbers [bags, n]; or [n] with offsets
     * @param offsets int64 or int32, [bags], ascending from 0: where each bag starts; null for bags of one size
     * @param maxNorm as for {@link #embedding(Tensor, Long, Double, double, boolean)}, like {@code normType} and {@code scaleGradByFreq},
     *     which the largest numbers do not take
     * @param perSampleWeights of the numbers' shape: multiplied with rows before they are summed, for sums only; or null
     * @param includeLastOffset whether the last offset is where the last bag ends, the number of numbers: there is one bag less then
     * @param paddingIndex the row that does not count and gets no gradient, negative from the end; null for none
     * @return [bags, size]
     * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.EmbeddingBag.html">torch.nn.EmbeddingBag</a>
     */
    default Tensor embeddingBag(
            Tensor numbers,
            @Nullable Tensor offsets,
            @Nullable Double maxNorm,
            double normType,
            boolean scaleGradByFreq,
            BagMode mode,
            @Nullable Tensor perSampleWeights,
            boolean includeLastOffset,
            @Nullable Long paddingIndex) {
        Tensor table = self();
        String name = "embeddingBag";
        Embeddings.check(name, table, numbers);
        boolean fits = offsets == null ? numbers.shape().rank() == 2 : numbers.shape().rank() == 1 && offsets.shape().rank() == 1;
        if (!fits || perSampleWeights != null && !perSampleWeights.shape().equals(numbers.shape())) {
            throw new ShapeMismatchException("[embeddingBag] expected numbers [bags, n], or [n] with offsets [bags], and weights of their"
                    + " shape, got " + numbers.shape() + ", offsets " + (offsets == null ? "none" : offsets.shape()) + ", weights "
                    + (perSampleWeights == null ? "none" : perSampleWeights.shape()) + "; reshape the numbers");
        }
        if (perSampleWeights != null && mode != BagMode.SUM || scaleGradByFreq && mode == BagMode.MAX) {
            throw new InvalidArgumentException("[embeddingBag] expected weights for sums only, and no scaled gradients of largest"
                    + " numbers, got mode " + mode + "; use BagMode.SUM");
        }
        long padding = Embeddings.padding(name, table, paddingIndex);
        if (maxNorm != null) {
            Embeddings.shorten(table, numbers, maxNorm, normType);
        }
        Tensor rows = Embeddings.rows(name, table, numbers, padding, scaleGradByFreq);
        Tensor weights = Widened.to(perSampleWeights, table.dtype());
        if (offsets == null) {
            return Embeddings.lines(rows, numbers, mode, weights, padding);
        }
        long bags = Math.max(0, offsets.numel() - (includeLastOffset ? 1 : 0));
        return Embeddings.bags(rows, numbers, offsets, bags, mode, weights, padding);
    }

    // ---- attention --------------------------------------------------------------------------------------------------------------

    /** Returns attention without mask, dropout and shared heads, scaled by one divided by the root of the size. */
    default Tensor scaledDotProductAttention(Tensor key, Tensor value) {
        return scaledDotProductAttention(key, value, null, 0, false, null, false, null);
    }

    /**
     * Reads this as queries: returns {@code softmax(this * key^T * scale + mask) * value}. Targets whose sources are all masked get 0.
     *
     * @param key [..., sources, size], where this is [..., targets, size]; leading dimensions broadcast
     * @param value [..., sources, width]
     * @param mask broadcasts to [..., targets, sources]: bool, true where a source may be used, or numbers that are added; or null
     * @param dropout the probability with which a weight is set to 0
     * @param causal whether a target sees the sources up to its own position only; not together with a mask
     * @param scale null for one divided by the root of the size
     * @param sharedHeads whether several heads of queries, dimension -3, may share one of keys and values
     * @param generator what decides about dropout; null for {@link Ashlar#generator()}
     * @return [..., targets, width]
     * @see <a href="https://arxiv.org/abs/1706.03762">Vaswani et al.: Attention is all you need</a>
     */
    default Tensor scaledDotProductAttention(
            Tensor key,
            Tensor value,
            @Nullable Tensor mask,
            double dropout,
            boolean causal,
            @Nullable Double scale,
            boolean sharedHeads,
            @Nullable Generator generator) {
        Tensor query = self();
        Dropouts.check("scaledDotProductAttention", dropout);
        long sharing = Attention.check(query, key, value, mask, causal, sharedHeads);
        DType type = Promotion.withDouble(DType.promote(query.dtype(), DType.promote(key.dtype(), value.dtype())));
        DType computed = type.arithmetic();
        double factor = scale != null ? scale : 1 / Math.sqrt(query.shape().size(-1));
        return Attention.attend(
                query.to(computed), key.to(computed), value.to(computed), mask, dropout, causal, factor, sharing, or(generator)).to(type);
    }

    // ---- dropout ----------------------------------------------------------------------------------------------------------------

    /** Returns {@link #dropout(double, boolean, Generator)} with numbers from {@link Ashlar#generator()}. */
    default Tensor dropout(double probability, boolean training) {
        return dropout(probability, training, null);
    }

    /**
     * In training, sets each element to 0 with a probability and multiplies the others by {@code 1 / (1 - probability)}; else returns this.
     *
     * @see <a href="https://arxiv.org/abs/1207.0580">Hinton et al.: Improving neural networks by preventing co-adaptation</a>
     */
    default Tensor dropout(double probability, boolean training, @Nullable Generator generator) {
        Dropouts.check("dropout", probability);
        return Dropouts.dropout(self(), probability, training, or(generator));
    }

    /** Returns what {@link #dropout} returns, and which elements were kept. */
    default Dropped nativeDropout(double probability, boolean training, @Nullable Generator generator) {
        Dropouts.check("nativeDropout", probability);
        return Dropouts.told(self(), probability, training, or(generator));
    }

    /** As {@link #dropout}, for whole features: all that follows the first two dimensions is kept or dropped together. */
    default Tensor featureDropout(double probability, boolean training, @Nullable Generator generator) {
        return features("featureDropout", probability, training, 2, 2, Integer.MAX_VALUE, generator);
    }

    /** As {@link #dropout}, for whole channels of [samples, channels, length], or of [channels, length]. */
    default Tensor dropout1d(double probability, boolean training, @Nullable Generator generator) {
        return features("dropout1d", probability, training, self().dim() - 1, 2, 3, generator);
    }

    /** As {@link #dropout}, for whole channels of [samples, channels, height, width]; three dimensions are [samples, channels, length]. */
    default Tensor dropout2d(double probability, boolean training, @Nullable Generator generator) {
        return features("dropout2d", probability, training, 2, 3, 4, generator);
    }

    /** As {@link #dropout}, for whole channels of [samples, channels, depth, height, width], or of a single sample. */
    default Tensor dropout3d(double probability, boolean training, @Nullable Generator generator) {
        return features("dropout3d", probability, training, self().dim() - 3, 4, 5, generator);
    }

    private Tensor features(
            String name, double probability, boolean training, int leading, int least, int most, @Nullable Generator generator) {
        Dropouts.check(name, probability);
        int rank = self().shape().rank();
        if (rank < least || rank > most) {
            throw new ShapeMismatchException("[" + name + "] expected " + least + (most == Integer.MAX_VALUE ? " or more" : " or " + most)
                    + " dimensions, got shape " + Arrays.toString(self().shape().toArray()) + "; use dropout for single elements");
        }
        return !training || probability == 0 ? self() : Dropouts.features(self(), probability, leading, or(generator));
    }

    /**
     * As {@link #dropout}, but what is dropped becomes the value that {@link Tensor#selu} tends to, and the result is scaled and moved so
     * that mean 0 and variance 1 are kept.
     *
     * @see <a href="https://arxiv.org/abs/1706.02515">Klambauer et al.: Self-normalizing neural networks</a>
     */
    default Tensor alphaDropout(double probability, boolean training, @Nullable Generator generator) {
        Dropouts.check("alphaDropout", probability);
        return !training || probability == 0 ? self() : Dropouts.alpha(self(), probability, self().dim(), or(generator));
    }

    /** As {@link #alphaDropout}, for whole features: all that follows the first two dimensions. */
    default Tensor featureAlphaDropout(double probability, boolean training, @Nullable Generator generator) {
        Dropouts.check("featureAlphaDropout", probability);
        return !training || probability == 0 ? self() : Dropouts.alpha(self(), probability, 2, or(generator));
    }
}
