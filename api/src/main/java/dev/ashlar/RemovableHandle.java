// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

/** Takes back a registration, for example of a hook; doing it twice does no harm. */
@FunctionalInterface
public interface RemovableHandle extends AutoCloseable {
    /** Takes the registration back. */
    void remove();

    /** Takes the registration back at the end of a {@code try} block. */
    @Override
    default void close() {
        remove();
    }
}
