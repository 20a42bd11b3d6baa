// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.opencl.memory;

import dev.ashlar.spi.Buffer;

/** A buffer handed out by an {@link Allocator}. */
public final class ClBuffer implements Buffer {
    private final Allocator owner;
    private final DeviceMemory memory;
    private final long size;
    private boolean closed;

    ClBuffer(Allocator owner, DeviceMemory memory, long size) {
        this.owner = owner;
        this.memory = memory;
        this.size = size;
    }

    /** Returns the memory behind this buffer, at least as large. */
    public DeviceMemory memory() {
        return memory;
    }

    @Override
    public long size() {
        return size;
    }

    /** Returns whether this came from the given allocator and is still open. */
    public boolean isUsableIn(Allocator allocator) {
        return owner == allocator && !closed;
    }

    @Override
    public void close() {
        owner.release(this);
    }

    /** Returns true the first time. */
    boolean markClosed() {
        boolean first = !closed;
        closed = true;
        return first;
    }
}
