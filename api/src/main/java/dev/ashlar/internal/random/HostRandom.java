// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.random;

import java.nio.ByteBuffer;

/** A source that draws on the host when it is called. Not thread-safe. */
public interface HostRandom {
    /** Starts again. */
    void seed(long seed);

    /** Fills with numbers evenly from [low, high). */
    void uniform(float[] target, double low, double high);

    /** Fills with numbers evenly from [low, high). */
    void uniform(double[] target, double low, double high);

    /** Fills with numbers from the normal distribution. */
    void normal(float[] target, double mean, double std);

    /** Fills with numbers from the normal distribution. */
    void normal(double[] target, double mean, double std);

    /** Fills with whole numbers evenly from [low, high); the range is an unsigned number. */
    void integers(long[] target, long low, long high);

    /** Returns 0, ..., count - 1 in random order. */
    long[] permutation(int count);

    /** Returns the next number in [0, 1), of 53 bits. */
    double nextDouble();

    /** Returns the next number from the standard normal distribution. */
    double nextGaussian();

    /** Returns how many bytes {@link #save} writes. */
    int stateBytes();

    /** Writes the state. */
    void save(ByteBuffer target);

    /** Reads what {@link #save} wrote. */
    void load(ByteBuffer source);
}
