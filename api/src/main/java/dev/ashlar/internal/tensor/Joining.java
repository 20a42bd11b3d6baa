// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import dev.ashlar.GridIndexing;
import dev.ashlar.Tensor;
import dev.ashlar.type.DType;
import dev.ashlar.type.DTypeMismatchException;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.Shape;
import dev.ashlar.type.ShapeMismatchException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** Puts tensors together: each is written into its part of the result. */
public final class Joining {
    private Joining() {}

    /** See {@link Tensor#cat}. */
    public static Tensor cat(int dim, Tensor... tensors) {
        if (tensors.length == 0) {
            throw new InvalidArgumentException("[cat] expected at least one tensor, got none; pass what is to be joined");
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
            return tensors[0].to(type);
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
                        + part.shape() + "; reshape or expand them first");
            }
            Primitives.checkSameDevice("cat", parts.get(0), part);
            total += part.shape().size(at);
        }
        if (parts.size() == 1) {
            return parts.get(0).to(type);
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
        check("stack", tensors);
        Tensor[] raised = new Tensor[tensors.length];
        for (int i = 0; i < tensors.length; i++) {
            if (!tensors[i].shape().equals(tensors[0].shape())) {
                throw new ShapeMismatchException("[stack] expected tensors of one shape, got " + tensors[0].shape() + " and "
                        + tensors[i].shape() + "; reshape or expand them first");
            }
            raised[i] = tensors[i].unsqueeze(dim);
        }
        return cat(dim < 0 ? dim + tensors[0].shape().rank() + 1 : dim, raised);
    }

    private static void check(String name, Tensor... tensors) {
        if (tensors.length == 0) {
            throw new InvalidArgumentException("[" + name + "] expected at least one tensor, got none; pass what is to be joined");
        }
    }

    private static Tensor[] each(String name, UnaryOperator<Tensor> raise, Tensor... tensors) {
        check(name, tensors);
        return Arrays.stream(tensors).map(raise).toArray(Tensor[]::new);
    }

    /** See {@link Tensor#hstack}. */
    public static Tensor hstack(Tensor... tensors) {
        Tensor[] raised = each("hstack", Tensor::atleast1d, tensors);
        return cat(raised[0].dim() == 1 ? 0 : 1, raised);
    }

    /** See {@link Tensor#vstack}. */
    public static Tensor vstack(Tensor... tensors) {
        return cat(0, each("vstack", Tensor::atleast2d, tensors));
    }

    /** See {@link Tensor#dstack}. */
    public static Tensor dstack(Tensor... tensors) {
        return cat(2, each("dstack", Tensor::atleast3d, tensors));
    }

    /** See {@link Tensor#columnStack}. */
    public static Tensor columnStack(Tensor... tensors) {
        return cat(1, each("columnStack", tensor -> tensor.dim() < 2 ? tensor.reshape(tensor.numel(), 1) : tensor, tensors));
    }

    // ---- grids ------------------------------------------------------------------------------------------------------------------

    /** See {@link Tensor#broadcastTensors}. */
    public static List<Tensor> broadcastTensors(Tensor... tensors) {
        Shape shape = Shape.of();
        for (Tensor tensor : tensors) {
            shape = Shape.broadcast("broadcastTensors", shape, tensor.shape());
        }
        List<Tensor> result = new ArrayList<>();
        for (Tensor tensor : tensors) {
            result.add(tensor.expand(shape.toArray()));
        }
        return result;
    }

    /** See {@link Tensor#meshgrid}. */
    public static List<Tensor> meshgrid(GridIndexing indexing, Tensor... tensors) {
        check("meshgrid", tensors);
        long[] sizes = new long[tensors.length];
        for (int i = 0; i < tensors.length; i++) {
            if (tensors[i].dim() > 1) {
                throw new ShapeMismatchException("[meshgrid] expected vectors or scalars, got shape " + tensors[i].shape()
                        + "; flatten it");
            }
            if (tensors[i].dtype() != tensors[0].dtype()) {
                throw new DTypeMismatchException("[meshgrid] expected tensors of one type, got " + tensors[0].dtype() + " and "
                        + tensors[i].dtype() + "; cast one");
            }
            sizes[i] = tensors[i].numel();
        }
        List<Tensor> result = new ArrayList<>();
        for (int i = 0; i < tensors.length; i++) {
            long[] line = new long[tensors.length];
            Arrays.fill(line, 1);
            line[i] = sizes[i];
            Tensor grid = tensors[i].reshape(line).expand(sizes);
            result.add(indexing == GridIndexing.XY && tensors.length > 1 ? grid.transpose(0, 1) : grid);
        }
        return result;
    }

    /** See {@link Tensor#cartesianProd}. */
    public static Tensor cartesianProd(Tensor... tensors) {
        check("cartesianProd", tensors);
        for (Tensor tensor : tensors) {
            if (tensor.dim() != 1) {
                throw new ShapeMismatchException("[cartesianProd] expected vectors, got shape " + tensor.shape() + "; flatten it");
            }
        }
        if (tensors.length == 1) {
            return tensors[0];
        }
        List<Tensor> grids = meshgrid(GridIndexing.IJ, tensors);
        return stack(-1, grids.toArray(Tensor[]::new)).reshape(grids.get(0).numel(), tensors.length);
    }

    /** Returns the combinations of elements of a vector, see {@link Tensor#combinations(int, boolean)}. */
    public static Tensor combinations(Tensor x, int r, boolean withReplacement) {
        if (r == 0) {
            return Primitives.full(Shape.of(0), 0.0, x.dtype(), Primitives.runtime(x));
        }
        int n = Math.toIntExact(x.numel());
        int apart = withReplacement ? 0 : 1;
        List<int[]> rows = new ArrayList<>();
        int[] row = new int[r];
        for (int i = 1; i < r; i++) {
            row[i] = row[i - 1] + apart;
        }
        while (row[r - 1] < n) {
            rows.add(row.clone());
            int last = r - 1;
            while (last > 0 && row[last] == n - 1 - apart * (r - 1 - last)) {
                last--;
            }
            row[last]++;
            for (int i = last + 1; i < r; i++) {
                row[i] = row[i - 1] + apart;
            }
        }
        long[] positions = rows.stream().flatMapToInt(Arrays::stream).asLongStream().toArray();
        Tensor index = Transfer.upload(MemorySegment.ofArray(positions), DType.INT64, Shape.of(positions.length), x.device());
        return x.indexSelect(0, index).reshape(rows.size(), r);
    }
}
