// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.suite;

/**
 * Where the elements of a binding lie.
 *
 * @param strides one per iteration axis, in elements
 * @param offset of coordinate 0, in elements
 * @param elements how many elements the view touches, counted from element 0
 */
public record View(long[] strides, long offset, long elements) {}
