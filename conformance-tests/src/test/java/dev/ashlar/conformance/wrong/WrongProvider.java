// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.wrong;

import dev.ashlar.conformance.Providers;
import dev.ashlar.spi.Backend;
import dev.ashlar.spi.BackendProvider;
import dev.ashlar.spi.DeviceDescription;
import dev.ashlar.spi.Options;
import dev.ashlar.spi.Probe;
import dev.ashlar.spi.SpecVersion;
import java.util.function.UnaryOperator;

/** Opens the minimal backend with a bug around it. */
record WrongProvider(String name, UnaryOperator<Backend> bug) implements BackendProvider {
    private static final BackendProvider MINIMAL = Providers.named("minimal");

    @Override
    public SpecVersion spec() {
        return MINIMAL.spec();
    }

    @Override
    public Probe probe() {
        return MINIMAL.probe();
    }

    @Override
    public Backend open(DeviceDescription device, Options options) {
        return bug.apply(MINIMAL.open(device, options));
    }
}
