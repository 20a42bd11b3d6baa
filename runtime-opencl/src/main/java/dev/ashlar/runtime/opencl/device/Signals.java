// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.opencl.device;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the signal handlers of the process as they are while a driver runs. Drivers that bring a compiler install handlers of their
 * own for crashes and interrupts; the JVM needs its own in the course of normal work (a safepoint is a page that may not be read), and
 * with a foreign one in their place two threads that stop at the same moment end the process without a word.
 */
public final class Signals {
    private static final int SIGNALS = 31;
    // Larger than struct sigaction of any system that has one.
    private static final int BYTES = 256;

    private static @Nullable Signals instance;

    private final @Nullable MethodHandle sigaction;
    private final MemorySegment kept = Arena.global().allocate((SIGNALS + 1) * (long) BYTES, 16);
    private final boolean[] known = new boolean[SIGNALS + 1];
    private int inside;

    // Asking and setting handlers is what this class is for; the application allows it with --enable-native-access.
    @SuppressWarnings("restricted")
    private Signals() {
        Linker linker = Linker.nativeLinker();
        FunctionDescriptor type =
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS);
        // Windows has none, and nothing to keep.
        sigaction = linker.defaultLookup().find("sigaction").map(symbol -> linker.downcallHandle(symbol, type)).orElse(null);
    }

    private static synchronized Signals instance() {
        if (instance == null) {
            instance = new Signals();
        }
        return instance;
    }

    /** Makes a call, and puts the handlers back that were there before the first of the calls under way. */
    public static <T> T keep(Supplier<T> call) {
        Signals signals = instance();
        signals.enter();
        try {
            return call.get();
        } finally {
            signals.leave();
        }
    }

    private synchronized void enter() {
        if (inside++ == 0) {
            for (int signal = 1; signal <= SIGNALS; signal++) {
                known[signal] = call(signal, MemorySegment.NULL, slot(signal));
            }
        }
    }

    private synchronized void leave() {
        boolean last = --inside == 0;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment now = arena.allocate(BYTES, 16);
            for (int signal = 1; signal <= SIGNALS; signal++) {
                now.fill((byte) 0);
                if (known[signal] && call(signal, MemorySegment.NULL, now) && now.mismatch(slot(signal)) >= 0) {
                    call(signal, slot(signal), MemorySegment.NULL);
                }
            }
        }
        if (last) {
            kept.fill((byte) 0);
        }
    }

    private MemorySegment slot(int signal) {
        return kept.asSlice(signal * (long) BYTES, BYTES);
    }

    private boolean call(int signal, MemorySegment set, MemorySegment old) {
        MethodHandle handle = sigaction;
        if (handle == null) {
            return false;
        }
        try {
            return (int) handle.invokeExact(signal, set, old) == 0;
        } catch (Throwable e) {
            throw new IllegalStateException("calling sigaction failed", e);
        }
    }
}
