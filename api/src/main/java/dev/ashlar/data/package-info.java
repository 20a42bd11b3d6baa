// SPDX-License-Identifier: Apache-2.0
/**
 * Data sets and the loader that makes batches of them.
 *
 * <p>Start with {@link dev.ashlar.data.DataLoader}. A {@link dev.ashlar.data.TensorDataset} is data that lies in tensors; an own
 * {@link dev.ashlar.data.Dataset} makes its samples when they are asked for, and an {@link dev.ashlar.data.IterableDataset} reads them
 * from a stream. {@link dev.ashlar.data.Subset}, {@link dev.ashlar.data.ConcatDataset} and their like make data sets of others.
 * {@link dev.ashlar.data.Sampler}s decide about the order.
 */
@NullMarked
package dev.ashlar.data;

import org.jspecify.annotations.NullMarked;
