// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.spi;

/** Marks the end of one launch. */
public interface Fence {
    /** A launch that ended before {@link Backend#submit} returned. */
    Fence DONE = () -> {};

    /** Waits until the launch has ended; throws what it failed with. */
    void await();
}
