// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.opencl.device;

import dev.ashlar.spi.DeviceDescription;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Chooses among the devices that drivers report: passes over the unusable, recognises one device behind two drivers, orders. Pure. */
public final class Discovery {
    private Discovery() {}

    /**
     * The devices to offer, in the order of their numbers, and what was passed over.
     *
     * @param devices GPUs first
     * @param notes one line each
     */
    public record Selection(List<DeviceFacts> devices, List<String> notes) {
        public Selection {
            devices = List.copyOf(devices);
            notes = List.copyOf(notes);
        }
    }

    /**
     * Chooses.
     *
     * @param found all devices of all platforms
     * @param platformNotes notes to put first, for example about platforms without devices
     */
    public static Selection select(List<DeviceFacts> found, List<String> platformNotes) {
        List<String> notes = new ArrayList<>(platformNotes);
        List<DeviceFacts> usable = new ArrayList<>();
        for (DeviceFacts device : found) {
            String reason = unusable(device);
            if (reason == null) {
                usable.add(device);
            } else {
                notes.add(device.name() + " (" + device.platformName() + "): passed over, " + reason);
            }
        }
        List<DeviceFacts> chosen = withoutDuplicates(usable, notes);
        chosen.sort(Comparator.comparing(DeviceFacts::kind)
                .thenComparingInt(DeviceFacts::platform)
                .thenComparingInt(DeviceFacts::position));
        return new Selection(chosen, notes);
    }

    private static @Nullable String unusable(DeviceFacts device) {
        if (!device.available()) {
            return "the driver says that it is not available";
        }
        if (!device.compiler()) {
            return "its driver has no compiler";
        }
        if (!device.littleEndian()) {
            return "it is not little-endian";
        }
        if (!device.fullProfile()) {
            return "it has the embedded profile only";
        }
        if (device.versionNumber() < 102) {
            return "it speaks '" + device.version() + "', and OpenCL 1.2 is needed";
        }
        return null;
    }

    private static List<DeviceFacts> withoutDuplicates(List<DeviceFacts> usable, List<String> notes) {
        List<DeviceFacts> rest = new ArrayList<>(usable);
        List<DeviceFacts> chosen = new ArrayList<>();
        while (!rest.isEmpty()) {
            DeviceFacts first = rest.getFirst();
            List<DeviceFacts> same = new ArrayList<>();
            rest.removeIf(other -> isSame(first, other) && same.add(other));
            DeviceFacts best = same.stream().max(byDriver(same)).orElse(first);
            for (DeviceFacts device : same) {
                if (device.platform() == best.platform()) {
                    chosen.add(device);
                } else {
                    notes.add(device.name() + " (" + device.platformName() + "): passed over, the same device is offered by "
                            + best.platformName());
                }
            }
        }
        return chosen;
    }

    /** Orders by how many of the devices a platform sees, then by what its driver can do. */
    private static Comparator<DeviceFacts> byDriver(List<DeviceFacts> same) {
        return Comparator.<DeviceFacts>comparingLong(
                        device -> same.stream().filter(other -> other.platform() == device.platform()).count())
                .thenComparing(device -> !device.isSoftwareReference())
                .thenComparing(DeviceFacts::fp64)
                .thenComparingInt(DeviceFacts::versionNumber)
                .thenComparingLong(DeviceFacts::globalMemory)
                .thenComparing(Comparator.comparingInt(DeviceFacts::platform).reversed());
    }

    private static boolean isSame(DeviceFacts a, DeviceFacts b) {
        if (!a.pciAddress().isEmpty() && !b.pciAddress().isEmpty()) {
            return a.pciAddress().equals(b.pciAddress());
        }
        // Drivers round the memory differently, but not by an eighth.
        return a.kind() == b.kind()
                && Objects.equals(a.name().strip(), b.name().strip())
                && Objects.equals(a.vendor().strip(), b.vendor().strip())
                && a.computeUnits() == b.computeUnits()
                && Math.abs(a.globalMemory() - b.globalMemory()) <= Math.max(a.globalMemory(), b.globalMemory()) / 8;
    }

    /** Returns the description of a device under the number that it has been given. */
    public static DeviceDescription describe(int index, DeviceFacts device) {
        Map<String, String> details = new LinkedHashMap<>();
        details.put("platform", device.platformName());
        details.put("version", device.version());
        details.put("kernel language", device.cVersion());
        details.put("driver", device.driver());
        details.put("float64", yes(device.fp64()));
        details.put("half arithmetic", yes(device.fp16()));
        details.put("denormals", yes(device.denormals()));
        details.put("local memory", device.localMemory() / 1024 + " KiB" + (device.realLocalMemory() ? "" : " (in global memory)"));
        details.put("largest work-group", Long.toString(device.maxWorkGroup()));
        details.put("largest buffer", device.maxAllocation() / (1 << 20) + " MiB");
        details.put("argument bytes", Long.toString(device.maxParameterBytes()));
        details.put("clock", device.clockMhz() + " MHz");
        details.put("shares memory with host", yes(device.unifiedMemory()));
        if (!device.pciAddress().isEmpty()) {
            details.put("PCI address", device.pciAddress());
        }
        double speed = device.computeUnits() * Math.max(1, device.clockMhz()) / 1000.0;
        return new DeviceDescription(
                index,
                device.name(),
                device.vendor(),
                device.kind(),
                device.computeUnits(),
                device.globalMemory(),
                device.platformName() + " " + device.driver(),
                device.isSoftwareReference() ? -1 : speed,
                details);
    }

    private static String yes(boolean value) {
        return value ? "yes" : "no";
    }
}
