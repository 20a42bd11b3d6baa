// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.opencl.memory;

import dev.ashlar.runtime.opencl.device.ClErrors;
import dev.ashlar.runtime.opencl.device.Session;
import dev.ashlar.type.OutOfDeviceMemoryException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
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
    private final Pooling pooling;
    private final long flags;
    private final Map<Long, ArrayDeque<DeviceMemory>> free = new HashMap<>();
    private final Set<ClBuffer> live = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<DeviceMemory> kept = new ArrayList<>();
    private long usedBytes;
    private long cachedBytes;
    private @Nullable DeviceMemory scratch;
    private boolean closed;

    /**
     * @param limit bytes that live buffers, cached ones and scratch may take together
     * @param pooling what becomes of buffers that are closed
     */
    public Allocator(Session session, long limit, Pooling pooling) {
        this.session = session;
        this.limit = limit;
        this.largest = Math.min(limit, session.facts().maxAllocation());
        this.pooling = pooling;
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
            long reserve = pooling == Pooling.ON ? sizeClass(bytes) : bytes;
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
    public void releaseUncounted(DeviceMemory memory) {
        synchronized (session) {
            giveBack(memory);
        }
    }

    private void giveBack(DeviceMemory memory) {
        if (pooling == Pooling.KEEP && !closed) {
            kept.add(memory);
        } else {
            memory.release();
        }
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
            if (pooling == Pooling.ON && !plenty) {
                cachedBytes += buffer.memory().bytes();
                free.computeIfAbsent(buffer.memory().bytes(), size -> new ArrayDeque<>()).push(buffer.memory());
            } else {
                giveBack(buffer.memory());
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
        // Growing is rare when the first piece is ample, and untouched memory costs nothing.
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
            giveBack(current);
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
                kept.forEach(DeviceMemory::release);
                kept.clear();
                live.clear();
                usedBytes = 0;
            }
        }
    }
}
