// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

import dev.ashlar.internal.tensor.Distances;

/**
 * Distances between vectors and their lengths, measured by the p-norm {@code sum(|x|^p)^(1/p)}: 2 is Euclidean, 1 adds absolute values,
 * infinity takes the largest, and 0 counts what is not 0. The gradient where a distance is 0 is 0.
 */
public sealed interface DistanceOps permits Tensor {
    private Tensor self() {
        return (Tensor) this;
    }

    /** Returns the Euclidean distances between all vectors of this and all of another. */
    default Tensor cdist(Tensor other) {
        return cdist(other, 2);
    }

    /**
     * Returns the distances between all vectors of this, [.., n, d], and all of another, [.., m, d]; batches broadcast.
     *
     * <p>Differences are taken first, so close vectors have exact distances. Several largest differences each have the whole gradient of
     * the infinite norm, as in PyTorch.
     *
     * @param p &gt;= 0, infinity included
     * @return [.., n, m]
     * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.cdist.html">torch.cdist</a>
     */
    default Tensor cdist(Tensor other, double p) {
        return Distances.between(self(), other, p);
    }

    /** Returns the Euclidean distances between the rows of this. */
    default Tensor pdist() {
        return pdist(2);
    }

    /**
     * Returns the distances between each row of this, [n, d], and the rows below it, one row after the other.
     *
     * @param p &gt;= 0, infinity included
     * @return [n (n - 1) / 2]
     * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.pdist.html">torch.nn.functional.pdist</a>
     */
    default Tensor pdist(double p) {
        return Distances.within(self(), p);
    }

    /** Returns the Euclidean distances between the vectors of this and those of another, one by one. */
    default Tensor pairwiseDistance(Tensor other) {
        return pairwiseDistance(other, 2, 1e-6, false);
    }

    /**
     * Returns the norms of {@code this - other + eps} along the last dimension, which is gone unless {@code keepDim}; shapes broadcast.
     *
     * @param p which norm; negative ones and minus infinity are allowed here
     * @param eps added to each difference, so that norms of equal vectors have a gradient
     * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.pairwise_distance.html">PyTorch</a>
     */
    default Tensor pairwiseDistance(Tensor other, double p, double eps, boolean keepDim) {
        return Distances.pairwise(self(), other, p, eps, keepDim);
    }

    /** Returns the cosines of the angles between vectors along dimension 1. */
    default Tensor cosineSimilarity(Tensor other) {
        return cosineSimilarity(other, 1, 1e-8);
    }

    /**
     * Returns the cosines of the angles between the vectors along a dimension, which is gone from the result; shapes broadcast.
     *
     * @param eps lengths count as at least this, so the cosine with a vector of zeros is 0; the gradient does not see that limit
     * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.cosine_similarity.html">PyTorch</a>
     */
    default Tensor cosineSimilarity(Tensor other, int dim, double eps) {
        return Distances.cosine(self(), other, dim, eps);
    }

    /**
     * Returns this with the parts along a dimension that are longer than {@code maxNorm} scaled to that length, by
     * {@code maxNorm / (norm + 1e-7)}; shorter ones are left alone.
     *
     * @param p &gt; 0, which norm measures the length of a part
     * @param dim each index of this dimension is a part
     * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.renorm.html">torch.renorm</a>
     */
    default Tensor renorm(double p, int dim, double maxNorm) {
        return Distances.renorm(self(), p, dim, maxNorm);
    }
}
