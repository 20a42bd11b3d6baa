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
    /** Elements of a line that are copied at a time before lines are interleaved. */
    private static final int SPAN = 1024;
    /** Distance between the copies; not a power of two, which would map all lines to the same cache sets. */
    private static final int PITCH = SPAN + 16;
    private static final int LINES = 12 * PITCH;
    /** Elements from which on a bulk copy beats a loop over the segment. */
    private static final int BULK = 8;
    /** Gapless elements from which on windows are packed run by run. */
    private static final int RUN = 3;

    private Packing() {}

    /**
     * Packs.
     *
     * @param frame for scratch memory
     * @param type storage type, converted to float32
     * @param base address of the matrix
     * @param across offsets of the elements of a strip, of which {@code used} from {@code first} on are taken
     * @param along offsets of k, of which {@code depth} from {@code start} on are taken
     * @param panel at [to + k * width + i] element i for each k; what is not used is 0
     */
    static void pack(
            Frame frame,
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
            for (int k = 0; k < depth; k++) {
                line(address + along.at(start + k), panel, to + k * width, used);
            }
        } else if (along.isStep(4)) {
            if (frame.lines.length == 0) {
                frame.lines = new float[LINES];
            }
            for (int k = 0; k < depth; k += SPAN) {
                interleave(
                        base + along.at(start + k), across, first, used, Math.min(SPAN, depth - k), frame.lines, panel, to + k * width,
                        width);
            }
        } else if (across.run() >= RUN && across.run() >= along.run()) {
            runsAcross(base, across, first, used, along, start, depth, panel, to, width);
        } else if (along.run() >= RUN) {
            runsAlong(base, across, first, used, along, start, depth, panel, to, width);
        } else {
            for (int k = 0; k < depth; k++) {
                long address = base + along.at(start + k);
                for (int i = 0; i < used; i++) {
                    panel[to + k * width + i] = Native.ALL.get(Native.F32, address + across.at(first + i));
                }
            }
        }
    }

    /** Packs windows: the strip's elements lie in runs, as the columns of a picture's rows do. */
    private static void runsAcross(
            long base, Offsets across, int first, int used, Offsets along, int start, int depth, float[] panel, int to, int width) {
        int run = across.run();
        for (int i = 0; i < used; ) {
            int n = Math.min(used - i, run - (first + i) % run);
            long address = base + across.at(first + i);
            switch (n) {
                case 8 -> eights(address, along, start, depth, panel, to + i, width);
                case 4 -> fours(address, along, start, depth, panel, to + i, width);
                default -> {
                    for (int k = 0; k < depth; k++) {
                        line(address + along.at(start + k), panel, to + i + k * width, n);
                    }
                }
            }
            i += n;
        }
    }

    private static void eights(long address, Offsets along, int start, int depth, float[] panel, int to, int width) {
        int at = to;
        for (int k = start; k < start + depth; k++) {
            long from = address + along.at(k);
            panel[at] = Native.ALL.get(Native.F32, from);
            panel[at + 1] = Native.ALL.get(Native.F32, from + 4);
            panel[at + 2] = Native.ALL.get(Native.F32, from + 8);
            panel[at + 3] = Native.ALL.get(Native.F32, from + 12);
            panel[at + 4] = Native.ALL.get(Native.F32, from + 16);
            panel[at + 5] = Native.ALL.get(Native.F32, from + 20);
            panel[at + 6] = Native.ALL.get(Native.F32, from + 24);
            panel[at + 7] = Native.ALL.get(Native.F32, from + 28);
            at += width;
        }
    }

    private static void fours(long address, Offsets along, int start, int depth, float[] panel, int to, int width) {
        int at = to;
        for (int k = start; k < start + depth; k++) {
            long from = address + along.at(k);
            panel[at] = Native.ALL.get(Native.F32, from);
            panel[at + 1] = Native.ALL.get(Native.F32, from + 4);
            panel[at + 2] = Native.ALL.get(Native.F32, from + 8);
            panel[at + 3] = Native.ALL.get(Native.F32, from + 12);
            at += width;
        }
    }

    /** Packs the transpose of windows: terms lie in runs. */
    private static void runsAlong(
            long base, Offsets across, int first, int used, Offsets along, int start, int depth, float[] panel, int to, int width) {
        int run = along.run();
        for (int k = 0; k < depth; ) {
            int n = Math.min(depth - k, run - (start + k) % run);
            long address = base + along.at(start + k);
            int at = to + k * width;
            for (int done = 0; done < n; ) {
                int rest = n - done;
                if (rest >= 8) {
                    eightDown(address + 4L * done, across, first, used, panel, at + done * width, width);
                    done += 8;
                } else if (rest >= 4) {
                    fourDown(address + 4L * done, across, first, used, panel, at + done * width, width);
                    done += 4;
                } else {
                    oneDown(address + 4L * done, across, first, used, panel, at + done * width);
                    done++;
                }
            }
            k += n;
        }
    }

    private static void eightDown(long address, Offsets across, int first, int used, float[] panel, int to, int width) {
        for (int i = 0; i < used; i++) {
            long from = address + across.at(first + i);
            int at = to + i;
            panel[at] = Native.ALL.get(Native.F32, from);
            panel[at + width] = Native.ALL.get(Native.F32, from + 4);
            panel[at + 2 * width] = Native.ALL.get(Native.F32, from + 8);
            panel[at + 3 * width] = Native.ALL.get(Native.F32, from + 12);
            panel[at + 4 * width] = Native.ALL.get(Native.F32, from + 16);
            panel[at + 5 * width] = Native.ALL.get(Native.F32, from + 20);
            panel[at + 6 * width] = Native.ALL.get(Native.F32, from + 24);
            panel[at + 7 * width] = Native.ALL.get(Native.F32, from + 28);
        }
    }

    private static void fourDown(long address, Offsets across, int first, int used, float[] panel, int to, int width) {
        for (int i = 0; i < used; i++) {
            long from = address + across.at(first + i);
            int at = to + i;
            panel[at] = Native.ALL.get(Native.F32, from);
            panel[at + width] = Native.ALL.get(Native.F32, from + 4);
            panel[at + 2 * width] = Native.ALL.get(Native.F32, from + 8);
            panel[at + 3 * width] = Native.ALL.get(Native.F32, from + 12);
        }
    }

    private static void oneDown(long address, Offsets across, int first, int used, float[] panel, int to) {
        for (int i = 0; i < used; i++) {
            panel[to + i] = Native.ALL.get(Native.F32, address + across.at(first + i));
        }
    }

    /**
     * Packs strips whose elements follow each other in memory, all of them term by term: strip by strip each line of memory would be
     * visited as often as strips share it, and by then it has left the cache.
     *
     * @param first element of the first strip
     * @param last element behind the last strip; the last one may be narrower than {@code width}
     * @param panel at [to + (strip * depth + k) * width + i] element i of a strip for each k; what is not used is 0
     */
    static void packLines(
            Frame frame, long base, Offsets across, int first, int last, Offsets along, int start, int depth, float[] panel, int to,
            int width) {
        int count = last - first;
        int whole = count / width;
        int rest = count - whole * width;
        if (rest > 0) {
            Arrays.fill(panel, to + whole * depth * width, to + (whole + 1) * depth * width, 0);
        }
        if (frame.lines.length == 0) {
            frame.lines = new float[LINES];
        }
        float[] line = frame.lines;
        long address = base + across.at(first);
        for (int k = 0; k < depth; k++) {
            MemorySegment.copy(Native.ALL, Native.F32, address + along.at(start + k), line, 0, count);
            deal(line, whole, panel, to + k * width, depth * width, width);
            if (rest > 0) {
                System.arraycopy(line, whole * width, panel, to + (whole * depth + k) * width, rest);
            }
        }
    }

    private static void deal(float[] line, int strips, float[] panel, int to, int pitch, int width) {
        if (width == 12) {
            for (int strip = 0; strip < strips; strip++) {
                int at = to + strip * pitch;
                int from = strip * 12;
                panel[at] = line[from];
                panel[at + 1] = line[from + 1];
                panel[at + 2] = line[from + 2];
                panel[at + 3] = line[from + 3];
                panel[at + 4] = line[from + 4];
                panel[at + 5] = line[from + 5];
                panel[at + 6] = line[from + 6];
                panel[at + 7] = line[from + 7];
                panel[at + 8] = line[from + 8];
                panel[at + 9] = line[from + 9];
                panel[at + 10] = line[from + 10];
                panel[at + 11] = line[from + 11];
            }
            return;
        }
        for (int strip = 0; strip < strips; strip++) {
            System.arraycopy(line, strip * width, panel, to + strip * pitch, width);
        }
    }

    private static void line(long address, float[] panel, int to, int n) {
        if (n >= BULK) {
            MemorySegment.copy(Native.ALL, Native.F32, address, panel, to, n);
            return;
        }
        for (int i = 0; i < n; i++) {
            panel[to + i] = Native.ALL.get(Native.F32, address + 4L * i);
        }
    }

    // Lines are copied in bulk and interleaved on the heap, many at a time: 0.17 ns per element, against 0.4 from the segment.
    private static void interleave(
            long base, Offsets across, int first, int used, int depth, float[] lines, float[] panel, int to, int width) {
        int i = 0;
        while (i < used) {
            int together = used - i >= 12 && width == 12 ? 12 : used - i >= 4 ? 4 : 1;
            for (int line = 0; line < together; line++) {
                MemorySegment.copy(Native.ALL, Native.F32, base + across.at(first + i + line), lines, line * PITCH, depth);
            }
            switch (together) {
                case 12 -> twelve(lines, depth, panel, to + i, width);
                case 4 -> four(lines, depth, panel, to + i, width);
                default -> one(lines, depth, panel, to + i, width);
            }
            i += together;
        }
    }

    private static void twelve(float[] lines, int depth, float[] panel, int to, int width) {
        int at = to;
        for (int k = 0; k < depth; k++) {
            panel[at] = lines[k];
            panel[at + 1] = lines[k + PITCH];
            panel[at + 2] = lines[k + 2 * PITCH];
            panel[at + 3] = lines[k + 3 * PITCH];
            panel[at + 4] = lines[k + 4 * PITCH];
            panel[at + 5] = lines[k + 5 * PITCH];
            panel[at + 6] = lines[k + 6 * PITCH];
            panel[at + 7] = lines[k + 7 * PITCH];
            panel[at + 8] = lines[k + 8 * PITCH];
            panel[at + 9] = lines[k + 9 * PITCH];
            panel[at + 10] = lines[k + 10 * PITCH];
            panel[at + 11] = lines[k + 11 * PITCH];
            at += width;
        }
    }

    private static void four(float[] lines, int depth, float[] panel, int to, int width) {
        int at = to;
        for (int k = 0; k < depth; k++) {
            panel[at] = lines[k];
            panel[at + 1] = lines[k + PITCH];
            panel[at + 2] = lines[k + 2 * PITCH];
            panel[at + 3] = lines[k + 3 * PITCH];
            at += width;
        }
    }

    private static void one(float[] lines, int depth, float[] panel, int to, int width) {
        int at = to;
        for (int k = 0; k < depth; k++) {
            panel[at] = lines[k];
            at += width;
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
