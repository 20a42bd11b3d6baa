// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.spi;

/**
 * A place in device memory.
 *
 * @param buffer of the same backend
 * @param offset in bytes, a multiple of 64
 */
public record Binding(Buffer buffer, long offset) {}
