// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.schedule;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the buffers that values of one device own, and asks for a collection when they pass a soft limit: only a collection can tell
 * which of them nobody reaches any more, and the garbage collector does not see their size.
 */
public final class OwnedMemory {
    private static final long LARGEST_FIRST_LIMIT = 1L << 30;
    private static final int WAITS = 5;

    private final AtomicLong buffers = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final long firstLimit;
    private volatile long softLimit;

    OwnedMemory(long deviceBytes) {
        firstLimit = Math.max(1, Math.min(LARGEST_FIRST_LIMIT, deviceBytes / 4));
        softLimit = firstLimit;
    }

    /** Notes a buffer that a value owns from now on. */
    public void add(long size) {
        buffers.incrementAndGet();
        bytes.addAndGet(size);
    }

    /** Notes that an owned buffer was freed. */
    public void remove(long size) {
        buffers.decrementAndGet();
        bytes.addAndGet(-size);
    }

    public long buffers() {
        return buffers.get();
    }

    public long bytes() {
        return bytes.get();
    }

    /** Requests a collection if the soft limit is passed; what is still owned afterwards sets the next limit. */
    public void relieve() {
        if (bytes.get() <= softLimit) {
            return;
        }
        synchronized (this) {
            if (bytes.get() <= softLimit) {
                return;
            }
            System.gc();
            for (int i = 0; i < WAITS && bytes.get() > softLimit / 2; i++) {
                DeviceRuntime.pause(2L << i);
            }
            softLimit = Math.max(firstLimit, 2 * bytes.get());
        }
    }
}
