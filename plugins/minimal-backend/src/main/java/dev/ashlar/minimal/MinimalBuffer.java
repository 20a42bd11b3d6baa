// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.minimal;

import dev.ashlar.spi.Buffer;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.Consumer;

/**
 * Off-heap memory of exactly the size that was asked for: a segment checks every access, so a read past the end is an exception
 * and not a wrong number.
 */
final class MinimalBuffer implements Buffer {
    private final Arena arena = Arena.ofShared();
    private final MemorySegment segment;
    private final Consumer<MinimalBuffer> onClose;
    private boolean closed;

    /** Allocates; {@link OutOfMemoryError} leaves nothing behind. */
    MinimalBuffer(long bytes, Consumer<MinimalBuffer> onClose) {
        try {
            this.segment = arena.allocate(bytes, 64);
        } catch (OutOfMemoryError | RuntimeException e) {
            arena.close();
            throw e;
        }
        this.onClose = onClose;
    }

    MemorySegment segment() {
        return segment;
    }

    @Override
    public long size() {
        return segment.byteSize();
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        onClose.accept(this);
        arena.close();
    }
}
