// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.opencl;

import dev.ashlar.runtime.opencl.device.DeviceFacts;
import dev.ashlar.runtime.opencl.device.Devices;
import dev.ashlar.runtime.opencl.device.Discovery;
import dev.ashlar.runtime.opencl.device.Driver;
import dev.ashlar.spi.Backend;
import dev.ashlar.spi.BackendProvider;
import dev.ashlar.spi.DeviceDescription;
import dev.ashlar.spi.Options;
import dev.ashlar.spi.Probe;
import dev.ashlar.spi.SpecVersion;
import dev.ashlar.type.DeviceNotFoundException;
import java.util.ArrayList;
import java.util.List;

/** Finds OpenCL devices. */
public final class OpenClBackendProvider implements BackendProvider {
    @Override
    public String name() {
        return "opencl";
    }

    @Override
    public SpecVersion spec() {
        return new SpecVersion(1, 0);
    }

    @Override
    public Probe probe() {
        String failure = Driver.failure();
        if (failure != null) {
            return new Probe.Unavailable(failure, Driver.remedy());
        }
        try {
            Devices.Listing listing = Devices.list();
            Discovery.Selection selection = select(listing);
            if (!selection.devices().isEmpty()) {
                List<DeviceDescription> described = new ArrayList<>();
                for (DeviceFacts device : selection.devices()) {
                    described.add(Discovery.describe(described.size(), device));
                }
                return new Probe.Available(described, selection.notes());
            }
            String notes = selection.notes().isEmpty() ? "" : ": " + String.join("; ", selection.notes());
            String reason = listing.platforms() == 0
                    ? "an OpenCL loader but no driver (platform) is installed"
                    : "no usable device on " + listing.platforms() + " OpenCL platform(s)";
            return new Probe.Unavailable(reason + notes, Driver.remedy());
        } catch (LinkageError | RuntimeException e) {
            return new Probe.Unavailable("asking the OpenCL driver failed: " + e, Driver.remedy());
        }
    }

    private static Discovery.Selection select(Devices.Listing listing) {
        return Discovery.select(listing.devices().stream().map(Devices.Found::facts).toList(), listing.notes());
    }

    @Override
    public Backend open(DeviceDescription device, Options options) {
        String failure = Driver.failure();
        if (failure != null) {
            throw new DeviceNotFoundException("[opencl] expected a driver, but " + failure + "; " + Driver.remedy());
        }
        Devices.Listing listing = Devices.list();
        List<DeviceFacts> known = select(listing).devices();
        if (device.index() >= 0 && device.index() < known.size()) {
            DeviceFacts wanted = known.get(device.index());
            for (Devices.Found found : listing.devices()) {
                // A position names the device; its memory size may have changed since it was described.
                if (found.facts().platform() == wanted.platform()
                        && found.facts().position() == wanted.position()
                        && wanted.name().equals(device.name())) {
                    return OpenClBackend.open(device.index(), found, options);
                }
            }
        }
        throw new DeviceNotFoundException("[opencl] expected the device " + device.index() + " '" + device.name()
                + "' to be there still, got " + known.size() + " device(s); probe again");
    }
}
