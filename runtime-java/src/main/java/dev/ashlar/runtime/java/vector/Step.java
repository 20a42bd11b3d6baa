// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.java.vector;

/** One instruction of a {@link Program}: a loop over registers of a frame. Stateless. */
abstract class Step {
    /**
     * Computes the block at hand.
     *
     * @param n elements of the block
     */
    abstract void run(Frame frame, int n);
}
