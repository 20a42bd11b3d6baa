// SPDX-License-Identifier: Apache-2.0
/**
 * Pictures of a training. {@link dev.ashlar.charts.Charts} has the usual ones as PNG files, {@link dev.ashlar.charts.Plot} draws others
 * as PNG and SVG; they take plain arrays and know no tensors.
 *
 * <p>Drawing needs no screen: a program without one sets {@code java.awt.headless=true} before the first picture.
 */
@NullMarked
package dev.ashlar.charts;

import org.jspecify.annotations.NullMarked;
