// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance;

import dev.ashlar.spi.Backend;
import dev.ashlar.spi.BackendProvider;
import dev.ashlar.spi.Options;
import dev.ashlar.spi.Probe;
import java.util.ServiceLoader;

/** Finds backends as everybody else does: by name. */
public final class Providers {
    private Providers() {}

    public static BackendProvider named(String name) {
        return ServiceLoader.load(BackendProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(
                        "[conformance] expected a provider named " + name + ", got none; is its module built?"));
    }

    /** Opens the first device of the minimal backend. */
    static Backend openMinimal() {
        BackendProvider provider = named("minimal");
        return provider.open(((Probe.Available) provider.probe()).devices().getFirst(), Options.NONE);
    }
}
