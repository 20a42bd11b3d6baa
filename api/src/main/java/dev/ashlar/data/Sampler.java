// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.data;

import dev.ashlar.Ashlar;
import dev.ashlar.Generator;
import org.jspecify.annotations.Nullable;

/**
 * Decides which samples an epoch has, and in which order. A sampler that remembers something between epochs is also
 * {@link dev.ashlar.Stateful}, so that a loader can save it.
 */
public interface Sampler {
    /** Returns the number of samples of an epoch. */
    long size();

    /**
     * Draws the samples of the next epoch.
     *
     * @param source {@link #generator()}, or the default one if there is none; or, when a broken epoch goes on, a copy of what it was then
     */
    long[] order(Generator source);

    /** Returns the generator that was set for this sampler alone; null if it draws from the default one. */
    default @Nullable Generator generator() {
        return null;
    }

    /** Draws the samples of the next epoch. */
    default long[] order() {
        Generator own = generator();
        return order(own == null ? Ashlar.generator() : own);
    }
}
