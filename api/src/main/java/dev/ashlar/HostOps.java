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

    default float[] toFloatArray() {
        return Transfer.toFloats(self());
    }

    default double[] toDoubleArray() {
        return Transfer.toDoubles(self());
    }

    default long[] toLongArray() {
        return Transfer.toLongs(self());
    }

    default int[] toIntArray() {
        return Transfer.toInts(self());
    }

    default boolean[] toBooleanArray() {
        return Transfer.toBooleans(self());
    }

    /** Returns the elements as they are stored, little-endian. */
    default byte[] toByteArray() {
        return Transfer.toBytes(self());
    }
}
