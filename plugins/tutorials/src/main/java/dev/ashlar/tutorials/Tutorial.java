// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.tutorials;

import java.io.IOException;

/** A program that shows something. It draws all its random numbers from fixed seeds, so that two runs on a device print the same. */
public interface Tutorial {
    /** Returns what the command line calls it: lower-case letters, digits and hyphens. */
    String name();

    /** Returns what it shows, in a line. */
    String summary();

    /**
     * Runs it to its end.
     *
     * @throws IOException if a file cannot be read or written
     */
    void run(TutorialContext context) throws IOException;
}
