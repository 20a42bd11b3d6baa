// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.java.device;

import dev.ashlar.type.OutOfDeviceMemoryException;
import java.lang.foreign.Arena;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Off-heap memory in size classes, four to each doubling. Freed blocks are kept for the next allocation of their class, because the
 * first touch of fresh pages costs more than most kernels (170 ms per 64 MB measured), but never more of them than are in use, beyond
 * a reserve. Small blocks are cut from slabs. Thread-safe.
 */
public final class MemoryPool implements AutoCloseable {
    private static final long ALIGNMENT = 64;
    private static final long LARGEST_SMALL = 16 << 10;
    private static final long SLAB = 256 << 10;
    private static final int CLASSES = 256;
    /** Free bytes that are kept however little is in use. */
    private static final long RESERVE = 512L << 20;

    private final long limit;
    private final List<ArrayDeque<Block>> free = new ArrayList<>(CLASSES);
    private final Set<Arena> arenas = new HashSet<>();
    private long liveBuffers;
    private long liveBytes;
    private long pooledLargeBytes;
    private boolean closed;

    /** A piece of memory of a class's size; a piece of a slab has no arena of its own. */
    record Block(long address, long bytes, int sizeClass, @Nullable Arena arena) {}

    /**
     * @param limit bytes that all live buffers together may have
     */
    public MemoryPool(long limit) {
        this.limit = limit;
        for (int i = 0; i < CLASSES; i++) {
            free.add(new ArrayDeque<>(2));
        }
    }

    /**
     * Returns a buffer with unspecified contents, aligned to 64 bytes.
     *
     * @param bytes at least 1
     * @throws OutOfDeviceMemoryException if the limit or the machine does not allow it
     */
    public synchronized JavaBuffer allocate(long bytes) {
        if (bytes > limit - liveBytes) {
            throw new OutOfDeviceMemoryException("java", bytes, liveBytes, limit);
        }
        int sizeClass = sizeClass(bytes);
        Block block = free.get(sizeClass).pollLast();
        if (block == null) {
            block = fresh(bytes, sizeClass);
        } else if (block.arena() != null) {
            pooledLargeBytes -= block.bytes();
        }
        liveBytes += bytes;
        liveBuffers++;
        return new JavaBuffer(this, block, bytes);
    }

    /** Takes a block back; does nothing after {@link #close()}, which has freed it already. */
    synchronized void release(Block block, long bytes) {
        if (closed) {
            return;
        }
        liveBytes -= bytes;
        liveBuffers--;
        Arena arena = block.arena();
        if (arena == null) {
            free.get(block.sizeClass()).addLast(block);
        } else if (pooledLargeBytes + block.bytes() > Math.max(RESERVE, liveBytes)) {
            arenas.remove(arena);
            arena.close();
        } else {
            free.get(block.sizeClass()).addLast(block);
            pooledLargeBytes += block.bytes();
        }
    }

    /** Returns how many buffers have been allocated and not been closed. */
    public synchronized long liveBuffers() {
        return liveBuffers;
    }

    /** Gives all memory back to the operating system, that of live buffers included. */
    @Override
    public synchronized void close() {
        closed = true;
        free.forEach(ArrayDeque::clear);
        arenas.forEach(Arena::close);
        arenas.clear();
        liveBuffers = 0;
        liveBytes = 0;
        pooledLargeBytes = 0;
    }

    private Block fresh(long bytes, int sizeClass) {
        long size = classBytes(bytes);
        boolean small = size <= LARGEST_SMALL;
        if (liveBytes + pooledLargeBytes + size > limit) {
            emptyPool();
        }
        try {
            return small ? cutSlab(size, sizeClass) : map(size, sizeClass);
        } catch (OutOfMemoryError e) {
            emptyPool();
        }
        try {
            return small ? cutSlab(size, sizeClass) : map(size, sizeClass);
        } catch (OutOfMemoryError e) {
            OutOfDeviceMemoryException failure = new OutOfDeviceMemoryException("java", bytes, liveBytes, limit);
            failure.initCause(e);
            throw failure;
        }
    }

    private Block map(long size, int sizeClass) {
        Arena arena = Arena.ofShared();
        try {
            Block block = new Block(arena.allocate(size, ALIGNMENT).address(), size, sizeClass, arena);
            arenas.add(arena);
            return block;
        } catch (OutOfMemoryError e) {
            arena.close();
            throw e;
        }
    }

    private Block cutSlab(long size, int sizeClass) {
        long address = map(SLAB, sizeClass).address();
        ArrayDeque<Block> pieces = free.get(sizeClass);
        for (long at = SLAB / size * size - size; at > 0; at -= size) {
            pieces.addLast(new Block(address + at, size, sizeClass, null));
        }
        return new Block(address, size, sizeClass, null);
    }

    // Slabs stay: their pieces may be in use, and together they are small.
    private void emptyPool() {
        for (ArrayDeque<Block> blocks : free) {
            blocks.removeIf(block -> {
                Arena arena = block.arena();
                if (arena == null) {
                    return false;
                }
                arenas.remove(arena);
                arena.close();
                return true;
            });
        }
        pooledLargeBytes = 0;
    }

    private static int sizeClass(long bytes) {
        long last = rounded(bytes) - 1;
        int exponent = 63 - Long.numberOfLeadingZeros(last);
        return exponent << 2 | (int) (last >>> exponent - 2) & 3;
    }

    private static long classBytes(long bytes) {
        long last = rounded(bytes) - 1;
        int shift = 61 - Long.numberOfLeadingZeros(last);
        return (last >>> shift) + 1 << shift;
    }

    private static long rounded(long bytes) {
        return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }
}
