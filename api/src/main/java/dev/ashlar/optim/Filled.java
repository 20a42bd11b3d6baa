// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.optim;

import dev.ashlar.Tensor;
import dev.ashlar.type.DType;
import dev.ashlar.type.Shape;
import java.util.Arrays;

/** State before the first step. */
final class Filled {
    private Filled() {}

    /** Returns a tensor that comes from the host: unlike a recorded constant it does not give the first step a plan of its own. */
    static Tensor like(Tensor value, Shape shape, double number) {
        DType type = value.dtype();
        if (shape.rank() == 0) {
            return Tensor.scalar(number, type).to(value.device());
        }
        int count = Math.toIntExact(shape.elements());
        Tensor made;
        if (type == DType.FLOAT64) {
            double[] data = new double[count];
            Arrays.fill(data, number);
            made = Tensor.of(data, shape.toArray());
        } else {
            float[] data = new float[count];
            Arrays.fill(data, (float) number);
            made = Tensor.of(data, shape.toArray()).to(type);
        }
        return made.to(value.device());
    }
}
