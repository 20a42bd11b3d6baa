// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.spi;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * One opened device: memory, a compiler and a queue. Thread-safe. All sizes and offsets are in bytes.
 *
 * <p>Work happens in the order of the calls: a launch sees what earlier launches and uploads wrote, and a buffer may be re-used by the
 * caller as soon as a call returns. Nothing is read or written past the end of a buffer.
 */
public interface Backend extends AutoCloseable {
    /** Returns what this device can do; the same at every call. */
    Capabilities capabilities();

    /**
     * Allocates memory with unspecified contents, aligned to 64 bytes or better.
     *
     * @param bytes at least 1
     * @throws dev.ashlar.type.OutOfDeviceMemoryException if there is not enough; nothing is allocated then
     */
    Buffer allocate(long bytes);

    /**
     * Copies all of {@code source} to {@code target} from {@code offset} on; {@code source} may be changed when this returns.
     *
     * @throws dev.ashlar.type.InvalidArgumentException if the range does not lie in the buffer
     */
    void upload(MemorySegment source, Buffer target, long offset);

    /**
     * Waits for all earlier work on {@code source}, then fills {@code target} from {@code offset} on.
     *
     * @throws dev.ashlar.type.InvalidArgumentException if the range does not lie in the buffer
     */
    void download(Buffer source, long offset, MemorySegment target);

    /**
     * Compiles a kernel.
     *
     * @throws dev.ashlar.type.UnsupportedKernelException if this backend does not do it; the core then sends simpler kernels
     * @throws dev.ashlar.type.KernelCompilationException if the driver rejects what this backend generated
     */
    Executable compile(KernelCode code);

    /** Compiles several kernels at once, which some drivers do much faster. Fails as {@link #compile} does, for the first that fails. */
    default List<Executable> compileAll(List<KernelCode> codes) {
        List<Executable> result = new ArrayList<>();
        for (KernelCode code : codes) {
            result.add(compile(code));
        }
        return result;
    }

    /**
     * Launches.
     *
     * @param executable from this backend
     * @param buffers inputs, then outputs, then the error word where the kernel has one
     * @param args read before this returns
     */
    Fence submit(Executable executable, List<Binding> buffers, KernelArgs args);

    /** Waits for all work; throws the earliest failure since the last call, if there was one. */
    void synchronize();

    /** Returns how many buffers have been allocated and not been closed. */
    long liveBuffers();

    /** Frees everything, outstanding buffers included. Later calls other than close throw. */
    @Override
    void close();
}
