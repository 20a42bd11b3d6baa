// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.java.vector;

/** A step that moves a block between memory and a register, row piece by row piece where the operand is not gapless. */
abstract class Walk extends Step {
    /** Elements of a row below which rows are moved together. */
    private static final int SHORT = 16;

    private final int operand;
    private final int bytes;

    /**
     * @param operand number of the operand in the space
     * @param bytes size of an element
     */
    Walk(int operand, int bytes) {
        this.operand = operand;
        this.bytes = bytes;
    }

    /**
     * Moves {@code n} elements.
     *
     * @param at position in the register
     * @param address of the first element
     * @param step bytes from one element to the next
     */
    abstract void piece(Frame frame, int at, long address, long step, int n);

    /**
     * Moves {@code rows} rows of {@code width} elements that follow each other in the register.
     *
     * @param pitch bytes from one row to the next
     */
    void rows(Frame frame, int at, long address, long pitch, int rows, long step, int width) {
        for (int row = 0; row < rows; row++) {
            piece(frame, at + row * width, address + row * pitch, step, width);
        }
    }

    /** Repeats the first {@code period} elements of the register up to element {@code n}; false if this step cannot. */
    boolean repeat(Frame frame, int period, int n) {
        return false;
    }

    @Override
    final void run(Frame frame, int n) {
        Space space = frame.space;
        if (space.isLinear(operand)) {
            piece(frame, 0, space.base(operand) + frame.position * bytes, bytes, n);
            return;
        }
        long[] steps = space.steps(operand);
        int last = space.rank() - 1;
        long row = space.base(operand);
        long outer = 0;
        for (int axis = 0; axis < last; axis++) {
            row += frame.start[axis] * steps[axis];
            frame.walk[axis] = frame.start[axis];
            outer |= steps[axis];
        }
        long width = space.size(last);
        long inner = steps[last];
        if (outer == 0 && (inner == 0 || n >= 2 * width && repeatRow(frame, row, inner, (int) width, n))) {
            if (inner == 0) {
                piece(frame, 0, row, 0, n);
            }
            return;
        }
        long column = frame.start[last];
        int at = 0;
        while (true) {
            if (column == 0 && width < SHORT && n - at >= width && last > 0) {
                // Many short rows, as pooling windows or padded pictures have: a call for each would cost more than the row.
                int axis = last - 1;
                int count = (int) Math.min((n - at) / width, space.size(axis) - frame.walk[axis]);
                rows(frame, at, row, steps[axis], count, inner, (int) width);
                at += count * (int) width;
                if (at == n) {
                    return;
                }
                frame.walk[axis] += count - 1;
                row += (count - 1) * steps[axis];
                row = next(frame, space, steps, axis, row);
                continue;
            }
            int length = (int) Math.min(n - at, width - column);
            piece(frame, at, row + column * inner, inner, length);
            at += length;
            if (at == n) {
                return;
            }
            column = 0;
            row = next(frame, space, steps, last - 1, row);
        }
    }

    private static long next(Frame frame, Space space, long[] steps, int from, long address) {
        int axis = from;
        long row = address + steps[axis];
        while (++frame.walk[axis] == space.size(axis)) {
            frame.walk[axis] = 0;
            row -= steps[axis] * space.size(axis);
            row += steps[--axis];
        }
        return row;
    }

    // A row that all others repeat, as a bias is: read once, then doubled within the register.
    private boolean repeatRow(Frame frame, long row, long inner, int width, int n) {
        int column = (int) frame.start[frame.space.rank() - 1];
        piece(frame, 0, row + column * inner, inner, width - column);
        if (column > 0) {
            piece(frame, width - column, row, inner, column);
        }
        return repeat(frame, width, n);
    }
}
