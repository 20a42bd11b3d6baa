// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

import static dev.ashlar.internal.tensor.Tape.of;

import dev.ashlar.internal.tensor.Dims;
import dev.ashlar.internal.tensor.Primitives;
import dev.ashlar.internal.tensor.Regions;
import dev.ashlar.internal.tensor.Tape;
import dev.ashlar.type.DType;
import dev.ashlar.type.DTypeMismatchException;
import dev.ashlar.type.IndexOutOfRangeException;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.Shape;
import dev.ashlar.type.ShapeMismatchException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Other arrangements of the same elements. They cost nothing by themselves: data moves only when an operation needs it to. Results are
 * values: later changes of the original do not show in them.
 */
public sealed interface MovementOps permits Tensor {
    private Tensor self() {
        return (Tensor) this;
    }

    /** Returns sizes with a -1 among them replaced by what is left of a number of elements. */
    private static long[] inferred(String name, Shape shape, long elements, long[] sizes) {
        long[] target = sizes.clone();
        long known = 1;
        int open = -1;
        boolean fits = true;
        for (int i = 0; i < target.length; i++) {
            if (target[i] == -1 && open < 0) {
                open = i;
            } else {
                fits &= target[i] >= 0;
                known *= target[i];
            }
        }
        if (open >= 0 && known > 0 && elements % known == 0) {
            target[open] = elements / known;
        }
        if (!fits || open >= 0 && target[open] < 0 || Shape.of(target).elements() != elements) {
            throw new ShapeMismatchException("[" + name + "] expected sizes with " + elements + " elements for shape " + shape + ", got "
                    + Arrays.toString(sizes) + "; one size may be -1, if the others leave one choice");
        }
        return target;
    }

    /**
     * Returns the elements, row-major, in another shape.
     *
     * @param sizes one of them may be -1: it is inferred
     * @throws ShapeMismatchException if the number of elements differs
     */
    default Tensor reshape(long... sizes) {
        return reshaped("reshape", sizes);
    }

    private Tensor reshaped(String name, long[] sizes) {
        Tensor x = self();
        Shape shape = Shape.of(inferred(name, x.shape(), x.shape().elements(), sizes));
        if (shape.equals(x.shape())) {
            return x;
        }
        long[] original = x.shape().toArray();
        return Tape.record(name, Primitives.reshape(x, shape), of(x), of(), (g, _) -> g.reshape(original));
    }

    /** Returns the elements, row-major, in the shape of another tensor. */
    default Tensor reshapeAs(Tensor other) {
        return reshaped("reshapeAs", other.shape().toArray());
    }

    /**
     * Same as {@link #reshape}: values are immutable, so that a view and a copy cannot be told apart.
     *
     * @throws ShapeMismatchException if the number of elements differs
     */
    default Tensor view(long... sizes) {
        return reshaped("view", sizes);
    }

    /** Same as {@link #reshapeAs}. */
    default Tensor viewAs(Tensor other) {
        return reshaped("viewAs", other.shape().toArray());
    }

    /**
     * Returns the first elements, row-major, in another shape; where it has more elements, zeros follow.
     *
     * @param sizes &gt;= 0
     */
    default Tensor resize(long... sizes) {
        Shape shape = Shape.of(sizes);
        Tensor flat = self().flatten();
        long missing = shape.elements() - flat.numel();
        return (missing > 0 ? flat.pad(0, 0, missing) : flat.slice(0, 0, shape.elements(), 1)).reshape(sizes);
    }

    /** Returns this with dimensions {@code from} to {@code to} (inclusive) merged into one. */
    default Tensor flatten(int from, int to) {
        Shape shape = self().shape();
        int first = shape.dim("flatten", from);
        int last = shape.dim("flatten", to);
        if (first > last) {
            throw new InvalidArgumentException("[flatten] expected a first dimension not behind the last, got " + from + " and " + to
                    + "; exchange them");
        }
        if (shape.rank() == 0) {
            return reshape(1);
        }
        List<Long> sizes = new ArrayList<>();
        long merged = 1;
        for (int i = 0; i < shape.rank(); i++) {
            if (i < first || i > last) {
                sizes.add(shape.size(i));
            } else {
                merged *= shape.size(i);
                if (i == last) {
                    sizes.add(merged);
                }
            }
        }
        return reshape(sizes.stream().mapToLong(Long::longValue).toArray());
    }

    /** Merges all dimensions from {@code from} on. */
    default Tensor flatten(int from) {
        return flatten(from, -1);
    }

    /** Returns all elements in one dimension. */
    default Tensor flatten() {
        return flatten(0, -1);
    }

    /** Same as {@link #flatten()}. */
    default Tensor ravel() {
        return reshaped("ravel", new long[] {self().numel()});
    }

    /**
     * Returns this with one dimension split into several.
     *
     * @param sizes their product is the size of the dimension; one of them may be -1
     */
    default Tensor unflatten(int dim, long... sizes) {
        Shape shape = self().shape();
        int at = shape.dim("unflatten", dim);
        if (shape.rank() == 0 || sizes.length == 0) {
            throw new ShapeMismatchException("[unflatten] expected a dimension and sizes to split it into, got shape " + shape
                    + " and sizes " + Arrays.toString(sizes) + "; use reshape for a scalar");
        }
        long[] parts = inferred("unflatten", shape, shape.size(at), sizes);
        long[] target = new long[shape.rank() - 1 + parts.length];
        Arrays.setAll(target, i -> i < at ? shape.size(i) : i < at + parts.length ? parts[i - at] : shape.size(i - parts.length + 1));
        return reshape(target);
    }

    /**
     * Returns this with its dimensions in another order.
     *
     * @param order dimension i of the result is dimension {@code order[i]} of this
     */
    default Tensor permute(int... order) {
        Tensor x = self();
        int rank = x.shape().rank();
        int[] from = new int[rank];
        boolean[] seen = new boolean[rank];
        if (order.length != rank) {
            throw new InvalidArgumentException("[permute] expected " + rank + " dimensions for shape " + x.shape() + ", got "
                    + Arrays.toString(order) + "; name each dimension once");
        }
        for (int i = 0; i < rank; i++) {
            from[i] = x.shape().dim("permute", order[i]);
            if (seen[from[i]]) {
                throw new InvalidArgumentException("[permute] expected each dimension once, got " + Arrays.toString(order)
                        + "; name the others too");
            }
            seen[from[i]] = true;
        }
        int[] back = new int[rank];
        for (int i = 0; i < rank; i++) {
            back[from[i]] = i;
        }
        return Tape.record("permute", Primitives.permute(x, from), of(x), of(), (g, _) -> g.permute(back));
    }

    /** Returns this with two dimensions exchanged. */
    default Tensor transpose(int a, int b) {
        Shape shape = self().shape();
        int first = shape.dim("transpose", a);
        int second = shape.dim("transpose", b);
        if (shape.rank() == 0) {
            return self();
        }
        int[] order = new int[shape.rank()];
        Arrays.setAll(order, i -> i == first ? second : i == second ? first : i);
        return permute(order);
    }

    /** Returns the transposed matrix; tensors of fewer than two dimensions are returned as they are. */
    default Tensor t() {
        if (self().shape().rank() > 2) {
            throw new ShapeMismatchException("[t] expected at most 2 dimensions, got shape " + self().shape() + "; use transpose(a, b)");
        }
        return self().shape().rank() < 2 ? self() : transpose(0, 1);
    }

    /** Returns the transposed matrices of a batch {@code [..., n, m]}: the last two dimensions are exchanged. */
    default Tensor mT() {
        if (self().shape().rank() < 2) {
            throw new ShapeMismatchException("[mT] expected a matrix or a batch of them, got shape " + self().shape()
                    + "; unsqueeze a vector first");
        }
        return transpose(-2, -1);
    }

    /** Returns this repeated along dimensions of size 1 and new leading ones; -1 keeps a size. */
    default Tensor expand(long... sizes) {
        Tensor x = self();
        int lead = sizes.length - x.shape().rank();
        long[] target = sizes.clone();
        boolean fits = lead >= 0;
        for (int i = 0; fits && i < target.length; i++) {
            long own = i < lead ? 1 : x.shape().size(i - lead);
            if (target[i] == -1 && i >= lead) {
                target[i] = own;
            }
            fits = target[i] >= 0 && (own == target[i] || own == 1);
        }
        if (!fits) {
            throw new ShapeMismatchException("[expand] expected sizes that shape " + x.shape() + " broadcasts to, got "
                    + Arrays.toString(sizes) + "; only dimensions of size 1 and new leading ones can be repeated");
        }
        Shape shape = Shape.of(target);
        if (shape.equals(x.shape())) {
            return x;
        }
        Shape original = x.shape();
        return Tape.record("expand", Primitives.expand(x, shape), of(x), of(), (g, _) -> Tape.sumTo(g, original));
    }

    /** Same as {@link #expand}. */
    default Tensor broadcastTo(long... sizes) {
        return expand(sizes);
    }

    /** Returns this repeated to the shape of another tensor. */
    default Tensor expandAs(Tensor other) {
        return expand(other.shape().toArray());
    }

    /** Returns this without its dimensions of size 1. */
    default Tensor squeeze() {
        return reshape(Arrays.stream(self().shape().toArray()).filter(size -> size != 1).toArray());
    }

    /** Returns this without one dimension if that has size 1. */
    default Tensor squeeze(int dim) {
        Shape shape = self().shape();
        int at = shape.dim("squeeze", dim);
        return shape.rank() == 0 || shape.size(at) != 1 ? self() : reshape(shape.without(at).toArray());
    }

    /** Returns this without those of the given dimensions that have size 1. */
    default Tensor squeeze(int... dims) {
        Shape shape = self().shape();
        boolean[] gone = new boolean[Math.max(1, shape.rank())];
        for (int dim : Dims.distinct("squeeze", shape, dims)) {
            gone[dim] = shape.rank() > 0 && shape.size(dim) == 1;
        }
        return reshape(IntStream.range(0, shape.rank()).filter(i -> !gone[i]).mapToLong(shape::size).toArray());
    }

    /** Returns this with a new dimension of size 1. */
    default Tensor unsqueeze(int dim) {
        long[] sizes = self().shape().toArray();
        int rank = sizes.length + 1;
        if (dim < -rank || dim >= rank) {
            throw new InvalidArgumentException("[unsqueeze] expected a dimension in [" + -rank + ", " + (rank - 1) + "] for shape "
                    + self().shape() + ", got " + dim + "; that many places are there for a new one");
        }
        int at = dim < 0 ? dim + rank : dim;
        long[] target = new long[rank];
        for (int i = 0; i < rank; i++) {
            target[i] = i < at ? sizes[i] : i == at ? 1 : sizes[i - 1];
        }
        return reshape(target);
    }

    /** Returns this with some dimensions reversed. */
    default Tensor flip(int... dims) {
        Tensor x = self();
        int[] from = Dims.distinct("flip", x.shape(), dims);
        if (x.shape().rank() == 0 || dims.length == 0) {
            return x;
        }
        return Tape.record("flip", Primitives.flip(x, from), of(x), of(), (g, _) -> g.flip(from));
    }

    /**
     * Returns part of one dimension.
     *
     * @param start negative values count from the end; limited to the size
     * @param end exclusive; negative values count from the end; limited to the size
     * @param step &gt;= 1
     */
    default Tensor slice(int dim, long start, long end, long step) {
        Tensor x = self();
        Shape shape = x.shape();
        if (shape.rank() == 0) {
            throw new ShapeMismatchException("[slice] expected a tensor with dimensions, got a scalar; reshape it to [1] first");
        }
        if (step < 1) {
            throw new InvalidArgumentException("[slice] expected a step >= 1, got " + step + "; use flip for the other direction");
        }
        int at = shape.dim("slice", dim);
        long size = shape.size(at);
        long from = Math.clamp(start < 0 ? start + size : start, 0L, size);
        long to = Math.clamp(end < 0 ? end + size : end, from, size);
        long[] starts = new long[shape.rank()];
        long[] sizes = shape.toArray();
        long[] steps = new long[shape.rank()];
        Arrays.fill(steps, 1);
        starts[at] = from;
        steps[at] = step;
        sizes[at] = Math.ceilDiv(to - from, step);
        if (sizes[at] == size) {
            return x;
        }
        return Regions.slice(x, starts, sizes, steps);
    }

    default Tensor slice(int dim, long start, long end) {
        return slice(dim, start, end, 1);
    }

    /**
     * Returns {@code length} elements of one dimension from {@code start} on.
     *
     * @param start in [-size, size]; negative values count from the end
     */
    default Tensor narrow(int dim, long start, long length) {
        Shape shape = self().shape();
        int at = shape.dim("narrow", dim);
        long size = shape.rank() == 0 ? 0 : shape.size(at);
        long from = start < 0 ? start + size : start;
        if (shape.rank() == 0 || from < 0 || from > size || length < 0 || length > size - from) {
            throw new InvalidArgumentException("[narrow] expected a part of dimension " + dim + " of shape " + shape + ", got start "
                    + start + " and length " + length + "; the part must end at or before the size");
        }
        return slice(at, from, from + length, 1);
    }

    /**
     * Returns {@code length} elements of one dimension from where a tensor says on; waits for the device to know.
     *
     * @param start one whole number
     */
    default Tensor narrow(int dim, Tensor start, long length) {
        if (start.dtype().isFloatingPoint() || start.dtype() == DType.BOOL || start.numel() != 1) {
            throw new DTypeMismatchException("[narrow] expected a start of one whole number, got " + start.dtype() + " of shape "
                    + start.shape() + "; give one index");
        }
        return narrow(dim, start.itemLong(), length);
    }

    /** Returns the part at one index of a dimension, without that dimension; a negative index counts from the end. */
    default Tensor select(int dim, long index) {
        Shape shape = self().shape();
        if (shape.rank() == 0) {
            throw new ShapeMismatchException("[select] expected a tensor with dimensions, got a scalar; it has no parts");
        }
        int at = shape.dim("select", dim);
        long size = shape.size(at);
        if (index < -size || index >= size) {
            throw new IndexOutOfRangeException("[select] expected an index in [" + -size + ", " + (size - 1)
                    + "] for dimension " + dim + " of shape " + shape + ", got " + index + "; negative indices count from the end");
        }
        long from = index < 0 ? index + size : index;
        return slice(at, from, from + 1, 1).reshape(shape.without(at).toArray());
    }

    /**
     * Returns this with values added at the borders.
     *
     * @param value what to add
     * @param amounts pairs (before, after), the last dimension first, as in PyTorch; negative amounts cut off
     */
    default Tensor pad(double value, long... amounts) {
        Tensor x = self();
        int rank = x.shape().rank();
        if (amounts.length % 2 != 0 || amounts.length / 2 > rank) {
            throw new InvalidArgumentException("[pad] expected up to " + rank + " pairs of amounts for shape " + x.shape() + ", got "
                    + Arrays.toString(amounts) + "; give two amounts for each dimension, the last one first");
        }
        for (int i = 0; i < amounts.length / 2; i++) {
            int dim = rank - 1 - i;
            long before = Math.min(0, amounts[2 * i]);
            long after = Math.min(0, amounts[2 * i + 1]);
            if (before < 0 || after < 0) {
                x = x.narrow(dim, -before, Math.max(0, x.shape().size(dim) + before + after));
            }
        }
        long[] sizes = x.shape().toArray();
        long[] starts = new long[rank];
        long[] steps = new long[rank];
        Arrays.fill(steps, 1);
        for (int i = 0; i < amounts.length / 2; i++) {
            int dim = rank - 1 - i;
            starts[dim] = Math.max(0, amounts[2 * i]);
            sizes[dim] += starts[dim] + Math.max(0, amounts[2 * i + 1]);
        }
        Shape shape = Shape.of(sizes);
        if (shape.equals(x.shape())) {
            return x;
        }
        return Regions.insert(Primitives.full(shape, value, x.dtype(), Primitives.runtimeOf(x)), x, starts, steps);
    }

    /**
     * Returns sliding windows over one dimension as a new last dimension.
     *
     * @param size of a window, &gt;= 0
     * @param step between windows, &gt;= 1
     */
    default Tensor unfold(int dim, long size, long step) {
        return unfold(dim, size, step, 1);
    }

    /** Returns sliding windows whose elements are {@code dilation} apart. */
    default Tensor unfold(int dim, long size, long step, long dilation) {
        Tensor x = self();
        Shape shape = x.shape();
        int at = shape.dim("unfold", dim);
        long extent = size == 0 ? 0 : dilation * (size - 1) + 1;
        if (size < 0 || step < 1 || dilation < 1 || extent > (shape.rank() == 0 ? 1 : shape.size(at))) {
            throw new InvalidArgumentException("[unfold] expected windows that fit into dimension " + dim + " of shape " + shape
                    + ", got size " + size + ", step " + step + ", dilation " + dilation + "; use smaller windows, and a step >= 1");
        }
        if (shape.rank() == 0) {
            return reshape(1).slice(0, 0, size, 1);
        }
        if (size == 0) {
            long[] sizes = Arrays.copyOf(shape.toArray(), shape.rank() + 1);
            sizes[at] = shape.size(at) / step + 1;
            return Primitives.full(Shape.of(sizes), 0.0, x.dtype(), Primitives.runtimeOf(x));
        }
        Tensor y = Primitives.window(x, at, size, step, dilation);
        return Tape.record("unfold", y, of(x), of(), (g, _) -> {
            // Elements of different windows overlap: their gradients are added, one position within the window at a time.
            Tensor total = null;
            for (long k = 0; k < size; k++) {
                long[] starts = new long[shape.rank()];
                long[] steps = new long[shape.rank()];
                Arrays.fill(steps, 1);
                starts[at] = k * dilation;
                steps[at] = step;
                Tensor zeros = Primitives.full(shape, 0.0, g.dtype(), Primitives.runtimeOf(g));
                Tensor part = Regions.insert(zeros, g.select(-1, k), starts, steps);
                total = total == null ? part : total.add(part);
            }
            return java.util.Objects.requireNonNull(total);
        });
    }
}
