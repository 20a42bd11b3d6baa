// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.type;

/** The host could not provide the memory that an operation of a backend needs. */
public class OutOfHostMemoryException extends AshlarException {
    private static final long serialVersionUID = 1L;

    public OutOfHostMemoryException(String message) {
        super(message);
    }
}
