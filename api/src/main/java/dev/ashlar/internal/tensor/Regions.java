// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import static dev.ashlar.internal.tensor.Tape.of;

import dev.ashlar.Tensor;
import dev.ashlar.type.Shape;
import java.util.Arrays;

/** Reading and replacing rectangular parts, with gradients: each is the other's rule. */
public final class Regions {
    private Regions() {}

    /** Returns a part. Starts are in range, steps are &gt;= 1; one of each per dimension. */
    public static Tensor slice(Tensor x, long[] starts, long[] sizes, long[] steps) {
        Shape shape = x.shape();
        return Tape.record(
                "slice", Primitives.slice(x, starts, sizes, steps), of(x), of(), (g, _) -> insert(zeros(shape, g), g, starts, steps));
    }

    /** Returns {@code base} with a part replaced by {@code value}, which has its type. */
    public static Tensor insert(Tensor base, Tensor value, long[] starts, long[] steps) {
        Shape part = value.shape();
        Tensor y = Primitives.insert("insert", base, value, starts, steps);
        if (y == base) {
            return base;
        }
        return Tape.record(
                "insert",
                y,
                of(base, value),
                of(),
                (g, _) -> insert(g, zeros(part, g), starts, steps),
                (g, _) -> slice(g, starts, part.toArray(), steps));
    }

    private static Tensor zeros(Shape shape, Tensor like) {
        return Primitives.full(shape, 0.0, like.dtype(), Primitives.runtime(like));
    }

    /** Returns ones, for as many dimensions as a shape has: the steps of a part without gaps. */
    public static long[] dense(Shape shape) {
        long[] steps = new long[shape.rank()];
        Arrays.fill(steps, 1);
        return steps;
    }
}
