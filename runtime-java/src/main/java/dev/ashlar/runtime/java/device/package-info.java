// SPDX-License-Identifier: Apache-2.0
/**
 * What both paths stand on: off-heap memory, buffers, the checks of a launch. Start with
 * {@link dev.ashlar.runtime.java.device.Operands}, which turns the bindings of a launch into checked addresses.
 */
@NullMarked
package dev.ashlar.runtime.java.device;

import org.jspecify.annotations.NullMarked;
