// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.spi;

/**
 * How a backend is found: a service, named in {@code module-info.java} with {@code provides} and in {@code META-INF/services} for the
 * class path. Constructing it does no work.
 */
public interface BackendProvider {
    /** Returns the name that users write in front of the colon: lower case letters and digits. */
    String name();

    /** Returns the version of the contract that this backend was written for. */
    SpecVersion spec();

    /** Looks for devices. Never throws: what goes wrong is the reason of {@link Probe.Unavailable}. May be called often. */
    Probe probe();

    /** Opens a device that {@link #probe()} described. */
    Backend open(DeviceDescription device, Options options);
}
