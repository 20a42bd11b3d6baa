// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.oracle;

import java.util.ArrayList;
import java.util.List;

/** What a launch must leave behind: the elements that it writes, and what it records about bad indices. */
public final class Expected {
    /**
     * One written element.
     *
     * @param binding number of the output among all bindings
     * @param position byte position in the buffer's image
     * @param at coordinate in the iteration space, for messages; empty for a scatter's target
     * @param value what it must be
     */
    public record Element(int binding, long position, long[] at, Scalar value) {}

    private final List<Element> elements = new ArrayList<>();
    private final List<Long> badIndices = new ArrayList<>();

    void put(int binding, long position, long[] at, Scalar value) {
        elements.add(new Element(binding, position, at.clone(), value));
    }

    void badIndex(long index) {
        badIndices.add(index);
    }

    /** Returns the written elements in the order of the iteration. */
    public List<Element> elements() {
        return elements;
    }

    /** Returns the indices that were out of range; any of them may be the recorded one. */
    public List<Long> badIndices() {
        return badIndices;
    }
}
