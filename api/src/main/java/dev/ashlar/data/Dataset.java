// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.data;

import dev.ashlar.Tensor;
import java.util.List;

/** Numbered samples. One thread at a time asks for them, but not always the same one. */
public interface Dataset {
    /** Returns the number of samples. */
    long size();

    /**
     * Returns one sample.
     *
     * @param index in [0, size)
     * @return the tensors that make up a sample, for example input and target; all samples have as many, of the same shapes and types
     */
    List<Tensor> get(long index);
}
