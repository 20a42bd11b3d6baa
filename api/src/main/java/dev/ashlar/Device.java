// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

import dev.ashlar.internal.tensor.Devices;
import dev.ashlar.spi.Capabilities;
import dev.ashlar.spi.DeviceDescription;
import dev.ashlar.spi.DeviceKind;
import java.util.List;

/**
 * Where tensors live and are computed. Devices come from backends found on the class path or module path; one is opened when it is
 * first used.
 */
public final class Device {
    private final String provider;
    private final DeviceDescription description;
    private final String name;

    /** For the search for devices only; users get them from {@link #of}, {@link #best} and {@link #all}. */
    public Device(String provider, DeviceDescription description) {
        this.provider = provider;
        this.description = description;
        this.name = provider + ":" + description.index();
    }

    /**
     * Returns a device by name.
     *
     * @param name a provider, {@code "java"}, for its first device, or provider and number, {@code "opencl:1"}
     * @throws dev.ashlar.type.DeviceNotFoundException if it is not there; the message lists every provider with reason and remedy
     */
    public static Device of(String name) {
        return Devices.of(name);
    }

    /**
     * Returns the device that {@code -Dashlar.device} or {@code ASHLAR_DEVICE} names, else the best one: a GPU if there is one, else
     * an accelerator, else a CPU.
     */
    public static Device best() {
        return Devices.best();
    }

    /** Returns all devices of all providers, best first. */
    public static List<Device> all() {
        return Devices.all();
    }

    /** Returns provider and number, for example {@code "opencl:0"}. */
    public String name() {
        return name;
    }

    /** Returns the name of the backend. */
    public String provider() {
        return provider;
    }

    public DeviceKind kind() {
        return description.kind();
    }

    /** Returns what the provider found out about it. */
    public DeviceDescription description() {
        return description;
    }

    /** Returns what the device can do; opens it if necessary. */
    public Capabilities capabilities() {
        return Devices.runtime(this).capabilities();
    }

    /** Returns whether host and device share memory, so that reading a tensor costs no transfer. */
    public boolean hasUnifiedMemory() {
        return capabilities().unifiedMemory();
    }

    /** Computes everything that this thread has recorded for the device and waits until it is done. */
    public void synchronize() {
        Devices.synchronize(this);
    }

    /** Returns what the device's memory is used for at the moment. */
    public MemoryReport memory() {
        return Devices.memory(this);
    }

    /** Frees all memory of the device. Tensors on it cannot be used any more; the next use of the device opens it again. */
    public void close() {
        Devices.close(this);
    }

    @Override
    public boolean equals(Object other) {
        return this == other || other instanceof Device device && name.equals(device.name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    /** Returns one line: name, model, kind, units, memory, driver. */
    @Override
    public String toString() {
        return name() + "  " + description.name() + " (" + description.kind() + ", " + description.computeUnits() + " units, "
                + (description.memoryBytes() >> 20) + " MiB, " + description.driver() + ")";
    }
}
