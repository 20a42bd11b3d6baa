// SPDX-License-Identifier: Apache-2.0
/**
 * Tensors and the devices they live on.
 *
 * <p>Start with {@link dev.ashlar.Tensor}; its operations are grouped in families such as {@link dev.ashlar.ElementwiseOps} and
 * {@link dev.ashlar.ReductionOps}. {@link dev.ashlar.Ashlar} holds what is global: the default device, the seed, scopes.
 */
@NullMarked
package dev.ashlar;

import org.jspecify.annotations.NullMarked;
