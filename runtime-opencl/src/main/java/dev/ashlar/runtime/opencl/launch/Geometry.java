// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.opencl.launch;

import dev.ashlar.spi.Binding;
import dev.ashlar.spi.KernelArgs;
import dev.ashlar.type.DType;
import java.util.List;

/**
 * Sizes, strides and offsets of one launch (of one member), simplified: within each group of axes those that can be walked as one are
 * merged, axes of size 1 vanish, and the rest is moved to the group's end, so that the innermost axis is as long as it can be.
 * Re-used from launch to launch; allocates nothing after construction.
 */
final class Geometry {
    private static final long NARROW = Integer.MAX_VALUE - (1L << 20);

    private final int[] groups;
    private final boolean merge;
    private final DType[] types;
    private final int rank;
    final long[] sizes;
    final long[][] strides;
    final long[] offsets;
    long[] params = {};
    long extent;
    long site;

    /**
     * @param types of inputs and outputs
     * @param groups where each group of axes starts, and the rank at the end
     * @param merge whether axes may be merged; not where an expression reads coordinates
     */
    Geometry(List<DType> types, int[] groups, boolean merge) {
        this.types = types.toArray(DType[]::new);
        this.groups = groups.clone();
        this.merge = merge;
        this.rank = groups[groups.length - 1];
        this.sizes = new long[rank];
        this.strides = new long[types.size()][rank];
        this.offsets = new long[types.size()];
    }

    /** Takes over the numbers of a launch; {@code first} is the member's first binding. */
    void load(KernelArgs args, List<Binding> bindings, int first) {
        params = args.params();
        extent = args.extent();
        site = args.site();
        for (int j = 0; j < types.length; j++) {
            offsets[j] = bindings.get(first + j).offset() / types[j].bytes() + args.offsets()[j];
        }
        if (merge && args.sizes().length == rank) {
            for (int g = 0; g + 1 < groups.length; g++) {
                merge(args, groups[g], groups[g + 1]);
            }
        } else {
            copy(args);
        }
    }

    private void copy(KernelArgs args) {
        // A member of a group may have fewer axes than the group; coordinates count from the front.
        int own = args.sizes().length;
        int shift = merge ? rank - own : 0;
        for (int a = 0; a < rank; a++) {
            boolean there = a - shift >= 0 && a - shift < own;
            sizes[a] = there ? args.sizes()[a - shift] : 1;
            for (int j = 0; j < types.length; j++) {
                strides[j][a] = there ? args.strides()[j][a - shift] : 0;
            }
        }
    }

    private void merge(KernelArgs args, int from, int to) {
        int at = to;
        for (int a = to - 1; a >= from; a--) {
            long size = args.sizes()[a];
            if (size == 1) {
                continue;
            }
            if (at < to && continues(args, a, at)) {
                sizes[at] *= size;
                continue;
            }
            at--;
            sizes[at] = size;
            for (int j = 0; j < types.length; j++) {
                strides[j][at] = args.strides()[j][a];
            }
        }
        for (int a = from; a < at; a++) {
            sizes[a] = 1;
            for (int j = 0; j < types.length; j++) {
                strides[j][a] = 0;
            }
        }
    }

    private boolean continues(KernelArgs args, int axis, int inner) {
        for (int j = 0; j < types.length; j++) {
            if (args.strides()[j][axis] != strides[j][inner] * sizes[inner]) {
                return false;
            }
        }
        return true;
    }

    /** Returns the product of the sizes of axes [from, to). */
    long count(int from, int to) {
        long count = 1;
        for (int a = from; a < to; a++) {
            count *= sizes[a];
        }
        return count;
    }

    /** Returns how many of the axes [from, to) are longer than 1. */
    int longAxes(int from, int to) {
        int count = 0;
        for (int a = from; a < to; a++) {
            if (sizes[a] != 1) {
                count++;
            }
        }
        return count;
    }

    /**
     * Returns whether all indices and offsets of this launch need 64 bits.
     *
     * @param indexed binding whose stride along {@code axis} is multiplied with indices below {@link #extent}; -1 for none
     */
    boolean isWide(int indexed, int axis) {
        long total = 1;
        for (int a = 0; a < rank; a++) {
            if (sizes[a] > NARROW) {
                return true;
            }
            total *= Math.max(1, sizes[a]);
            if (total > NARROW && a < rank - 1 || total < 0) {
                return true;
            }
        }
        if (extent > NARROW) {
            return true;
        }
        for (int j = 0; j < types.length; j++) {
            long low = offsets[j];
            long high = offsets[j];
            for (int a = 0; a < rank; a++) {
                long count = j == indexed && a == axis ? extent : sizes[a];
                long reach = strides[j][a] * Math.max(0, count - 1);
                low += Math.min(0, reach);
                high += Math.max(0, reach);
                if (Math.abs(strides[j][a]) > NARROW / 64) {
                    return true;
                }
            }
            if (low < -NARROW || high > NARROW) {
                return true;
            }
        }
        return false;
    }
}
