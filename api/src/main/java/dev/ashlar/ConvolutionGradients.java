// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

import org.jspecify.annotations.Nullable;

/**
 * The gradients of a convolution; each is null if it was not asked for.
 *
 * @param input of the input's shape
 * @param weight of the weight's shape
 * @param bias one number per output
 */
public record ConvolutionGradients(@Nullable Tensor input, @Nullable Tensor weight, @Nullable Tensor bias) {}
