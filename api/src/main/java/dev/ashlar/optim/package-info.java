// SPDX-License-Identifier: Apache-2.0
/**
 * Optimizers: they change the parameters of a module by their gradients.
 *
 * <p>Start with {@link dev.ashlar.optim.Optimizer}; {@link dev.ashlar.optim.SGD} is the smallest to read. Formulas and defaults are those
 * of <a href="https://docs.pytorch.org/docs/stable/optim.html">torch.optim</a>.
 */
@NullMarked
package dev.ashlar.optim;

import org.jspecify.annotations.NullMarked;
