// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.minimal;

import dev.ashlar.spi.Backend;
import dev.ashlar.spi.BackendProvider;
import dev.ashlar.spi.DeviceDescription;
import dev.ashlar.spi.DeviceKind;
import dev.ashlar.spi.Options;
import dev.ashlar.spi.Probe;
import dev.ashlar.spi.SpecVersion;
import java.util.List;
import java.util.Map;

/** Step 1: how the backend is found. There is always exactly one device, the interpreter. */
public final class MinimalProvider implements BackendProvider {
    /** Option with the number of bytes that all buffers together may use. */
    static final String MEMORY_LIMIT = "memory.limit";

    private static final long DEFAULT_MEMORY_LIMIT = 1L << 31;

    @Override
    public String name() {
        return "minimal";
    }

    /** Returns the version that this code was written for, as a literal: {@code CURRENT} would follow a newer core by itself. */
    @Override
    public SpecVersion spec() {
        return new SpecVersion(1, 0);
    }

    @Override
    public Probe probe() {
        return new Probe.Available(List.of(describe(DEFAULT_MEMORY_LIMIT)), List.of());
    }

    @Override
    public Backend open(DeviceDescription device, Options options) {
        String limit = options.get(MEMORY_LIMIT);
        return new MinimalBackend(limit == null ? DEFAULT_MEMORY_LIMIT : Long.parseLong(limit));
    }

    private static DeviceDescription describe(long memoryLimit) {
        // The score is negative so that nobody gets this device without asking for it.
        return new DeviceDescription(
                0, "Minimal interpreter", "Ashlar", DeviceKind.CPU, 1, memoryLimit, "Java " + Runtime.version().feature(), -100, Map.of());
    }
}
