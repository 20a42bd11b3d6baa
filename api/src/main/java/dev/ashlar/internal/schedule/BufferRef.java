// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.schedule;

import dev.ashlar.type.DType;

/** A buffer of a plan before it is bound to memory. Compared by identity. */
final class BufferRef {
    enum Kind {
        /** Bound at each run to the storage of a leaf. */
        LEAF,
        /** Bound at each run to fresh or donated storage that outlives it. */
        OUTPUT,
        /** Lives in the plan's arena between its first writer and its last reader. */
        TEMPORARY
    }

    /** A temporary that turns out to hold an output becomes one. */
    Kind kind;
    final DType type;
    final long elements;
    /** Leaves: number among the leaves. Outputs: the node. Temporaries: byte offset in the arena, set by the memory plan. */
    long place;
    /** For temporaries the arena's chunk. */
    int chunk;
    /** For outputs the number among the plan's outputs. */
    int output = -1;

    BufferRef(Kind kind, DType type, long elements, long place) {
        this.kind = kind;
        this.type = type;
        this.elements = elements;
        this.place = place;
    }

    long bytes() {
        return elements * type.bytes();
    }
}
