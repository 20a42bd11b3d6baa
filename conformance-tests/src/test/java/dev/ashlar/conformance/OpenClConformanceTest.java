// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance;

import java.util.EnumSet;
import java.util.Set;

/**
 * The whole suite on "opencl". Of the recorded calls it makes one of each operation and type, because a driver may take minutes to build
 * the kernels of all; {@code -Dashlar.conformance.vectors=true} makes every one.
 */
final class OpenClConformanceTest extends InstalledBackendConformance {
    OpenClConformanceTest() {
        super("opencl");
    }

    @Override
    protected Set<Profile> profiles() {
        return Boolean.getBoolean("ashlar.conformance.vectors") ? EnumSet.complementOf(EnumSet.of(Profile.GRID)) : Profile.standard();
    }
}
