// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.type;

/** The element types of the operands do not fit together, or the operation does not accept one. */
public class DTypeMismatchException extends InvalidArgumentException {
    private static final long serialVersionUID = 1L;

    public DTypeMismatchException(String message) {
        super(message);
    }
}
