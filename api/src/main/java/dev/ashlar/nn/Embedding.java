// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;
import dev.ashlar.type.InvalidArgumentException;

/**
 * Looks up rows of a table: indices [...] to [..., size]. The table [count, size] starts with the standard normal distribution.
 */
public final class Embedding extends ConcreteModule<Embedding> implements Layer {
    private final long count;
    private final long size;
    private final Parameter weight;

    /**
     * @param count how many rows, &gt;= 1
     * @param size numbers per row, &gt;= 1
     */
    public Embedding(long count, long size) {
        if (count < 1 || size < 1) {
            throw new InvalidArgumentException("[embedding] expected sizes >= 1, got " + count + " rows of " + size
                    + "; a table has at least one number");
        }
        this.count = count;
        this.size = size;
        weight = registerParameter("weight", Tensor.randn(count, size));
    }

    /** @param input indices in [0, count), int64 or int32 */
    @Override
    public Tensor forward(Tensor input) {
        return hooked(input, given -> weight.tensor().embedding(given));
    }

    /** Returns the table as it is now, [count, size]. */
    public Tensor weight() {
        return weight.tensor();
    }

    @Override
    public String extraRepr() {
        return count + ", " + size;
    }
}
