// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.type;

/** The device is gone for good; its tensors are lost, closing them still works, and a model can be restored on any other device. */
public class DeviceLostException extends AshlarException {
    private static final long serialVersionUID = 1L;

    public DeviceLostException(String message) {
        super(message);
    }
}
