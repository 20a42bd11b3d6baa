// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import dev.ashlar.Tensor;
import dev.ashlar.type.DType;
import dev.ashlar.type.DTypeMismatchException;
import dev.ashlar.type.DeviceMismatchException;
import dev.ashlar.type.Shape;
import dev.ashlar.type.ShapeMismatchException;

/** What a gradient must be like: as the value that it belongs to. */
final class Gradients {
    private Gradients() {}

    /** Checks what a hook returned in place of a gradient. */
    static void checkReplacement(String operation, Tensor gradient, Tensor replaced) {
        if (!replaced.shape().equals(gradient.shape())) {
            throw new ShapeMismatchException("[" + operation + "] expected the hook to return a gradient of shape " + gradient.shape()
                    + ", got " + replaced.shape() + "; return null to leave the gradient as it is");
        }
        if (replaced.dtype() != gradient.dtype()) {
            throw new DTypeMismatchException("[" + operation + "] expected the hook to return a gradient of " + gradient.dtype() + ", got "
                    + replaced.dtype() + "; cast it with to(type)");
        }
        if (!replaced.device().equals(gradient.device())) {
            throw new DeviceMismatchException("[" + operation + "] expected the hook to return a gradient on " + gradient.device().name()
                    + ", got one on " + replaced.device().name() + "; move it with to(device)");
        }
    }

    /** Returns what a custom function returned as the gradient of an input in the input's shape and type, as PyTorch does. */
    static Tensor fitted(String operation, int place, Tensor gradient, Shape shape, DType type) {
        Tensor result = gradient;
        if (!result.dtype().isFloatingPoint()) {
            throw new DTypeMismatchException("[" + operation + "] expected a floating-point gradient for input " + place + ", got "
                    + result.dtype() + "; return one of " + type);
        }
        if (!result.shape().equals(shape)) {
            if (!expands(shape, result.shape())) {
                throw new ShapeMismatchException("[" + operation + "] expected a gradient of shape " + shape + " for input " + place
                        + ", got " + result.shape() + "; return one of the input's shape from backward");
            }
            result = Tape.sumTo(result, shape);
        }
        return result.dtype() == type ? result : result.to(type);
    }

    private static boolean expands(Shape from, Shape to) {
        int lead = to.rank() - from.rank();
        if (lead < 0) {
            return false;
        }
        for (int i = 0; i < from.rank(); i++) {
            if (from.size(i) != 1 && from.size(i) != to.size(i + lead)) {
                return false;
            }
        }
        return true;
    }
}
