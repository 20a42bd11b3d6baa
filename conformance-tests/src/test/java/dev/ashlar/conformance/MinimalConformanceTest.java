// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance;

import java.util.EnumSet;
import java.util.Set;

/** The whole suite on "minimal", with every recorded call. */
final class MinimalConformanceTest extends InstalledBackendConformance {
    MinimalConformanceTest() {
        super("minimal");
    }

    @Override
    protected Set<Profile> profiles() {
        return EnumSet.complementOf(EnumSet.of(Profile.GRID));
    }
}
