// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.trainer;

/** How the figures of several classes become one. */
public enum Average {
    /** The figure of class 1 alone, for two classes. */
    BINARY,
    /** The mean over all classes that occur. */
    MACRO,
    /** All decisions counted together. */
    MICRO,
    /** The mean over classes, weighted by how often each is the target. */
    WEIGHTED
}
