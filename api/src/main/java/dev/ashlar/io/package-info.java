// SPDX-License-Identifier: Apache-2.0
/**
 * Formats that tensors are stored in.
 *
 * <p>{@link dev.ashlar.io.Checkpoint} saves and restores a model with its optimizer, {@link dev.ashlar.io.TrainingState} all that a run
 * needs to go on exactly, and {@link dev.ashlar.io.CheckpointFolder} keeps the newest and the best of them. They are files in the
 * <a href="https://huggingface.co/docs/safetensors">safetensors</a> format, which {@link dev.ashlar.io.SafeTensors} reads and writes and
 * other programs understand.
 */
@NullMarked
package dev.ashlar.io;

import org.jspecify.annotations.NullMarked;
