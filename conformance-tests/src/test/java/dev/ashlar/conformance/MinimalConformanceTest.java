// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance;

/** The whole suite on "minimal". */
final class MinimalConformanceTest extends InstalledBackendConformance {
    MinimalConformanceTest() {
        super("minimal");
    }
}
