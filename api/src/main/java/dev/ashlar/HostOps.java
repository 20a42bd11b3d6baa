// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

import dev.ashlar.internal.tensor.Transfer;

/**
 * Reading values: these compute what is pending and wait for it. Arrays are row-major. Conversions are those of a cast.
 */
public sealed interface HostOps permits Tensor {
    private Tensor self() {
        return (Tensor) this;
    }

    /**
     * Returns the only element.
     *
     * @throws dev.ashlar.type.ShapeMismatchException if there is not exactly one
     */
    default double item() {
        return Transfer.item(self());
    }

    /** Returns the only element as a whole number. */
    default long itemLong() {
        return Transfer.itemLong(self());
    }

    /** Returns whether the only element is different from 0. */
    default boolean itemBoolean() {
        return Transfer.item(self()) != 0;
    }

    /** Returns the elements as float32. */
    default float[] toFloatArray() {
        return Transfer.toFloats(self());
    }

    /** Returns the elements as float64. */
    default double[] toDoubleArray() {
        return Transfer.toDoubles(self());
    }

    /** Returns the elements as int64. */
    default long[] toLongArray() {
        return Transfer.toLongs(self());
    }

    /** Returns the elements as int32. */
    default int[] toIntArray() {
        return Transfer.toInts(self());
    }

    /** Returns the elements as truths: whether each is different from 0. */
    default boolean[] toBooleanArray() {
        return Transfer.toBooleans(self());
    }

    /** Returns the elements as they are stored, little-endian. */
    default byte[] toByteArray() {
        return Transfer.toBytes(self());
    }
}
