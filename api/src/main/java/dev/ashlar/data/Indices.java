// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.data;

import dev.ashlar.type.IndexOutOfRangeException;
import dev.ashlar.type.InvalidArgumentException;

/** Checks of numbers of samples. */
final class Indices {
    private static final int MOST = Integer.MAX_VALUE - 8;

    private Indices() {}

    static int check(String name, long index, long size) {
        if (index < 0 || index >= size) {
            throw new IndexOutOfRangeException("[" + name + "] expected an index in [0, " + size + "), got " + index);
        }
        return (int) index;
    }

    static int count(String name, long samples) {
        if (samples < 0 || samples > MOST) {
            throw new InvalidArgumentException("[" + name + "] expected fewer than 2^31 samples, got " + samples
                    + "; divide the data set, or stream it");
        }
        return (int) samples;
    }
}
