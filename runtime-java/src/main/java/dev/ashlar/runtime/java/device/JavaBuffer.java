// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.java.device;

import dev.ashlar.spi.Buffer;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicBoolean;

/** A block of a {@link MemoryPool}. Thread-safe. */
public final class JavaBuffer implements Buffer {
    private final MemoryPool pool;
    private final MemoryPool.Block block;
    private final long size;
    private final AtomicBoolean closed = new AtomicBoolean();

    JavaBuffer(MemoryPool pool, MemoryPool.Block block, long size) {
        this.pool = pool;
        this.block = block;
        this.size = size;
    }

    @Override
    public long size() {
        return size;
    }

    /** Returns the address of the first byte; valid until this is closed. */
    public long address() {
        return block.address();
    }

    public boolean isClosed() {
        return closed.get();
    }

    /** Returns whether this came from that pool. */
    public boolean belongsTo(MemoryPool other) {
        return pool == other;
    }

    /** Returns {@code bytes} bytes from {@code offset} on; the caller has checked the range. */
    public MemorySegment slice(long offset, long bytes) {
        return Native.ALL.asSlice(block.address() + offset, bytes);
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            pool.release(block, size);
        }
    }
}
