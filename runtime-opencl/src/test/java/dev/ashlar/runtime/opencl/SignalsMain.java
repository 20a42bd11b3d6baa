// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.opencl;

import dev.ashlar.spi.Backend;
import dev.ashlar.type.DType;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;

/** Prints in a process of its own which signal handlers are others after kernels have been compiled and run. */
final class SignalsMain {
    private SignalsMain() {}

    public static void main(String[] arguments) throws Throwable {
        List<Long> before = handlers();
        try (Backend backend = TestDevice.open()) {
            boolean fp64 = backend.capabilities().storage().contains(DType.FLOAT64);
            for (int seed = 0; seed < 10; seed++) {
                Cases.of(seed, fp64, 20).run(backend);
            }
        }
        List<Long> after = handlers();
        List<Integer> changed = new ArrayList<>();
        for (int i = 0; i < before.size(); i++) {
            if (!before.get(i).equals(after.get(i))) {
                changed.add(i + 1);
            }
        }
        System.out.println("changed: " + changed);
    }

    /** Returns the first word of each description: the handler's address on every system that has sigaction. */
    @SuppressWarnings("restricted")
    private static List<Long> handlers() throws Throwable {
        Linker linker = Linker.nativeLinker();
        MethodHandle sigaction = linker.downcallHandle(
                linker.defaultLookup().find("sigaction").orElseThrow(),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS));
        List<Long> result = new ArrayList<>();
        try (Arena arena = Arena.ofConfined()) {
            for (int signal = 1; signal <= 31; signal++) {
                MemorySegment description = arena.allocate(256, 16);
                int code = (int) sigaction.invokeExact(signal, MemorySegment.NULL, description);
                result.add(code == 0 ? description.get(ValueLayout.JAVA_LONG, 0) : 0L);
            }
        }
        return result;
    }
}
