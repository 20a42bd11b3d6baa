// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

/**
 * What is left after dropout, and what was left.
 *
 * @param output the values
 * @param mask bool, true where a value was kept
 */
public record Dropped(Tensor output, Tensor mask) {}
