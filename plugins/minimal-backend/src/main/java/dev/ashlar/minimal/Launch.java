// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.minimal;

import dev.ashlar.spi.KernelArgs;
import dev.ashlar.type.DType;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * One launch: what is bound, and the numbers that say where its elements lie.
 *
 * @param types element type of each input, then of each output
 * @param memory for each of them the memory from the binding's offset on, then the error word if there is one
 * @param args sizes, strides, offsets and run-time scalars
 */
record Launch(List<DType> types, List<MemorySegment> memory, KernelArgs args) {
    /** Returns the element number that a binding has at a coordinate: its offset plus the strides' share of each axis. */
    long element(int binding, long[] at) {
        long element = args.offsets()[binding];
        for (int axis = 0; axis < at.length; axis++) {
            element += at[axis] * args.strides()[binding][axis];
        }
        return element;
    }

    long load(int binding, long element) {
        return Elements.load(types.get(binding), memory.get(binding), element);
    }

    void store(int binding, long element, long value) {
        Elements.store(types.get(binding), memory.get(binding), element, value);
    }
}
