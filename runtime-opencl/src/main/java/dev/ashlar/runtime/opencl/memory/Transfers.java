// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.opencl.memory;

import dev.ashlar.runtime.opencl.device.NativeCalls;
import dev.ashlar.runtime.opencl.device.Session;
import dev.ashlar.type.InvalidArgumentException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jocl.CL;
import org.jocl.Pointer;

/**
 * Copies between host and device. Where both share memory, large ones map the buffer, which costs nothing but the copy itself. Small
 * uploads go through a ring without waiting for the device. To be used while holding the session's monitor.
 */
public final class Transfers {
    private static final int SMALL = 1 << 16;
    private static final int RING = 1 << 20;
    private static final long CHUNK = 1L << 30;
    private static final int STAGE = 1 << 23;
    private static final long WRITE_INVALIDATE = 1 << 2;

    private final Session session;
    private final MemorySegment ring = Arena.ofAuto().allocate(RING, 64);
    private final ByteBuffer small = ByteBuffer.allocateDirect(SMALL).order(ByteOrder.nativeOrder());
    private final MemorySegment smallSegment = MemorySegment.ofBuffer(small);
    private final Pointer smallPointer = Pointer.to(small);
    private long ringUsed;

    public Transfers(Session session) {
        this.session = session;
    }

    /** Notes that the device has caught up, so that the ring is free again. */
    public void caughtUp() {
        ringUsed = 0;
    }

    /** Copies to the device. */
    public void upload(MemorySegment source, ClBuffer target, long offset) {
        long bytes = source.byteSize();
        checkRange("upload", target, offset, bytes);
        if (bytes == 0) {
            return;
        }
        if (bytes <= SMALL) {
            uploadSmall(source, target, offset);
            return;
        }
        if (session.facts().unifiedMemory()) {
            for (long at = 0; at < bytes; at += CHUNK) {
                long part = Math.min(CHUNK, bytes - at);
                ByteBuffer mapped = map(target, WRITE_INVALIDATE, offset + at, part);
                MemorySegment.copy(source, at, MemorySegment.ofBuffer(mapped), 0, part);
                unmap(target, mapped);
            }
            // Unmapping is a command too, and the mapping was waited for: all earlier work has ended.
            ringUsed = 0;
            return;
        }
        long step = source.isNative() ? CHUNK : STAGE;
        MemorySegment stage = source.isNative() ? source : stage(bytes);
        for (long at = 0; at < bytes; at += step) {
            long part = Math.min(step, bytes - at);
            MemorySegment from = source.isNative() ? source.asSlice(at, part) : stage.asSlice(0, part);
            if (!source.isNative()) {
                MemorySegment.copy(source, at, from, 0, part);
            }
            session.checkWait("upload", CL.clEnqueueWriteBuffer(
                    session.queue(), target.memory().object(), true, offset + at, part, Pointer.to(from.asByteBuffer()), 0, null, null));
        }
        ringUsed = 0;
    }

    private void uploadSmall(MemorySegment source, ClBuffer target, long offset) {
        long bytes = source.byteSize();
        NativeCalls calls = session.nativeCalls();
        if (!calls.canWrite()) {
            MemorySegment.copy(source, 0, smallSegment, 0, bytes);
            session.checkWait("upload", CL.clEnqueueWriteBuffer(
                    session.queue(), target.memory().object(), true, offset, bytes, smallPointer, 0, null, null));
            ringUsed = 0;
            return;
        }
        long place = (ringUsed + 63) / 64 * 64;
        if (place + bytes > RING) {
            session.finish();
            place = 0;
        }
        MemorySegment.copy(source, 0, ring, place, bytes);
        ringUsed = place + bytes;
        session.check("upload", calls.enqueueWrite(
                session.queue().getNativePointer(), target.memory().handle(), offset, bytes, ring.asSlice(place, bytes)));
    }

    /** Copies from the device, after all earlier work. */
    public void download(ClBuffer source, long offset, MemorySegment target) {
        long bytes = target.byteSize();
        checkRange("download", source, offset, bytes);
        if (bytes == 0) {
            session.finish();
            ringUsed = 0;
            return;
        }
        if (bytes <= SMALL) {
            session.checkWait("download", CL.clEnqueueReadBuffer(
                    session.queue(), source.memory().object(), true, offset, bytes, smallPointer, 0, null, null));
            MemorySegment.copy(smallSegment, 0, target, 0, bytes);
        } else if (session.facts().unifiedMemory()) {
            for (long at = 0; at < bytes; at += CHUNK) {
                long part = Math.min(CHUNK, bytes - at);
                ByteBuffer mapped = map(source, CL.CL_MAP_READ, offset + at, part);
                MemorySegment.copy(MemorySegment.ofBuffer(mapped), 0, target, at, part);
                unmap(source, mapped);
            }
        } else {
            long step = target.isNative() ? CHUNK : STAGE;
            MemorySegment stage = target.isNative() ? target : stage(bytes);
            for (long at = 0; at < bytes; at += step) {
                long part = Math.min(step, bytes - at);
                MemorySegment to = target.isNative() ? target.asSlice(at, part) : stage.asSlice(0, part);
                session.checkWait("download", CL.clEnqueueReadBuffer(
                        session.queue(), source.memory().object(), true, offset + at, part, Pointer.to(to.asByteBuffer()), 0, null, null));
                if (!target.isNative()) {
                    MemorySegment.copy(to, 0, target, at, part);
                }
            }
        }
        ringUsed = 0;
    }

    private ByteBuffer map(ClBuffer buffer, long flags, long offset, long bytes) {
        int[] code = new int[1];
        ByteBuffer mapped =
                CL.clEnqueueMapBuffer(session.queue(), buffer.memory().object(), true, flags, offset, bytes, 0, null, null, code);
        session.checkWait("mapping a buffer", code[0]);
        return mapped;
    }

    private void unmap(ClBuffer buffer, ByteBuffer mapped) {
        session.check("unmapping a buffer", CL.clEnqueueUnmapMemObject(session.queue(), buffer.memory().object(), mapped, 0, null, null));
    }

    private static MemorySegment stage(long bytes) {
        return MemorySegment.ofBuffer(ByteBuffer.allocateDirect((int) Math.min(STAGE, bytes)));
    }

    private void checkRange(String operation, ClBuffer buffer, long offset, long bytes) {
        if (offset < 0 || bytes > buffer.size() - offset) {
            throw new InvalidArgumentException("[" + operation + "] expected " + bytes + " bytes at " + offset + " to lie within the "
                    + buffer.size() + " bytes of the buffer; check the offset");
        }
    }
}
