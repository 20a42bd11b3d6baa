// SPDX-License-Identifier: Apache-2.0
/**
 * Programs to read and to run: each follows a well-known introduction to PyTorch section by section, prints what that prints, and ends
 * with its figures and pictures. Two more, on digits and characters, are on real data. {@link dev.ashlar.tutorials.Tutorials} lists
 * them; start with the crop yields.
 */
@NullMarked
package dev.ashlar.tutorials;

import org.jspecify.annotations.NullMarked;
