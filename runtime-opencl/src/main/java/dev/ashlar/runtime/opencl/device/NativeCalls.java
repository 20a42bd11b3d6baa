// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.opencl.device;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/**
 * The one call that JOCL does not make as needed: it gives every write that does not block a thread of its own that waits for it, which
 * costs more than the write and calls the driver from threads that nobody else knows of.
 */
public final class NativeCalls {
    private final @Nullable MethodHandle enqueueWrite;

    NativeCalls(@Nullable String loader) {
        this.enqueueWrite = loader == null ? null : find(loader);
    }

    // Calling the loader is what this class is for; the application allows it with --enable-native-access.
    @SuppressWarnings("restricted")
    private static @Nullable MethodHandle find(String loader) {
        FunctionDescriptor type = FunctionDescriptor.of(
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG,
                ValueLayout.ADDRESS,
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG);
        return SymbolLookup.libraryLookup(loader, Arena.global())
                .find("clEnqueueWriteBuffer")
                .map(symbol -> Linker.nativeLinker().downcallHandle(symbol, type))
                .orElse(null);
    }

    /** Returns whether {@link #enqueueWrite} works here. */
    public boolean canWrite() {
        return enqueueWrite != null;
    }

    /**
     * Enqueues a copy to the device and returns without waiting.
     *
     * @param source native memory that stays unchanged until the copy has ended
     * @return the driver's code
     */
    public int enqueueWrite(long queue, long memory, long offset, long bytes, MemorySegment source) {
        MethodHandle call = enqueueWrite;
        if (call == null) {
            throw new IllegalStateException("the loader has no clEnqueueWriteBuffer");
        }
        try {
            return (int) call.invokeExact(queue, memory, 0, offset, bytes, source, 0, 0L, 0L);
        } catch (Throwable e) {
            throw new IllegalStateException("calling the loader failed", e);
        }
    }
}
