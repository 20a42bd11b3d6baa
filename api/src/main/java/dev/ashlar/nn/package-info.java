// SPDX-License-Identifier: Apache-2.0
/**
 * Modules: everything with state, and the layers built of it.
 *
 * <p>Start with {@link dev.ashlar.nn.Module}, what has parameters, buffers and children, and {@link dev.ashlar.nn.Layer}, a module that
 * turns one tensor into one. {@link dev.ashlar.nn.AbstractModule} is what own models extend; {@link dev.ashlar.nn.Linear} is a small
 * complete layer to read. Beside the modules: {@link dev.ashlar.nn.Init} for initial values, {@link dev.ashlar.nn.Utils} for gradients that
 * are limited and sequences that are padded, {@link dev.ashlar.nn.Parametrizations} for weights that are normalised, {@link
 * dev.ashlar.nn.Summary} for a table of a model, and {@link dev.ashlar.nn.NanGuard} for the module where a number was not finite. Names,
 * defaults, initial values and printing are those of
 * <a href="https://docs.pytorch.org/docs/stable/nn.html">torch.nn</a>.
 */
@NullMarked
package dev.ashlar.nn;

import org.jspecify.annotations.NullMarked;
