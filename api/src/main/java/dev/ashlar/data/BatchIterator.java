// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.data;

import java.util.Iterator;

/**
 * An epoch of a {@link DataLoader}. One that is not gone through to the end should be closed: its workers stop after the sample that they
 * are at, and the batches that they have made are freed.
 */
public interface BatchIterator extends Iterator<Batch>, AutoCloseable {
    /** Stops the workers and waits until they have. Closing an epoch that is over does nothing. */
    @Override
    void close();
}
