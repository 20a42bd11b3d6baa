// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

import dev.ashlar.internal.tensor.Primitives;
import dev.ashlar.internal.tensor.Promotion;
import dev.ashlar.internal.tensor.Searching;
import dev.ashlar.internal.tensor.Sorting;
import dev.ashlar.internal.tensor.Uniqueness;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.ShapeMismatchException;
import org.jspecify.annotations.Nullable;

/**
 * Order: sorting, the largest few, unique values, and searching. Sorts run on the host and wait for the device: elements are
 * downloaded, positions sorted and uploaded, and values read on the device. They are stable. NaN counts as larger than everything.
 * Searches run on the device.
 */
public sealed interface SortingOps permits Tensor {
    private Tensor self() {
        return (Tensor) this;
    }

    // ---- sorting ----------------------------------------------------------------------------------------------------------------

    /** Returns the elements in ascending order along the last dimension, and where they were. */
    default ValuesAndIndices sort() {
        return sort(-1, false, true);
    }

    default ValuesAndIndices sort(int dim, boolean descending) {
        return sort(dim, descending, true);
    }

    /**
     * Returns the elements in order along a dimension, and where they were; gradients flow back there. Sorts on the host.
     *
     * @param descending whether the largest come first, NaN in front of them
     * @param stable whether equal elements keep their order; they do in any case
     */
    default ValuesAndIndices sort(int dim, boolean descending, boolean stable) {
        return Sorting.sort("sort", self(), self().shape().dim("sort", dim), descending);
    }

    /** Returns the int64 positions that put the last dimension in ascending order. */
    default Tensor argsort() {
        return argsort(-1, false, true);
    }

    default Tensor argsort(int dim, boolean descending) {
        return argsort(dim, descending, true);
    }

    /** Returns the int64 positions that put the elements in order along a dimension; they have no gradient. Sorts on the host. */
    default Tensor argsort(int dim, boolean descending, boolean stable) {
        return Sorting.positions(self(), self().shape().dim("argsort", dim), descending);
    }

    /** Returns the elements in ascending order along the first dimension. Sorts on the host. */
    default Tensor msort() {
        return Sorting.sort("msort", self(), self().shape().dim("msort", 0), false).values();
    }

    /** Returns the {@code k} largest elements along the last dimension in descending order, and where they were. */
    default ValuesAndIndices topk(long k) {
        return topk(k, -1, true, true);
    }

    /**
     * Returns the {@code k} largest or smallest elements along a dimension, and where they were; gradients flow back there. Sorts on the
     * host.
     *
     * @param largest whether the largest, NaN among them; else the smallest
     * @param sorted whether they come in order; they do in any case
     */
    default ValuesAndIndices topk(long k, int dim, boolean largest, boolean sorted) {
        Tensor x = self();
        int at = x.shape().dim("topk", dim);
        long n = x.dim() == 0 ? 1 : x.shape().size(at);
        if (k < 0 || k > n) {
            throw new InvalidArgumentException("[topk] expected k in [0, " + n + "] for dimension " + at + " of shape " + x.shape()
                    + ", got " + k + "; there are no more elements");
        }
        if (x.dim() == 0) {
            return Sorting.sort("topk", x, 0, largest);
        }
        return Sorting.first("topk", x, k, at, largest);
    }

    // ---- unique values ----------------------------------------------------------------------------------------------------------

    /** Returns the different elements in ascending order. */
    default Tensor unique() {
        return unique(true, false, false, null).values();
    }

    /**
     * Returns the different elements, or the different slices along a dimension. Runs on the host, and the size depends on the values.
     * Each NaN differs from all others. No gradient flows, as which values are equal does not change smoothly.
     *
     * @param sorted whether they come in ascending order; they do in any case
     * @param returnInverse whether to tell for each element (slice) which of the values it is
     * @param returnCounts whether to tell for each value how often it occurs
     * @param dim null to compare all elements
     */
    default UniqueValues unique(boolean sorted, boolean returnInverse, boolean returnCounts, @Nullable Integer dim) {
        return Uniqueness.of("unique", self(), true, returnInverse, returnCounts, dim);
    }

    /** Returns the elements without those that equal the one before, flattened. */
    default Tensor uniqueConsecutive() {
        return uniqueConsecutive(false, false, null).values();
    }

    /**
     * Returns the elements, or the slices along a dimension, without those that equal the one before. Runs on the host, and the size
     * depends on the values. No gradient flows.
     *
     * @param returnInverse whether to tell for each element (slice) which of the values it is
     * @param returnCounts whether to tell for each value how many there were in succession
     * @param dim null to compare all elements
     */
    default UniqueValues uniqueConsecutive(boolean returnInverse, boolean returnCounts, @Nullable Integer dim) {
        return Uniqueness.of("uniqueConsecutive", self(), false, returnInverse, returnCounts, dim);
    }

    // ---- searching --------------------------------------------------------------------------------------------------------------

    /** Returns where values would be put into these sorted elements, in front of equal ones. */
    default Tensor searchsorted(Tensor values) {
        return searchsorted(values, false, false, null);
    }

    private Tensor number(double value) {
        boolean whole = value == Math.rint(value);
        return Primitives.scalarLike(self(), value, whole ? self().dtype() : Promotion.withDouble(self().dtype()));
    }

    /** Returns where a number would be put into these sorted elements, zero-dimensional. */
    default Tensor searchsorted(double value, boolean outInt32, boolean right, @Nullable Tensor sorter) {
        return Searching.search("searchsorted", self(), number(value), outInt32, right, sorter);
    }

    /**
     * Returns where values would be put into these elements, which are sorted along the last dimension: the number of elements that are
     * smaller, or with {@code right} not larger. An index has no gradient.
     *
     * @param values any number if this is a vector, else of this one's sizes but for the last
     * @param outInt32 whether the result is int32, else int64
     * @param right whether to put values behind equal elements, else in front of them
     * @param sorter int64 positions that put the elements in order, of this one's shape, if they are not
     * @return the shape of the values
     */
    default Tensor searchsorted(Tensor values, boolean outInt32, boolean right, @Nullable Tensor sorter) {
        return Searching.search("searchsorted", self(), values, outInt32, right, sorter);
    }

    /** Returns for each element the number of the bucket that it falls into, in front of an equal boundary. */
    default Tensor bucketize(Tensor boundaries) {
        return bucketize(boundaries, false, false);
    }

    /**
     * Returns for each element the number of the bucket that it falls into: how many boundaries are smaller, or with {@code right} not
     * larger. An index has no gradient.
     *
     * @param boundaries a sorted vector
     */
    default Tensor bucketize(Tensor boundaries, boolean outInt32, boolean right) {
        if (boundaries.dim() != 1) {
            throw new ShapeMismatchException("[bucketize] expected a vector of boundaries, got shape " + boundaries.shape()
                    + "; flatten it");
        }
        return Searching.search("bucketize", boundaries, self(), outInt32, right, null);
    }

    /** Returns which elements occur in another tensor. */
    default Tensor isin(Tensor testElements) {
        return isin(testElements, false, false);
    }

    /**
     * Returns for each element whether it occurs in another tensor, bool; NaN never does. With very many elements the others are sorted
     * on the host.
     *
     * @param assumeUnique whether neither has repetitions; changes nothing
     * @param invert whether to tell which do not occur
     */
    default Tensor isin(Tensor testElements, boolean assumeUnique, boolean invert) {
        return Searching.contained(self(), testElements, invert);
    }

    /** Returns which elements equal a number. */
    default Tensor isin(double testElement, boolean assumeUnique, boolean invert) {
        return Searching.contained(self(), number(testElement), invert);
    }
}
