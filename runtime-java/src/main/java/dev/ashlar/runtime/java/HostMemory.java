// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.java;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How much memory the machine, or the container, has. On Linux from files: the JDK's own way starts JMX, which takes 30 ms. */
final class HostMemory {
    private static final Path MACHINE = Path.of("/proc/meminfo");
    private static final Path CONTAINER = Path.of("/sys/fs/cgroup/memory.max");

    private HostMemory() {}

    /** Returns the size in bytes. */
    static long total() {
        try {
            if (Files.isReadable(MACHINE)) {
                long machine = machine(Files.readAllLines(MACHINE));
                return Files.isReadable(CONTAINER) ? Math.min(machine, container(Files.readString(CONTAINER))) : machine;
            }
        } catch (IOException | NumberFormatException e) {
            System.getLogger(HostMemory.class.getName()).log(System.Logger.Level.DEBUG, "java: memory size is asked of JMX", e);
        }
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getTotalMemorySize()
                : Runtime.getRuntime().maxMemory();
    }

    // The first line is "MemTotal:       24683000 kB".
    private static long machine(List<String> lines) {
        return Long.parseLong(lines.getFirst().replaceAll("\\D", "")) << 10;
    }

    private static long container(String text) {
        return text.isBlank() || !Character.isDigit(text.charAt(0)) ? Long.MAX_VALUE : Long.parseLong(text.strip());
    }
}
