// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.data;

import dev.ashlar.type.AshlarException;

/** A data set could not make a sample. The cause is what it threw. */
public final class SampleException extends AshlarException {
    private static final long serialVersionUID = 1L;

    /** The sample's number. */
    private final long index;

    SampleException(long index, int batch, Throwable cause) {
        super("[dataLoader] expected sample " + index + " of batch " + batch + ", the data set failed: " + cause, cause);
        this.index = index;
    }

    /** Returns the number of the sample in its data set, or in its stream. */
    public long index() {
        return index;
    }
}
