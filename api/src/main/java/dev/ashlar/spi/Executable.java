// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.spi;

/**
 * A compiled kernel. The core asks for one per place in a plan, so an implementation may remember the arguments of its last launch
 * and pass on only what changed; launches of one executable never overlap in time on the host.
 */
public interface Executable extends AutoCloseable {
    /** Returns what was compiled. */
    KernelCode code();

    /** Returns a readable form for {@code explain()} and debugging, for example the generated source. */
    default String describe() {
        return code().toString();
    }

    @Override
    default void close() {}
}
