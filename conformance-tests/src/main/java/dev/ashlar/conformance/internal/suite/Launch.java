// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.suite;

import dev.ashlar.spi.KernelArgs;
import java.util.List;

/**
 * The data of one launch.
 *
 * @param args numbers
 * @param areas inputs, then outputs; for a group those of its members one after the other
 * @param errorWord whether an error word is bound at the end
 */
public record Launch(KernelArgs args, List<Area> areas, boolean errorWord) {}
