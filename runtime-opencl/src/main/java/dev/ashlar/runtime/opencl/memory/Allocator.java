// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.opencl.memory;

import dev.ashlar.runtime.opencl.device.ClErrors;
import dev.ashlar.runtime.opencl.device.Session;
import dev.ashlar.type.OutOfDeviceMemoryException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.jocl.CL;
import org.jocl.cl_mem;
import org.jspecify.annotations.Nullable;

/**
 * Memory of one device by size class. Closed buffers are kept and handed out again, because the first touch of fresh memory costs
 * several times what using it costs (64 MiB: 27 ms against 4-8 ms). The queue is in order, so a buffer may be re-used while earlier
 * work on it is still under way. Thread-safe: holds the session's monitor.
 */
public final class Allocator {
    private static final long SMALLEST = 256;
    private static final long SCRATCH = 1 << 20;
    /** Free bytes that are kept however little is in use; beyond it no more than is in use. */
    private static final long RESERVE = 512L << 20;

    private final Session session;
    private final long limit;
    private final long largest;
    private final boolean pooled;
    private final long flags;
    private final Map<Long, ArrayDeque<DeviceMemory>> free = new HashMap<>();
    private final Set<ClBuffer> live = Collections.newSetFromMap(new IdentityHashMap<>());
    private long usedBytes;
    private long cachedBytes;
    private @Nullable DeviceMemory scratch;
    private boolean closed;

    /**
     * @param limit bytes that live buffers, cached ones and scratch may take together
     * @param pooled false to give every closed buffer back to the driver at once, which makes checking tools sharper
     */
    public Allocator(Session session, long limit, boolean pooled) {
        this.session = session;
        this.limit = limit;
        this.largest = Math.min(limit, session.facts().maxAllocation());
        this.pooled = pooled;
        this.flags = CL.CL_MEM_READ_WRITE | (session.facts().unifiedMemory() ? CL.CL_MEM_ALLOC_HOST_PTR : 0);
    }

    /** Returns the size of the class that a request belongs to: at most an eighth larger, a multiple of 64. */
    static long sizeClass(long bytes) {
        if (bytes <= SMALLEST) {
            return SMALLEST;
        }
        long step = Math.max(64, Long.highestOneBit(bytes - 1) >> 3);
        return (bytes + step - 1) / step * step;
    }

    /** Allocates as {@link dev.ashlar.spi.Backend#allocate} says. */
    public ClBuffer allocate(long bytes) {
        synchronized (session) {
            session.requireUsable();
            long reserve = pooled ? sizeClass(bytes) : bytes;
            if (reserve > largest || usedBytes + scratchBytes() + reserve > limit) {
                reserve = (bytes + 63) / 64 * 64;
            }
            DeviceMemory memory = obtain(reserve);
            if (memory == null) {
                // No launch is being put together now, so scratch is free to go.
                dropScratch();
                memory = obtain(reserve);
            }
            if (memory == null) {
                throw new OutOfDeviceMemoryException(session.name(), bytes, usedBytes, limit);
            }
            ClBuffer buffer = new ClBuffer(this, memory, bytes);
            live.add(buffer);
            usedBytes += memory.bytes();
            return buffer;
        }
    }

    private @Nullable DeviceMemory obtain(long reserve) {
        ArrayDeque<DeviceMemory> ready = free.get(reserve);
        if (ready != null && !ready.isEmpty()) {
            cachedBytes -= reserve;
            return ready.pop();
        }
        if (reserve > largest) {
            return null;
        }
        if (usedBytes + cachedBytes + scratchBytes() + reserve > limit) {
            trimCached();
            if (usedBytes + scratchBytes() + reserve > limit) {
                return null;
            }
        }
        DeviceMemory memory = create(reserve);
        if (memory == null) {
            trimCached();
            // Memory is given back only when the work on it has ended.
            session.finish();
            memory = create(reserve);
        }
        return memory;
    }

    /** Returns memory outside of the accounts, for the few bytes of arguments that are too many to pass. */
    public DeviceMemory createUncounted(long bytes) {
        DeviceMemory memory = create(bytes);
        if (memory == null) {
            throw new OutOfDeviceMemoryException(session.name(), bytes, usedBytes, limit);
        }
        return memory;
    }

    /** Gives back what {@link #createUncounted} returned. */
    public static void releaseUncounted(DeviceMemory memory) {
        memory.release();
    }

    private @Nullable DeviceMemory create(long reserve) {
        int[] code = new int[1];
        cl_mem memory = CL.clCreateBuffer(session.context(), flags, reserve, null, code);
        if (code[0] == ClErrors.SUCCESS) {
            return new DeviceMemory(memory, reserve);
        }
        if (ClErrors.isMemory(code[0])) {
            return null;
        }
        session.check("clCreateBuffer", code[0]);
        return null;
    }

    void release(ClBuffer buffer) {
        synchronized (session) {
            if (!buffer.markClosed() || closed) {
                return;
            }
            live.remove(buffer);
            usedBytes -= buffer.memory().bytes();
            boolean plenty = cachedBytes + buffer.memory().bytes() > Math.max(RESERVE, usedBytes);
            if (pooled && !plenty) {
                cachedBytes += buffer.memory().bytes();
                free.computeIfAbsent(buffer.memory().bytes(), size -> new ArrayDeque<>()).push(buffer.memory());
            } else {
                buffer.memory().release();
            }
        }
    }

    /**
     * Returns memory for the inside of one launch, shared by all launches: the queue is in order, so the next launch starts when this
     * one has ended. Not counted as a live buffer.
     *
     * @param bytes what is needed
     */
    public DeviceMemory scratch(long bytes) {
        DeviceMemory current = scratch;
        if (current != null && current.bytes() >= bytes) {
            return current;
        }
        dropScratch();
        // Growing is rare when the first piece is ample, and untouched memory costs nothing. It also keeps the simulator that checks
        // kernels from an error of its own: where a larger piece gets the number of a released one, it takes the part behind the old
        // one's end for uninitialised.
        long reserve = Math.min(sizeClass(Math.max(bytes, SCRATCH)), Math.max(bytes, largest - usedBytes - cachedBytes));
        DeviceMemory memory = obtain(reserve);
        if (memory == null) {
            throw new OutOfDeviceMemoryException(session.name(), bytes, usedBytes, limit);
        }
        scratch = memory;
        return memory;
    }

    private void dropScratch() {
        DeviceMemory current = scratch;
        if (current != null) {
            current.release();
            scratch = null;
        }
    }

    private long scratchBytes() {
        DeviceMemory current = scratch;
        return current == null ? 0 : current.bytes();
    }

    /** Gives cached memory back to the driver. */
    public void trimCached() {
        free.values().forEach(list -> list.forEach(DeviceMemory::release));
        free.clear();
        cachedBytes = 0;
    }

    /** Returns how many buffers are open. */
    public long liveBuffers() {
        synchronized (session) {
            return live.size();
        }
    }

    /** Returns the bytes in use by open buffers. */
    public long usedBytes() {
        synchronized (session) {
            return usedBytes;
        }
    }

    /** Returns the bytes kept for re-use. */
    public long cachedBytes() {
        synchronized (session) {
            return cachedBytes;
        }
    }

    public long limit() {
        return limit;
    }

    /** Returns the largest size that one buffer may have. */
    public long largest() {
        return largest;
    }

    /** Frees everything, open buffers included. */
    public void closeAll() {
        synchronized (session) {
            if (!closed) {
                trimCached();
                dropScratch();
                closed = true;
                live.forEach(buffer -> buffer.memory().release());
                live.clear();
                usedBytes = 0;
            }
        }
    }
}
