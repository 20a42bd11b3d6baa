// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

import static dev.ashlar.internal.tensor.Tape.of;

import dev.ashlar.internal.tensor.Dims;
import dev.ashlar.internal.tensor.Joining;
import dev.ashlar.internal.tensor.Primitives;
import dev.ashlar.internal.tensor.Tape;
import dev.ashlar.internal.tensor.Transfer;
import dev.ashlar.type.DType;
import dev.ashlar.type.DTypeMismatchException;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.Shape;
import dev.ashlar.type.ShapeMismatchException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Taking tensors apart, repeating and rearranging them. To put tensors together there are {@link Tensor#cat} and its kin. */
public sealed interface JoiningOps permits Tensor {
    private Tensor self() {
        return (Tensor) this;
    }

    // ---- parts ------------------------------------------------------------------------------------------------------------------

    /** Returns the size of a dimension, which scalars do not have. */
    private static long size(String name, Shape shape, int dim) {
        int at = shape.dim(name, dim);
        if (shape.rank() == 0) {
            throw new ShapeMismatchException("[" + name + "] expected a tensor with dimensions, got a scalar; reshape it to [1] first");
        }
        return shape.size(at);
    }

    /** Returns parts of {@code size} along dimension 0; the last one may be smaller. */
    default List<Tensor> split(long size) {
        return split(size, 0);
    }

    /** Returns parts of {@code size} along a dimension; the last one may be smaller. */
    default List<Tensor> split(long size, int dim) {
        long total = size("split", self().shape(), dim);
        if (size < 0 || size == 0 && total > 0) {
            throw new InvalidArgumentException("[split] expected a size >= 1, got " + size + "; it is how many positions each part has");
        }
        List<Tensor> parts = new ArrayList<>();
        for (long start = 0; start < Math.max(1, total); start += Math.max(1, size)) {
            parts.add(self().slice(dim, start, Math.min(total, start + size), 1));
        }
        return parts;
    }

    /** Same as {@link #splitWithSizes}. */
    default List<Tensor> split(long[] sizes, int dim) {
        return parts("split", sizes, dim);
    }

    /** Returns parts along dimension 0, see {@link #splitWithSizes(long[], int)}. */
    default List<Tensor> splitWithSizes(long... sizes) {
        return splitWithSizes(sizes, 0);
    }

    /**
     * Returns parts of given sizes along a dimension.
     *
     * @param sizes &gt;= 0; their sum is the size of the dimension
     */
    default List<Tensor> splitWithSizes(long[] sizes, int dim) {
        return parts("splitWithSizes", sizes, dim);
    }

    private List<Tensor> parts(String name, long[] sizes, int dim) {
        long total = size(name, self().shape(), dim);
        if (Arrays.stream(sizes).anyMatch(size -> size < 0) || Arrays.stream(sizes).sum() != total) {
            throw new InvalidArgumentException("[" + name + "] expected sizes >= 0 with sum " + total + " for dimension " + dim
                    + " of shape " + self().shape() + ", got " + Arrays.toString(sizes) + "; use slice to leave something out");
        }
        List<Tensor> parts = new ArrayList<>();
        long start = 0;
        for (long size : sizes) {
            parts.add(self().slice(dim, start, start + size, 1));
            start += size;
        }
        return parts;
    }

    /** Returns at most {@code count} parts along dimension 0, see {@link #chunk(int, int)}. */
    default List<Tensor> chunk(int count) {
        return chunk(count, 0);
    }

    /** Returns at most {@code count} parts of equal size along a dimension; the last one may be smaller. */
    default List<Tensor> chunk(int count, int dim) {
        long total = size("chunk", self().shape(), dim);
        if (count < 1) {
            throw new InvalidArgumentException("[chunk] expected a count >= 1, got " + count + "; it is how many parts there are");
        }
        return total == 0 ? parts("chunk", new long[count], dim) : split(Math.ceilDiv(total, (long) count), dim);
    }

    /** Returns {@code sections} parts along a dimension whose sizes differ by at most one, the larger ones first. */
    default List<Tensor> tensorSplit(int sections, int dim) {
        long total = size("tensorSplit", self().shape(), dim);
        if (sections < 1) {
            throw new InvalidArgumentException("[tensorSplit] expected at least one section, got " + sections
                    + "; it is how many parts there are");
        }
        long[] sizes = new long[sections];
        Arrays.setAll(sizes, i -> total / sections + (i < total % sections ? 1 : 0));
        return parts("tensorSplit", sizes, dim);
    }

    /**
     * Returns the parts of a dimension between given positions: from the start to the first, from there to the second, and so on.
     *
     * @param indices negative values count from the end; values beyond a border are limited to it
     */
    default List<Tensor> tensorSplit(long[] indices, int dim) {
        size("tensorSplit", self().shape(), dim);
        List<Tensor> parts = new ArrayList<>();
        long start = 0;
        for (long index : indices) {
            parts.add(self().slice(dim, start, index, 1));
            start = index;
        }
        parts.add(self().slice(dim, start, Long.MAX_VALUE, 1));
        return parts;
    }

    /** Same with a number of sections (zero-dimensional) or positions (a vector) in a tensor; waits for the device to know them. */
    default List<Tensor> tensorSplit(Tensor indicesOrSections, int dim) {
        if (indicesOrSections.dtype() != DType.INT64) {
            throw new DTypeMismatchException("[tensorSplit] expected positions of int64, got " + indicesOrSections.dtype()
                    + "; cast them with to(DType.INT64)");
        }
        if (indicesOrSections.dim() > 1) {
            throw new ShapeMismatchException("[tensorSplit] expected a scalar or a vector, got shape " + indicesOrSections.shape()
                    + "; flatten it");
        }
        return indicesOrSections.dim() == 0
                ? tensorSplit(Math.toIntExact(indicesOrSections.itemLong()), dim)
                : tensorSplit(indicesOrSections.toLongArray(), dim);
    }

    /** Returns which dimension hsplit, vsplit, dsplit split. */
    private int checkSplit(String name, int least, int dim, long sections) {
        Shape shape = self().shape();
        if (shape.rank() < least) {
            throw new ShapeMismatchException("[" + name + "] expected at least " + least + " dimensions, got shape " + shape
                    + "; use tensorSplit");
        }
        if (sections < 1 || shape.size(dim) % sections != 0) {
            throw new InvalidArgumentException("[" + name + "] expected a number of sections that divides " + shape.size(dim) + ", got "
                    + sections + "; tensorSplit makes parts of unequal sizes");
        }
        return dim;
    }

    /** Returns equal parts along dimension 1, of a vector along dimension 0. */
    default List<Tensor> hsplit(int sections) {
        return tensorSplit(sections, checkSplit("hsplit", 1, self().dim() == 1 ? 0 : 1, sections));
    }

    /** Returns the parts of dimension 1, of a vector those of dimension 0, between given positions. */
    default List<Tensor> hsplit(long[] indices) {
        return tensorSplit(indices, checkSplit("hsplit", 1, self().dim() == 1 ? 0 : 1, 1));
    }

    /** Returns equal parts along dimension 0 of a tensor of at least two. */
    default List<Tensor> vsplit(int sections) {
        return tensorSplit(sections, checkSplit("vsplit", 2, 0, sections));
    }

    /** Returns the parts of dimension 0 between given positions, of a tensor of at least two dimensions. */
    default List<Tensor> vsplit(long[] indices) {
        return tensorSplit(indices, checkSplit("vsplit", 2, 0, 1));
    }

    /** Returns equal parts along dimension 2. */
    default List<Tensor> dsplit(int sections) {
        return tensorSplit(sections, checkSplit("dsplit", 3, 2, sections));
    }

    /** Returns the parts of dimension 2 between given positions. */
    default List<Tensor> dsplit(long[] indices) {
        return tensorSplit(indices, checkSplit("dsplit", 3, 2, 1));
    }

    /** Returns the slices of dimension 0, without it. */
    default List<Tensor> unbind() {
        return unbind(0);
    }

    /** Returns the slices of a dimension, without it. */
    default List<Tensor> unbind(int dim) {
        long total = size("unbind", self().shape(), dim);
        List<Tensor> parts = new ArrayList<>();
        for (long i = 0; i < total; i++) {
            parts.add(self().select(dim, i));
        }
        return parts;
    }

    // ---- copies -----------------------------------------------------------------------------------------------------------------

    /** Returns copies of this side by side, {@code repeats[i]} of them along dimension i; new leading dimensions are allowed. */
    default Tensor repeat(long... repeats) {
        Tensor x = self();
        int lead = repeats.length - x.shape().rank();
        if (lead < 0 || Arrays.stream(repeats).anyMatch(count -> count < 0)) {
            throw new InvalidArgumentException("[repeat] expected at least " + x.shape().rank() + " counts >= 0, got "
                    + Arrays.toString(repeats) + "; give one for each dimension, or use tile");
        }
        long[] split = new long[2 * repeats.length];
        long[] expanded = new long[2 * repeats.length];
        long[] merged = new long[repeats.length];
        for (int i = 0; i < repeats.length; i++) {
            long size = i < lead ? 1 : x.shape().size(i - lead);
            split[2 * i] = 1;
            split[2 * i + 1] = size;
            expanded[2 * i] = repeats[i];
            expanded[2 * i + 1] = size;
            merged[i] = repeats[i] * size;
        }
        return x.reshape(split).expand(expanded).reshape(merged);
    }

    /** Same as {@link #repeat}, but missing counts are 1 and stand for the first dimensions. */
    default Tensor tile(long... repeats) {
        if (Arrays.stream(repeats).anyMatch(count -> count < 0)) {
            throw new InvalidArgumentException("[tile] expected counts >= 0, got " + Arrays.toString(repeats)
                    + "; 1 leaves a dimension as it is");
        }
        long[] all = new long[Math.max(repeats.length, self().dim())];
        Arrays.fill(all, 1);
        System.arraycopy(repeats, 0, all, all.length - repeats.length, repeats.length);
        return repeat(all);
    }

    /** Returns the elements, row-major, each {@code repeats} times in a row. */
    default Tensor repeatInterleave(long repeats) {
        return self().flatten().repeatInterleave(repeats, 0);
    }

    /** Returns this with each slice of a dimension {@code repeats} times in a row. */
    default Tensor repeatInterleave(long repeats, int dim) {
        Tensor x = self().atleast1d();
        int at = x.shape().dim("repeatInterleave", dim);
        if (repeats < 0) {
            throw new InvalidArgumentException("[repeatInterleave] expected a count >= 0, got " + repeats + "; 1 changes nothing");
        }
        long[] expanded = x.unsqueeze(at + 1).shape().toArray();
        expanded[at + 1] = repeats;
        return x.unsqueeze(at + 1).expand(expanded).reshape(x.shape().with(at, x.shape().size(at) * repeats).toArray());
    }

    /** Returns the elements, row-major, each as often as a tensor says, see {@link #repeatInterleave(Tensor, int)}. */
    default Tensor repeatInterleave(Tensor repeats) {
        return self().flatten().repeatInterleave(repeats, 0);
    }

    /**
     * Returns this with each slice of a dimension repeated as often as a tensor says. The size of the result depends on the counts: this
     * waits for the device to know them.
     *
     * @param repeats one count for each slice, or one for all; int64 or int32
     */
    default Tensor repeatInterleave(Tensor repeats, int dim) {
        return repeatInterleave(repeats, dim, -1);
    }

    /**
     * Same, where the sum of the counts is known.
     *
     * @param outputSize the size of the dimension in the result; -1 if it is not known
     */
    default Tensor repeatInterleave(Tensor repeats, int dim, long outputSize) {
        Tensor x = self().atleast1d();
        int at = x.shape().dim("repeatInterleave", dim);
        long size = x.shape().size(at);
        if (repeats.dtype() != DType.INT64 && repeats.dtype() != DType.INT32) {
            throw new DTypeMismatchException("[repeatInterleave] expected counts of int64 or int32, got " + repeats.dtype()
                    + "; cast them with to(DType.INT64)");
        }
        if (repeats.dim() > 1 || repeats.numel() != 1 && repeats.numel() != size) {
            throw new ShapeMismatchException("[repeatInterleave] expected one count, or one for each of " + size + " slices, got shape "
                    + repeats.shape() + "; give a vector of that size");
        }
        long[] counts = repeats.toLongArray();
        long total = repeats.numel() == 1 ? counts[0] * size : Arrays.stream(counts).sum();
        if (Arrays.stream(counts).anyMatch(count -> count < 0) || outputSize >= 0 && outputSize != total) {
            throw new InvalidArgumentException("[repeatInterleave] expected counts >= 0" + (outputSize >= 0 ? " with sum " + outputSize
                    : "")
                    + ", got a sum of " + total + "; check the counts");
        }
        if (repeats.numel() == 1) {
            return x.repeatInterleave(counts[0], at);
        }
        long[] from = new long[Math.toIntExact(total)];
        int next = 0;
        for (int i = 0; i < counts.length; i++) {
            Arrays.fill(from, next, next + Math.toIntExact(counts[i]), i);
            next += Math.toIntExact(counts[i]);
        }
        return x.indexSelect(at, Transfer.upload(MemorySegment.ofArray(from), DType.INT64, Shape.of(total), x.device()));
    }

    // ---- rearranging ------------------------------------------------------------------------------------------------------------

    /** Returns the elements moved {@code shift} places on, row-major; what leaves at the end enters at the start. */
    default Tensor roll(long shift) {
        return self().flatten().roll(shift, 0).reshape(self().shape().toArray());
    }

    /** Returns this with the slices of a dimension moved {@code shift} places on; what leaves at the end enters at the start. */
    default Tensor roll(long shift, int dim) {
        Tensor x = self();
        int at = x.shape().dim("roll", dim);
        long size = x.shape().rank() == 0 ? 1 : x.shape().size(at);
        long places = size == 0 ? 0 : Math.floorMod(shift, size);
        if (places == 0) {
            return x;
        }
        Tensor value = Primitives.detached(x);
        Tensor y = Joining.cat(at, value.slice(at, size - places, size), value.slice(at, 0, size - places));
        return Tape.record("roll", y, of(x), of(), (g, _) -> g.roll(-places, at));
    }

    /** Rolls along several dimensions, see {@link #roll(long, int)}; a dimension may occur more than once. */
    default Tensor roll(long[] shifts, int[] dims) {
        if (shifts.length != dims.length || shifts.length == 0) {
            throw new InvalidArgumentException("[roll] expected one shift for each dimension, got " + Arrays.toString(shifts) + " and "
                    + Arrays.toString(dims) + "; roll(shift) rolls all elements");
        }
        Tensor x = self();
        for (int i = 0; i < dims.length; i++) {
            x = x.roll(shifts[i], dims[i]);
        }
        return x;
    }

    /** Returns this turned once by 90 degrees in the plane of dimensions 0 and 1. */
    default Tensor rot90() {
        return rot90(1, 0, 1);
    }

    /**
     * Returns this turned {@code times} times by 90 degrees in the plane of two dimensions, from {@code from} towards {@code to}; negative
     * times turn back.
     */
    default Tensor rot90(int times, int from, int to) {
        Shape shape = self().shape();
        if (shape.rank() < 2) {
            throw new ShapeMismatchException("[rot90] expected at least 2 dimensions, got shape " + shape + "; there is no plane to turn");
        }
        int[] plane = Dims.distinct("rot90", shape, new int[] {from, to});
        return switch (Math.floorMod(times, 4)) {
            case 1 -> self().flip(plane[1]).transpose(plane[0], plane[1]);
            case 2 -> self().flip(plane);
            case 3 -> self().flip(plane[0]).transpose(plane[0], plane[1]);
            default -> self();
        };
    }

    /**
     * Returns this with some dimensions moved to other places; the others keep their order.
     *
     * @param destination where dimension {@code source[i]} is in the result
     */
    default Tensor movedim(int[] source, int[] destination) {
        Shape shape = self().shape();
        int rank = shape.rank();
        if (source.length != destination.length) {
            throw new InvalidArgumentException("[movedim] expected as many destinations as sources, got " + Arrays.toString(source)
                    + " and "
                    + Arrays.toString(destination) + "; give one place for each dimension");
        }
        if (rank == 0) {
            Dims.distinct("movedim", shape, source);
            Dims.distinct("movedim", shape, destination);
            return self();
        }
        int[] from = Dims.distinct("movedim", shape, source);
        int[] to = Dims.distinct("movedim", shape, destination);
        int[] order = new int[rank];
        Arrays.fill(order, -1);
        boolean[] moved = new boolean[rank];
        for (int i = 0; i < from.length; i++) {
            order[to[i]] = from[i];
            moved[from[i]] = true;
        }
        int next = 0;
        for (int i = 0; i < rank; i++) {
            if (order[i] < 0) {
                while (moved[next]) {
                    next++;
                }
                order[i] = next++;
            }
        }
        return self().permute(order);
    }

    /** Returns this with one dimension moved to another place. */
    default Tensor movedim(int source, int destination) {
        return movedim(new int[] {source}, new int[] {destination});
    }

    /** Returns this with at least one dimension: a scalar becomes a vector of one element. */
    default Tensor atleast1d() {
        return self().dim() == 0 ? self().reshape(1) : self();
    }

    /** Returns this with at least two dimensions: a vector becomes a row, {@code [1, n]}. */
    default Tensor atleast2d() {
        return self().dim() < 2 ? self().reshape(1, self().numel()) : self();
    }

    /** Returns this with at least three dimensions: a vector becomes {@code [1, n, 1]}, a matrix {@code [n, m, 1]}. */
    default Tensor atleast3d() {
        return self().dim() < 3 ? atleast2d().unsqueeze(-1) : self();
    }

    /** Returns this with its columns, dimension 1, reversed. */
    default Tensor fliplr() {
        if (self().dim() < 2) {
            throw new ShapeMismatchException("[fliplr] expected at least 2 dimensions, got shape " + self().shape()
                    + "; reverse a vector with flip(0)");
        }
        return self().flip(1);
    }

    /** Returns this with its rows, dimension 0, reversed. */
    default Tensor flipud() {
        if (self().dim() < 1) {
            throw new ShapeMismatchException("[flipud] expected at least 1 dimension, got shape " + self().shape()
                    + "; there is nothing to reverse in a scalar");
        }
        return self().flip(0);
    }

    /** Returns the pairs of elements of a vector, see {@link #combinations(int, boolean)}. */
    default Tensor combinations() {
        return combinations(2, false);
    }

    /**
     * Returns the combinations of {@code r} elements of a vector, in the order of their positions.
     *
     * @param withReplacement whether an element may occur several times in a combination
     * @return [number of combinations, r]; [0] if r is 0
     */
    default Tensor combinations(int r, boolean withReplacement) {
        Tensor x = self();
        if (x.dim() != 1) {
            throw new ShapeMismatchException("[combinations] expected a vector, got shape " + x.shape() + "; flatten it");
        }
        if (r < 0) {
            throw new InvalidArgumentException("[combinations] expected a number of elements >= 0, got " + r + "; 2 gives pairs");
        }
        return Joining.combinations(x, r, withReplacement);
    }
}
