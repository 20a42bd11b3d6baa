// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.suite;

import dev.ashlar.spi.LayoutClass;
import java.util.Locale;

/** Ways to lay out a binding, most of them hostile. */
public enum Layout {
    /** Row-major, and promised to be. */
    CONTIGUOUS,
    /** Row-major and promised to be, but it starts at an odd element, so nothing is aligned. */
    SHIFTED,
    /** Row-major, and nothing promised. */
    PLAIN,
    /** Rows without gaps, with gaps between them; promised. */
    INNER_ONE,
    /** Column-major. */
    TRANSPOSED,
    /** The first axis is the innermost, the others keep their order. */
    ROTATED,
    /** Gaps along every axis. */
    GAPS,
    /** Every axis runs backwards. */
    FLIPPED,
    /** The last axis runs backwards. */
    FLIPPED_INNER,
    /** Stride 0 along the last axis. */
    REPEATED_INNER,
    /** Stride 0 along the first axis. */
    REPEATED_OUTER,
    /** One element for all, promised. */
    BROADCAST,
    /** Every stride is 1, so that elements are shared. */
    WINDOW;

    /** Returns whether every coordinate has an element of its own, so that it can be written. */
    public boolean isWritable() {
        return switch (this) {
            case REPEATED_INNER, REPEATED_OUTER, BROADCAST, WINDOW -> false;
            default -> true;
        };
    }

    /** Returns the name in test labels. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Returns what may be promised about the view.
     *
     * @param varies for each iteration axis whether the binding varies along it
     */
    public LayoutClass promise(boolean output, boolean[] varies) {
        boolean all = true;
        for (boolean axis : varies) {
            all &= axis;
        }
        return switch (this) {
            // An input is contiguous only if it varies along every axis; an output need not vary along axes that are folded away.
            case CONTIGUOUS, SHIFTED -> all || output ? LayoutClass.CONTIGUOUS : LayoutClass.GENERAL;
            case INNER_ONE -> varies.length > 0 && varies[varies.length - 1] ? LayoutClass.INNER_ONE : LayoutClass.GENERAL;
            case BROADCAST -> LayoutClass.BROADCAST;
            default -> LayoutClass.GENERAL;
        };
    }

    /**
     * Lays out an iteration space.
     *
     * @param sizes of the axes
     * @param varies along which of them the binding varies; the stride along the others is 0
     */
    public View view(long[] sizes, boolean[] varies) {
        int rank = sizes.length;
        long[] strides = new long[rank];
        long step = this == GAPS ? 2 : 1;
        for (int k = 0; k < rank; k++) {
            int axis = axisFromInner(k, rank);
            boolean repeated = this == REPEATED_INNER && axis == rank - 1 || this == REPEATED_OUTER && axis == 0 || this == BROADCAST;
            if (!varies[axis] || repeated) {
                continue;
            }
            strides[axis] = this == WINDOW ? 1 : step;
            step *= Math.max(1, sizes[axis]);
            if (this == GAPS || this == INNER_ONE) {
                step += 3;
            }
        }
        long offset = switch (this) {
            case CONTIGUOUS, PLAIN, INNER_ONE -> 0;
            case SHIFTED -> 3;
            case BROADCAST -> 7;
            default -> 5;
        };
        long last = offset;
        for (int axis = 0; axis < rank; axis++) {
            long reach = strides[axis] * Math.max(0, sizes[axis] - 1);
            last += reach;
            if (this == FLIPPED || this == FLIPPED_INNER && axis == rank - 1) {
                strides[axis] = -strides[axis];
                offset += reach;
            }
        }
        return new View(strides, offset, last + 1);
    }

    private int axisFromInner(int k, int rank) {
        return switch (this) {
            case TRANSPOSED -> k;
            case ROTATED -> k == 0 ? 0 : rank - k;
            default -> rank - 1 - k;
        };
    }
}
