// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import dev.ashlar.Tensor;
import dev.ashlar.type.DType;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.Shape;
import dev.ashlar.type.ShapeMismatchException;
import java.util.ArrayList;
import java.util.List;

/** Puts tensors together: each is written into its part of the result. */
public final class Joining {
    private Joining() {}

    /** See {@link Tensor#cat}. */
    public static Tensor cat(int dim, Tensor... tensors) {
        if (tensors.length == 0) {
            throw new InvalidArgumentException("[cat] expected at least one tensor");
        }
        List<Tensor> parts = new ArrayList<>();
        DType type = tensors[0].dtype();
        for (Tensor tensor : tensors) {
            type = DType.promote(type, tensor.dtype());
            // PyTorch lets an empty vector join anything.
            if (!tensor.shape().equals(Shape.of(0))) {
                parts.add(tensor);
            }
        }
        if (parts.isEmpty()) {
            return tensors[0];
        }
        Shape first = parts.get(0).shape();
        if (first.rank() == 0) {
            throw new ShapeMismatchException("[cat] expected tensors with dimensions, got a scalar; use stack");
        }
        int at = first.dim("cat", dim);
        long total = 0;
        for (Tensor part : parts) {
            boolean fits = part.shape().rank() == first.rank() && part.shape().with(at, 1).equals(first.with(at, 1));
            if (!fits) {
                throw new ShapeMismatchException("[cat] expected shapes that agree but for dimension " + at + ", got " + first + " and "
                        + part.shape());
            }
            Primitives.checkSameDevice("cat", parts.get(0), part);
            total += part.shape().size(at);
        }
        Tensor result = Primitives.uninitialised(first.with(at, total), type, Primitives.runtime(parts.get(0)));
        long position = 0;
        for (Tensor part : parts) {
            long[] starts = new long[first.rank()];
            starts[at] = position;
            result = Regions.insert(result, part.to(type), starts, Regions.dense(first));
            position += part.shape().size(at);
        }
        return result;
    }

    /** See {@link Tensor#stack}. */
    public static Tensor stack(int dim, Tensor... tensors) {
        Tensor[] raised = new Tensor[tensors.length];
        for (int i = 0; i < tensors.length; i++) {
            if (!tensors[i].shape().equals(tensors[0].shape())) {
                throw new ShapeMismatchException("[stack] expected tensors of one shape, got " + tensors[0].shape() + " and "
                        + tensors[i].shape());
            }
            raised[i] = tensors[i].unsqueeze(dim);
        }
        return cat(dim < 0 && tensors.length > 0 ? dim + tensors[0].shape().rank() + 1 : dim, raised);
    }
}
