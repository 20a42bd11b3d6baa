// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.type;

import org.jspecify.annotations.Nullable;

/**
 * The root of everything that Ashlar throws on purpose. The message names the operation, what was expected, what was given and
 * what to do; it fits on one line unless it carries a build log.
 */
public class AshlarException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public AshlarException(String message) {
        super(message);
    }

    public AshlarException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
