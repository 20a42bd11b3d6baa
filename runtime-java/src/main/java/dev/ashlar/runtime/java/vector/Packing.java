// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.java.vector;

import dev.ashlar.runtime.java.device.Conversions;
import dev.ashlar.runtime.java.device.Native;
import dev.ashlar.type.DType;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Copies a strip of a matrix into a panel: for each k in turn the strip's {@code width} elements, which is the order that
 * {@link Lanes#tile} reads them in. Both factors of a product are packed alike, rows of the first and columns of the second.
 */
final class Packing {
    private static final int BULK = 24;

    private Packing() {}

    /**
     * Packs.
     *
     * @param type storage type, converted to float32
     * @param base address of the matrix
     * @param across offsets of the elements of a strip, of which {@code used} from {@code first} on are taken
     * @param along offsets of k, of which {@code depth} from {@code start} on are taken
     * @param panel at [to + k * width + i] element i for each k; what is not used is 0
     */
    static void pack(
            DType type,
            long base,
            Offsets across,
            int first,
            int used,
            Offsets along,
            int start,
            int depth,
            float[] panel,
            int to,
            int width) {
        if (used < width) {
            Arrays.fill(panel, to, to + depth * width, 0);
        }
        if (type != DType.FLOAT32) {
            converted(type, base, across, first, used, along, start, depth, panel, to, width);
        } else if (across.isStep(4)) {
            long address = base + across.at(first);
            if (used >= BULK) {
                for (int k = 0; k < depth; k++) {
                    MemorySegment.copy(Native.ALL, Native.F32, address + along.at(start + k), panel, to + k * width, used);
                }
            } else {
                for (int k = 0; k < depth; k++) {
                    short12(address + along.at(start + k), panel, to + k * width, used);
                }
            }
        } else if (along.isStep(4)) {
            long begin = base + along.at(start);
            int i = 0;
            for (; i + 4 <= used; i += 4) {
                long a0 = begin + across.at(first + i);
                long a1 = begin + across.at(first + i + 1);
                long a2 = begin + across.at(first + i + 2);
                long a3 = begin + across.at(first + i + 3);
                four(a0, a1, a2, a3, depth, panel, to + i, width);
            }
            for (; i < used; i++) {
                one(begin + across.at(first + i), depth, panel, to + i, width);
            }
        } else {
            for (int k = 0; k < depth; k++) {
                long address = base + along.at(start + k);
                for (int i = 0; i < used; i++) {
                    panel[to + k * width + i] = Native.ALL.get(Native.F32, address + across.at(first + i));
                }
            }
        }
    }

    private static void short12(long address, float[] panel, int to, int n) {
        for (int i = 0; i < n; i++) {
            panel[to + i] = Native.ALL.get(Native.F32, address + 4L * i);
        }
    }

    // Four strips at a time: their addresses stay in registers, and each line of the panel is visited a quarter as often.
    private static void four(long a0, long a1, long a2, long a3, int depth, float[] panel, int to, int width) {
        int at = to;
        for (int k = 0; k < depth; k++) {
            long next = 4L * k;
            panel[at] = Native.ALL.get(Native.F32, a0 + next);
            panel[at + 1] = Native.ALL.get(Native.F32, a1 + next);
            panel[at + 2] = Native.ALL.get(Native.F32, a2 + next);
            panel[at + 3] = Native.ALL.get(Native.F32, a3 + next);
            at += width;
        }
    }

    private static void one(long address, int depth, float[] panel, int to, int width) {
        for (int k = 0; k < depth; k++) {
            panel[to + k * width] = Native.ALL.get(Native.F32, address + 4L * k);
        }
    }

    private static void converted(
            DType type,
            long base,
            Offsets across,
            int first,
            int used,
            Offsets along,
            int start,
            int depth,
            float[] panel,
            int to,
            int width) {
        for (int k = 0; k < depth; k++) {
            long address = base + along.at(start + k);
            for (int i = 0; i < used; i++) {
                long bits = Native.load(type, address + across.at(first + i));
                panel[to + k * width + i] = Float.intBitsToFloat((int) Conversions.cast(type, DType.FLOAT32, bits));
            }
        }
    }
}
