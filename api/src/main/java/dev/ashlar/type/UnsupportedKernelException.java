// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.type;

/** A backend does not compile this kernel; the core lowers it to simpler ones and asks again. */
public class UnsupportedKernelException extends AshlarException {
    private static final long serialVersionUID = 1L;

    public UnsupportedKernelException(String message) {
        super(message);
    }
}
