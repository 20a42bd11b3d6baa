// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.oracle;

/**
 * What is bound at one place of a kernel: an image of a buffer in host memory.
 *
 * @param memory the buffer's bytes; bindings of one buffer share the array
 * @param offset of the binding, in bytes
 */
public record Slot(byte[] memory, long offset) {}
