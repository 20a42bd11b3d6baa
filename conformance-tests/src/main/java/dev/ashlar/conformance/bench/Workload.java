// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.bench;

import dev.ashlar.Device;

/**
 * Something that is done again and again to see how fast it goes. Inputs are made once; a run leaves no result behind that a device would
 * need new memory for.
 */
public interface Workload extends AutoCloseable {
    /** Returns the name, for example {@code matmul512}. */
    String name();

    /** Returns the unit of {@link #figure}, for example {@code GFLOP/s}. */
    String unit();

    /** Returns whether a larger figure is a better one. */
    boolean higherIsBetter();

    /** Makes the inputs on a device. */
    void setUp(Device device);

    /** Does it once. The device may still be busy afterwards: {@link Device#synchronize} waits. */
    void run();

    /**
     * Returns the figure.
     *
     * @param seconds that one run took
     */
    double figure(double seconds);

    /** Gives the memory of the inputs back. */
    @Override
    void close();
}
