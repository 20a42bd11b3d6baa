// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;
import dev.ashlar.type.ShapeMismatchException;

/** Statistics of the columns of a table. */
final class Columns {
    private Columns() {}

    /** Returns the deviation (n - 1) of each column, 1 where it is 0. */
    static Tensor deviation(Tensor rows) {
        if (rows.shape().rank() != 2 || rows.size(0) < 2) {
            throw new ShapeMismatchException("[standardize] expected a table [rows, columns] of two rows or more, got " + rows.shape());
        }
        Tensor deviation = rows.std(0, false);
        return deviation.gt(0.0).where(deviation, deviation.onesLike());
    }
}
