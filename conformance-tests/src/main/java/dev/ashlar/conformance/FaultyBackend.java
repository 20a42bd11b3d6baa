// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance;

import dev.ashlar.spi.Backend;
import dev.ashlar.spi.Binding;
import dev.ashlar.spi.Buffer;
import dev.ashlar.spi.Capabilities;
import dev.ashlar.spi.Executable;
import dev.ashlar.spi.Fence;
import dev.ashlar.spi.KernelArgs;
import dev.ashlar.spi.KernelCode;
import dev.ashlar.type.DeviceLostException;
import dev.ashlar.type.OutOfDeviceMemoryException;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Passes everything on to a backend and fails when it is told to: out of memory at one allocation, or the device lost at one launch and
 * from then on. For tests of the code that drives a backend. Thread-safe if the backend inside is.
 */
public final class FaultyBackend implements Backend {
    private static final long NEVER = -1;

    private final Backend inside;
    private final AtomicLong untilOutOfMemory = new AtomicLong(NEVER);
    private final AtomicLong untilLost = new AtomicLong(NEVER);
    private volatile boolean lost;

    public FaultyBackend(Backend inside) {
        this.inside = inside;
    }

    /**
     * Lets one allocation fail; later ones succeed again.
     *
     * @param n which, counted from now; 1 is the next
     */
    public void failAllocation(long n) {
        untilOutOfMemory.set(n);
    }

    /**
     * Loses the device at one launch. From then on everything but closing fails.
     *
     * @param n which, counted from now; 1 is the next
     */
    public void loseDeviceAtSubmit(long n) {
        untilLost.set(n);
    }

    @Override
    public Capabilities capabilities() {
        return inside.capabilities();
    }

    @Override
    public Buffer allocate(long bytes) {
        checkLost("allocate");
        if (isNow(untilOutOfMemory)) {
            throw new OutOfDeviceMemoryException("faulty", bytes, 0, 0);
        }
        return inside.allocate(bytes);
    }

    @Override
    public void upload(MemorySegment source, Buffer target, long offset) {
        checkLost("upload");
        inside.upload(source, target, offset);
    }

    @Override
    public void download(Buffer source, long offset, MemorySegment target) {
        checkLost("download");
        inside.download(source, offset, target);
    }

    @Override
    public Executable compile(KernelCode code) {
        checkLost("compile");
        return inside.compile(code);
    }

    @Override
    public List<Executable> compileAll(List<KernelCode> codes) {
        checkLost("compileAll");
        return inside.compileAll(codes);
    }

    @Override
    public Fence submit(Executable executable, List<Binding> buffers, KernelArgs args) {
        if (isNow(untilLost)) {
            lost = true;
        }
        checkLost("submit");
        return inside.submit(executable, buffers, args);
    }

    @Override
    public void synchronize() {
        checkLost("synchronize");
        inside.synchronize();
    }

    @Override
    public long liveBuffers() {
        return inside.liveBuffers();
    }

    @Override
    public void close() {
        inside.close();
    }

    private static boolean isNow(AtomicLong until) {
        return until.getAndUpdate(n -> n > 0 ? n - 1 : NEVER) == 1;
    }

    private void checkLost(String operation) {
        if (lost) {
            throw new DeviceLostException("[" + operation
                    + "] expected a device, got one that is lost; open it again and restore a checkpoint");
        }
    }
}
