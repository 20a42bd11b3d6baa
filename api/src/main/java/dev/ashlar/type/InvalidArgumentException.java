// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.type;

/** An argument is outside of what the operation accepts. */
public class InvalidArgumentException extends AshlarException {
    private static final long serialVersionUID = 1L;

    public InvalidArgumentException(String message) {
        super(message);
    }
}
