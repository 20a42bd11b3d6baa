// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

/** Convolution and pooling over the last dimensions of batches of channels. */
public sealed interface ConvolutionOps permits Tensor {}
