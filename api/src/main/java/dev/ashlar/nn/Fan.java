// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

/** Which end of a weight keeps its variance: {@link #IN} that of activations going forward, {@link #OUT} that of gradients going back. */
public enum Fan {
    IN,
    OUT
}
