// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.type;

/** A device could not provide a buffer, even after caches were emptied and unreachable tensors were let go. */
public class OutOfDeviceMemoryException extends AshlarException {
    private static final long serialVersionUID = 1L;

    private final long requested;
    private final long used;
    private final long limit;

    /**
     * @param requested bytes asked for
     * @param used bytes in use at that moment
     * @param limit bytes that the device may use
     */
    public OutOfDeviceMemoryException(String device, long requested, long used, long limit) {
        super("[" + device + "] out of memory: asked for " + requested + " bytes with " + used + " of " + limit
                + " in use; use smaller batches, or raise the limit with -Dashlar.memory.limit");
        this.requested = requested;
        this.used = used;
        this.limit = limit;
    }

    public long requested() {
        return requested;
    }

    public long used() {
        return used;
    }

    public long limit() {
        return limit;
    }
}
