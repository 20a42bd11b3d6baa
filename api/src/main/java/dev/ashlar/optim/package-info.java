// SPDX-License-Identifier: Apache-2.0
/**
 * Optimizers: they change the parameters of a module by their gradients.
 *
 * <p>Start with {@link dev.ashlar.optim.Optimizer}; {@link dev.ashlar.optim.Adagrad} is the smallest to read. {@link
 * dev.ashlar.optim.LRScheduler}s change learning rates as a training goes on, {@link dev.ashlar.optim.AveragedModel} keeps means of
 * weights. Formulas, defaults and the names of the state are those of
 * <a href="https://docs.pytorch.org/docs/stable/optim.html">torch.optim</a>. There is no SparseAdam, because there are no sparse tensors.
 */
@NullMarked
package dev.ashlar.optim;

import org.jspecify.annotations.NullMarked;
