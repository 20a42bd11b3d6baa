// SPDX-License-Identifier: Apache-2.0
/**
 * Tables from files, and their way into numbers that a network can learn from.
 *
 * <p>Start with {@link dev.ashlar.datasets.Table} (reading, selecting, splitting) and
 * {@link dev.ashlar.datasets.TablePreprocessor} (scaling, one-hot, class numbers). Nothing here knows tensors: matrices are plain
 * arrays. Everything that a user can get wrong is an {@link dev.ashlar.type.InvalidArgumentException} whose message names the file,
 * the line and the column.
 */
@NullMarked
package dev.ashlar.datasets;

import org.jspecify.annotations.NullMarked;
