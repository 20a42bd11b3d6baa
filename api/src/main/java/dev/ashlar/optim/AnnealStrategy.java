// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.optim;

/** How a rate goes from one number to another: along half a period of a cosine, or straight. */
public enum AnnealStrategy {
    COS, LINEAR
}
