// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance;

import java.util.EnumSet;
import java.util.Set;

/** The whole suite on "java", with every recorded call. */
final class JavaConformanceTest extends InstalledBackendConformance {
    JavaConformanceTest() {
        super("java");
    }

    @Override
    protected Set<Profile> profiles() {
        return EnumSet.complementOf(EnumSet.of(Profile.GRID));
    }
}
