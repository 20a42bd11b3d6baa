// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.trainer;

import dev.ashlar.type.AshlarException;
import org.jspecify.annotations.Nullable;

/** The loss or the weights became NaN or infinite; the message says where that began. */
public final class NonFiniteException extends AshlarException {
    private static final long serialVersionUID = 1L;

    NonFiniteException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
