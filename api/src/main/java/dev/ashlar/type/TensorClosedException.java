// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.type;

/** The tensor was used after its memory had been given back with close(). */
public class TensorClosedException extends AshlarException {
    private static final long serialVersionUID = 1L;

    public TensorClosedException(String message) {
        super(message);
    }
}
