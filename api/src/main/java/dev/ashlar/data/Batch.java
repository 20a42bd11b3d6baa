// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.data;

import dev.ashlar.Tensor;
import dev.ashlar.type.IndexOutOfRangeException;
import java.util.Iterator;
import java.util.List;

/**
 * Some samples: one tensor for each tensor of a sample, with one dimension more in front. Its tensors may be used until the loader is
 * asked for the next batch, which closes them; {@code clone()} keeps a value.
 */
public final class Batch implements Iterable<Tensor> {
    private final List<Tensor> tensors;
    private final long rows;

    Batch(List<Tensor> tensors, long rows) {
        this.tensors = List.copyOf(tensors);
        this.rows = rows;
    }

    /** Returns the tensor at a position of the samples: 0 is the input and 1 the target, for example. */
    public Tensor get(int position) {
        if (position < 0 || position >= tensors.size()) {
            throw new IndexOutOfRangeException("[batch] expected a position in [0, " + tensors.size() + "), got " + position);
        }
        return tensors.get(position);
    }

    /** Returns the number of tensors. */
    public int size() {
        return tensors.size();
    }

    /** Returns the number of samples. */
    public long rows() {
        return rows;
    }

    @Override
    public Iterator<Tensor> iterator() {
        return tensors.iterator();
    }
}
