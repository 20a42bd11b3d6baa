// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance;

/** The whole suite on "java". */
final class JavaConformanceTest extends InstalledBackendConformance {
    JavaConformanceTest() {
        super("java");
    }
}
