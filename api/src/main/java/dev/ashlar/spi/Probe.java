// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.spi;

import java.util.List;

/** What a provider found when it looked for devices. */
public sealed interface Probe {
    /**
     * Devices are there.
     *
     * @param devices at least one
     * @param notes devices or drivers that were passed over, and why; one line each
     */
    record Available(List<DeviceDescription> devices, List<String> notes) implements Probe {
        public Available {
            devices = List.copyOf(devices);
            notes = List.copyOf(notes);
        }
    }

    /**
     * Nothing can be used.
     *
     * @param reason what is missing, one line
     * @param remedy what the user can do about it, one line
     */
    record Unavailable(String reason, String remedy) implements Probe {}
}
