// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.suite;

import dev.ashlar.type.DType;

/**
 * What is bound at one place of a launch. An area that occurs twice is bound twice: an output that replaces an input.
 *
 * @param type of the elements
 * @param view where they lie
 * @param data contents before the launch
 */
public record Area(DType type, View view, byte[] data) {}
