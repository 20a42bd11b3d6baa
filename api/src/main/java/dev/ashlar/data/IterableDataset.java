// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.data;

import dev.ashlar.Tensor;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Samples that come one after the other, from a stream for example, and are not numbered. Each epoch asks for a new iterator; one thread
 * at a time reads from it, but not always the same one. An iterator that is {@link AutoCloseable} is closed when its epoch ends.
 */
@FunctionalInterface
public interface IterableDataset extends Iterable<List<Tensor>> {
    @Override
    Iterator<List<Tensor>> iterator();

    /**
     * Returns an iterator that has jumped over the first samples, to go on after a restart; null if there is no faster way than to read
     * them.
     */
    default @Nullable Iterator<List<Tensor>> iteratorAfter(long skipped) {
        return null;
    }
}
