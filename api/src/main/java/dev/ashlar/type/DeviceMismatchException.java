// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.type;

/** The operands lie on different devices. */
public class DeviceMismatchException extends InvalidArgumentException {
    private static final long serialVersionUID = 1L;

    public DeviceMismatchException(String message) {
        super(message);
    }
}
