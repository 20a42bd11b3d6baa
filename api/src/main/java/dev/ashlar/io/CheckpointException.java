// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.io;

import dev.ashlar.type.AshlarException;
import org.jspecify.annotations.Nullable;

/** A file with tensors is missing, damaged, of another format, or cannot be written. */
public final class CheckpointException extends AshlarException {
    private static final long serialVersionUID = 1L;

    public CheckpointException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
