// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.java.scalar;

import dev.ashlar.runtime.java.device.Operands;
import dev.ashlar.spi.KernelArgs;

/** Walks some axes of an iteration space in row-major order and knows where each operand of the current point lies. */
final class Points {
    private final Operands operands;
    private final KernelArgs args;
    private final long[] coordinates;

    Points(Operands operands, KernelArgs args) {
        this.operands = operands;
        this.args = args;
        this.coordinates = new long[args.sizes().length];
    }

    /** Sets the axes [from, to) to 0; returns false if there is no point at all because one of them is empty. */
    boolean first(int from, int to) {
        boolean any = true;
        for (int axis = from; axis < to; axis++) {
            coordinates[axis] = 0;
            any &= args.sizes()[axis] > 0;
        }
        return any;
    }

    /** Advances within the axes [from, to), the last one fastest; returns false after the last point, and is at the first again. */
    boolean next(int from, int to) {
        for (int axis = to - 1; axis >= from; axis--) {
            if (++coordinates[axis] < args.sizes()[axis]) {
                return true;
            }
            coordinates[axis] = 0;
        }
        return false;
    }

    long coordinate(int axis) {
        return coordinates[axis];
    }

    long param(int index) {
        return args.params()[index];
    }

    /** Returns the address of a binding's element at the current point. */
    long address(int binding) {
        return address(binding, -1, 0);
    }

    /** Returns the address of a binding's element at the current point, but for one coordinate. */
    long address(int binding, int otherAxis, long otherCoordinate) {
        long[] strides = args.strides()[binding];
        long element = 0;
        for (int axis = 0; axis < coordinates.length; axis++) {
            element += (axis == otherAxis ? otherCoordinate : coordinates[axis]) * strides[axis];
        }
        return operands.address(binding) + element * operands.type(binding).bytes();
    }
}
