// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.vectors.modules;

/** Entries of the group {@code convolution}. */
final class ConvolutionModules {
    private ConvolutionModules() {}

    static void addTo(ModuleTable table) {}
}
