// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.opencl.memory;

import dev.ashlar.type.InvalidArgumentException;

/** What becomes of buffers that are closed; option {@code pool}. */
public enum Pooling {
    /** They wait for the next buffer of their size. */
    ON,
    /** They go back to the driver at once, and every buffer has just the size that was asked for: checking tools see more. */
    OFF,
    /**
     * As {@link #OFF}, but nothing goes back before the backend is closed. The simulator that looks for uninitialised reads needs it: it
     * never forgets the size of the first buffer that had a number, and where a larger one gets that number later, it takes the part
     * behind the old one's end for uninitialised.
     */
    KEEP;

    /**
     * Returns what a user chose.
     *
     * @throws InvalidArgumentException if it is none of {@code on}, {@code off}, {@code keep}
     */
    public static Pooling of(String name) {
        return switch (name) {
            case "on" -> ON;
            case "off" -> OFF;
            case "keep" -> KEEP;
            default -> throw new InvalidArgumentException("[opencl] expected on, off or keep for the option pool, got '" + name
                    + "'; leave it out for on");
        };
    }
}
