// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.type;

/** The shapes of the operands do not fit together. */
public class ShapeMismatchException extends InvalidArgumentException {
    private static final long serialVersionUID = 1L;

    public ShapeMismatchException(String message) {
        super(message);
    }
}
