// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.trainer;

import dev.ashlar.Tensor;
import dev.ashlar.type.DType;

/**
 * Outputs and targets of a classifier, one row per decision.
 *
 * @param scores [rows, classes]; of two classes that share one output it is [rows]
 * @param targets [rows], int64
 */
record Classes(Tensor scores, Tensor targets) {
    /**
     * Takes scores [samples, classes, ...] with classes [samples, ...], or one score for each target, which is 0 or 1 then.
     *
     * @param metric for the message of an exception
     */
    static Classes of(String metric, Tensor output, Tensor target) {
        if (!output.dtype().isFloatingPoint()) {
            throw Totals.shapes(metric, "scores of a floating-point type, not " + output.dtype(), output, target);
        }
        Tensor targets = target.to(DType.INT64);
        boolean oneEach = output.dim() < 2 || output.size(1) == 1 || output.dim() == target.dim();
        if (oneEach && output.shape().elements() == target.shape().elements()) {
            return new Classes(output.flatten(), targets.flatten());
        }
        boolean fits = output.dim() == target.dim() + 1 && output.dim() >= 2 && output.size(0) == target.size(0);
        for (int dim = 1; fits && dim < target.dim(); dim++) {
            fits = output.size(dim + 1) == target.size(dim);
        }
        if (!fits) {
            throw Totals.shapes(metric, "scores [samples, classes, ...] and classes [samples, ...]", output, target);
        }
        Tensor last = output.dim() == 2 ? output : output.movedim(1, -1).reshape(-1, output.size(1));
        return new Classes(last, targets.flatten());
    }

    boolean binary() {
        return scores.dim() == 1;
    }

    long count() {
        return binary() ? 2 : scores.size(1);
    }

    /** Returns the classes [rows] that are decided for; with one score those above the threshold are 1. */
    Tensor decisions(double threshold) {
        return binary() ? scores.gt(threshold).to(DType.INT64) : scores.argmax(1);
    }
}
