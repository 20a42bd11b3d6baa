// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.schedule;

import dev.ashlar.spi.LayoutClass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The axes of an iteration space after those of size 1 were dropped and those that follow each other in every operand were merged. */
final class Axes {
    final long[] sizes;
    /** How many axes are left of each group. */
    final int[] groups;
    /** For each operand its strides over the axes that are left. */
    final List<long[]> strides;

    private Axes(long[] sizes, int[] groups, List<long[]> strides) {
        this.sizes = sizes;
        this.groups = groups;
        this.strides = strides;
    }

    /**
     * @param groups how many consecutive axes belong together; axes of different groups are never merged
     * @param keepOne whether a group that had axes keeps one of size 1 when all could go
     */
    static Axes merge(long[] sizes, int[] groups, List<long[]> strides, boolean keepOne) {
        List<int[]> runs = new ArrayList<>();
        int[] left = new int[groups.length];
        int axis = 0;
        for (int group = 0; group < groups.length; group++) {
            int end = axis + groups[group];
            int before = runs.size();
            for (; axis < end; axis++) {
                if (sizes[axis] == 1 && !(keepOne && axis == end - 1 && runs.size() == before)) {
                    continue;
                }
                int[] last = runs.size() > before ? runs.getLast() : null;
                if (last != null && follows(sizes, strides, last[1], axis)) {
                    last[1] = axis;
                } else {
                    runs.add(new int[] {axis, axis});
                }
            }
            left[group] = runs.size() - before;
        }
        long[] merged = new long[runs.size()];
        List<long[]> mergedStrides = new ArrayList<>();
        for (int i = 0; i < merged.length; i++) {
            merged[i] = 1;
            for (int j = runs.get(i)[0]; j <= runs.get(i)[1]; j++) {
                merged[i] *= sizes[j];
            }
        }
        for (long[] operand : strides) {
            long[] result = new long[merged.length];
            for (int i = 0; i < merged.length; i++) {
                result[i] = operand[runs.get(i)[1]];
            }
            mergedStrides.add(result);
        }
        return new Axes(merged, left, mergedStrides);
    }

    /** Returns whether {@code inner} continues {@code outer} in every operand; sizes of 1 between them were dropped. */
    private static boolean follows(long[] sizes, List<long[]> strides, int outer, int inner) {
        for (long[] operand : strides) {
            if (operand[outer] != operand[inner] * sizes[inner]) {
                return false;
            }
        }
        return true;
    }

    /** @param axes how many of the first axes the operand may vary along */
    static LayoutClass classify(long[] sizes, long[] strides, int axes) {
        boolean contiguous = true;
        long expected = 1;
        for (int i = axes - 1; i >= 0; i--) {
            if (sizes[i] != 1 && strides[i] != expected) {
                contiguous = false;
            }
            expected *= sizes[i];
        }
        if (contiguous) {
            return LayoutClass.CONTIGUOUS;
        }
        if (Arrays.stream(strides).allMatch(stride -> stride == 0)) {
            return LayoutClass.BROADCAST;
        }
        return axes > 0 && strides[axes - 1] == 1 ? LayoutClass.INNER_ONE : LayoutClass.GENERAL;
    }
}
