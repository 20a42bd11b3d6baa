// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.schedule;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Places temporaries in an arena so that those which live at the same time do not overlap. */
final class MemoryPlan {
    private static final long ALIGNMENT = 128;

    private MemoryPlan() {}

    private record Span(BufferRef buffer, int first, int last) {}

    /**
     * Sets place and chunk of every temporary.
     *
     * @param maxChunk the largest buffer that the device gives
     * @return the size of each chunk in bytes
     */
    static long[] assign(List<Step> steps, long maxChunk) {
        Map<BufferRef, int[]> lives = new IdentityHashMap<>();
        List<BufferRef> order = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            for (BufferRef buffer : steps.get(i).buffers) {
                if (buffer.kind == BufferRef.Kind.TEMPORARY) {
                    int[] life = lives.get(buffer);
                    if (life == null) {
                        lives.put(buffer, new int[] {i, i});
                        order.add(buffer);
                    } else {
                        life[1] = i;
                    }
                }
            }
        }
        List<List<Span>> chunks = new ArrayList<>();
        List<Long> sizes = new ArrayList<>();
        for (BufferRef buffer : order) {
            int[] life = lives.get(buffer);
            place(new Span(buffer, life[0], life[1]), chunks, sizes, maxChunk);
        }
        return sizes.stream().mapToLong(Long::longValue).toArray();
    }

    private static void place(Span span, List<List<Span>> chunks, List<Long> sizes, long maxChunk) {
        long bytes = align(span.buffer.bytes());
        for (int chunk = 0; chunk < chunks.size(); chunk++) {
            long offset = firstFit(span, chunks.get(chunk), bytes);
            if (offset + bytes <= Math.max(maxChunk, bytes) || offset + bytes <= sizes.get(chunk)) {
                settle(span, chunks.get(chunk), chunk, offset);
                sizes.set(chunk, Math.max(sizes.get(chunk), offset + bytes));
                return;
            }
        }
        chunks.add(new ArrayList<>());
        sizes.add(bytes);
        settle(span, chunks.getLast(), chunks.size() - 1, 0);
    }

    private static void settle(Span span, List<Span> spans, int chunk, long offset) {
        span.buffer.chunk = chunk;
        span.buffer.place = offset;
        spans.add(span);
    }

    /** Returns the lowest offset whose bytes are free during the whole span. */
    private static long firstFit(Span span, List<Span> placed, long bytes) {
        List<Span> alive = new ArrayList<>();
        for (Span other : placed) {
            if (other.first <= span.last && span.first <= other.last) {
                alive.add(other);
            }
        }
        alive.sort(Comparator.comparingLong(other -> other.buffer.place));
        long offset = 0;
        for (Span other : alive) {
            if (offset + bytes <= other.buffer.place) {
                return offset;
            }
            offset = Math.max(offset, other.buffer.place + align(other.buffer.bytes()));
        }
        return offset;
    }

    private static long align(long bytes) {
        return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }
}
