// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.cli;

import dev.ashlar.Ashlar;
import dev.ashlar.Device;
import dev.ashlar.spi.Capabilities;
import dev.ashlar.spi.DeviceKind;
import dev.ashlar.type.AshlarException;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code ashlar devices}: what there is to compute on. */
@Command(name = "devices", description = "List the devices of every backend, best first; with -v what they can do, and why one is missing.")
final class DevicesCommand implements Callable<Integer> {
    @ParentCommand
    private Main main;

    @Spec
    private CommandSpec spec;

    /** For picocli, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    DevicesCommand() {}

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        List<Device> devices = Device.all();
        for (Device device : devices) {
            out.println(device);
            if (main.verbose()) {
                details(device, out);
            }
        }
        if (main.verbose()) {
            out.println();
            out.println("Backends:");
            Ashlar.diagnose().lines().forEach(text -> out.println("  " + text));
        }
        if (devices.isEmpty()) {
            throw new AshlarException("[devices] expected a device, got none; './ashlar devices -v' says why");
        }
        Device best = Device.best();
        out.println("Best: " + best.name() + " (" + reason(best) + ")");
        return 0;
    }

    private static String reason(Device best) {
        if (!System.getProperty("ashlar.device", "").isBlank()) {
            return "-Dashlar.device names it";
        }
        if (!System.getenv().getOrDefault("ASHLAR_DEVICE", "").isBlank()) {
            return "ASHLAR_DEVICE names it";
        }
        if (best.kind() != DeviceKind.CPU) {
            return "a " + best.kind() + " goes before a CPU";
        }
        return "there is no GPU or accelerator; among CPUs the one that needs no driver";
    }

    private static void details(Device device, PrintWriter out) {
        line(out, "vendor", device.description().vendor());
        device.description().details().forEach((key, value) -> line(out, key, value));
        Capabilities can;
        try {
            can = device.capabilities();
        } catch (AshlarException e) {
            line(out, "does not open", String.valueOf(e.getMessage()));
            return;
        }
        line(out, "stores", labels(can.storage()));
        line(out, "computes in", labels(can.arithmetic()));
        line(out, "products in", labels(can.contract()));
        line(out, "composites", can.composites().isEmpty() ? "none; they are computed as they decompose" : labels(can.composites()));
        line(out, "kernels", "up to " + can.maxBindings() + " tensors and " + can.maxInstructions() + " instructions");
        line(out, "memory", mebibytes(can.memoryBytes()) + ", at most " + mebibytes(can.maxBufferBytes()) + " in one tensor"
                + (can.unifiedMemory() ? ", shared with the host" : ""));
    }

    private static void line(PrintWriter out, String key, String value) {
        out.println(String.format(Locale.ROOT, "    %-14s %s", key, value));
    }

    private static String labels(Collection<?> values) {
        return values.stream().map(Object::toString).sorted().collect(Collectors.joining(", "));
    }

    private static String mebibytes(long bytes) {
        return (bytes >> 20) + " MiB";
    }
}
