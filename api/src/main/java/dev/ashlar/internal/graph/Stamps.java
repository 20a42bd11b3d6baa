// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.graph;

import java.util.concurrent.atomic.AtomicLong;

/** Numbers flushes, so that a node can tell whether the current one has seen it. */
final class Stamps {
    private static final AtomicLong LAST = new AtomicLong();

    private Stamps() {}

    static long next() {
        return LAST.incrementAndGet();
    }
}
