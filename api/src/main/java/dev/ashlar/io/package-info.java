// SPDX-License-Identifier: Apache-2.0
/**
 * Formats that tensors are stored in.
 *
 * <p>{@link dev.ashlar.io.Checkpoint} saves and restores a model with its optimizer. It is a file in the
 * <a href="https://huggingface.co/docs/safetensors">safetensors</a> format, which {@link dev.ashlar.io.SafeTensors} reads and writes and
 * other programs understand.
 */
@NullMarked
package dev.ashlar.io;

import org.jspecify.annotations.NullMarked;
