// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.spi;

/**
 * The version of this contract. A backend is accepted if its major number is ours and its minor number is not newer.
 *
 * @param major changes when a backend must change
 * @param minor changes when a backend may do more
 */
public record SpecVersion(int major, int minor) {
    /** The version that this jar speaks. */
    public static final SpecVersion CURRENT = new SpecVersion(1, 0);

    /** Returns whether a backend written for {@code other} can be driven by a core of this version. */
    public boolean accepts(SpecVersion other) {
        return major == other.major && other.minor <= minor;
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
