// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance;

/** The whole suite on "opencl". */
final class OpenClConformanceTest extends InstalledBackendConformance {
    OpenClConformanceTest() {
        super("opencl");
    }
}
