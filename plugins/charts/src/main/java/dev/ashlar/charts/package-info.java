// SPDX-License-Identifier: Apache-2.0
/**
 * Pictures of a training as PNG files. All of it is {@link dev.ashlar.charts.Charts}; it takes plain arrays and knows no tensors.
 *
 * <p>Drawing needs no screen: a program without one sets {@code java.awt.headless=true} before the first picture.
 */
@NullMarked
package dev.ashlar.charts;

import org.jspecify.annotations.NullMarked;
