// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.type;

/** The requested device is not there; the message lists every provider with its reason and remedy. */
public class DeviceNotFoundException extends AshlarException {
    private static final long serialVersionUID = 1L;

    public DeviceNotFoundException(String message) {
        super(message);
    }
}
