// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import dev.ashlar.Tensor;
import dev.ashlar.spi.ReduceOp;
import dev.ashlar.spi.ScalarOp;
import dev.ashlar.type.DType;
import dev.ashlar.type.Shape;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Which elements of [batch, channels, sizes] each window of a pooling sees, and where they lie. Nothing here has a history. */
interface Places {
    /** Returns the sizes of a window. */
    long[] kernel();

    /** Returns [batch, channels, windows, kernel]; what is outside of the input is smaller than everything in it. */
    Tensor windows(Tensor x);

    /** Returns for each window along an axis where its first element lies, as int64; negative in the padding. */
    Tensor starts(int axis, Tensor like);

    /** Returns the distance of neighbours within a window. */
    long dilation(int axis);

    /** Returns whether windows begin before the input. */
    boolean beginsOutside(int axis);

    /** Elements of a window up to which they are compared one by one: that is one map, where folds of so few do not pay. */
    long FEW = 9;

    private long elements() {
        return Arrays.stream(kernel()).reduce(1, (a, b) -> a * b);
    }

    /** Returns element number {@code element}, row-major, of each window. */
    private Tensor element(Tensor windows, long element) {
        int rank = kernel().length;
        Shape shape = windows.shape();
        long[] sizes = shape.toArray();
        long[] starts = new long[sizes.length];
        long[] steps = new long[sizes.length];
        Arrays.fill(steps, 1);
        long rest = element;
        for (int dim = sizes.length - 1; dim >= sizes.length - rank; dim--) {
            starts[dim] = rest % sizes[dim];
            rest /= sizes[dim];
            sizes[dim] = 1;
        }
        return Primitives.reshape(
                Primitives.slice(windows, starts, sizes, steps), Shape.of(Arrays.copyOf(sizes, sizes.length - rank)));
    }

    /** Returns the largest elements. */
    default Tensor largest(String name, Tensor x) {
        Tensor windows = windows(x);
        if (elements() > FEW || windows.numel() == 0) {
            return Primitives.reduce(name, ReduceOp.MAX, windows, within(), false);
        }
        Tensor best = element(windows, 0);
        for (long i = 1; i < elements(); i++) {
            best = Primitives.binary(name, ScalarOp.MAX, best, element(windows, i));
        }
        return best;
    }

    /**
     * Returns for each window what belongs to its first largest element, that is to its first NaN if there is one.
     *
     * @param numbers of each element of a window, row-major
     */
    private Tensor ofFirst(String name, Tensor windows, long[] numbers) {
        Tensor best = element(windows, 0);
        Tensor at = Primitives.full(best.shape(), numbers[0], DType.INT64, Primitives.runtime(best));
        for (int i = 1; i < numbers.length; i++) {
            Tensor larger = Primitives.binary(name, ScalarOp.MAX, best, element(windows, i));
            // A NaN equals nothing: as the best it stays, as a new element it wins.
            Tensor stays = larger.eq(best).logicalOr(best.ne(best));
            at = Primitives.select(name, stays, at, number(at, numbers[i]));
            best = larger;
        }
        return at;
    }

    /** Returns the number within its window of the first largest element. */
    private Tensor first(String name, Tensor windows) {
        if (elements() > FEW || windows.numel() == 0) {
            return Primitives.reduce(name, ReduceOp.ARGMAX, windows, within(), false);
        }
        return ofFirst(name, windows, LongStream.range(0, elements()).toArray());
    }

    /** Returns where windows that lie inside of the input have their first largest element: their beginning and a distance. */
    private Tensor placeOfFirst(String name, Tensor x, Tensor windows) {
        int rank = kernel().length;
        long[] distances = new long[(int) elements()];
        Tensor likeWindows = element(windows, 0);
        Tensor begin = null;
        for (int axis = 0; axis < rank; axis++) {
            long size = x.shape().size(2 + axis);
            long later = 1;
            for (int inner = axis + 1; inner < rank; inner++) {
                later *= kernel()[inner];
            }
            for (int i = 0; i < distances.length; i++) {
                distances[i] = distances[i] * size + i / later % kernel()[axis] * dilation(axis);
            }
            long[] along = new long[rank];
            Arrays.fill(along, 1);
            Tensor starts = starts(axis, likeWindows);
            along[axis] = starts.numel();
            Tensor place = Primitives.reshape(starts, Shape.of(along));
            begin = begin == null ? place : begin.mul(number(begin, size)).add(place);
        }
        return ofFirst(name, windows, distances).add(Objects.requireNonNull(begin));
    }

    private int[] within() {
        int rank = kernel().length;
        int[] dims = new int[rank];
        Arrays.setAll(dims, i -> 2 + rank + i);
        return dims;
    }

    /** Returns for each window where in its channel, row-major, the first of its largest elements lies. */
    default Tensor firstLargest(String name, Tensor x) {
        Tensor windows = windows(x);
        int rank = kernel().length;
        if (elements() <= FEW && windows.numel() > 0 && IntStream.range(0, rank).noneMatch(this::beginsOutside)) {
            return placeOfFirst(name, x, windows);
        }
        Tensor within = first(name, windows);
        Tensor index = null;
        long later = elements();
        for (int axis = 0; axis < rank; axis++) {
            later /= kernel()[axis];
            Tensor coordinate = rank == 1 ? within : Primitives.binary(name, ScalarOp.DIV, within, number(within, later));
            if (axis > 0) {
                coordinate = Primitives.binary(name, ScalarOp.REM, coordinate, number(within, kernel()[axis]));
            }
            Tensor place = place(coordinate, axis, rank);
            index = index == null ? place : index.mul(number(within, x.shape().size(2 + axis))).add(place);
        }
        return Objects.requireNonNull(index);
    }

    private static Tensor number(Tensor like, long value) {
        return Primitives.scalarOf(like, value, DType.INT64);
    }

    private Tensor place(Tensor coordinate, int axis, int rank) {
        long[] along = new long[rank];
        Arrays.fill(along, 1);
        Tensor starts = starts(axis, coordinate);
        along[axis] = starts.numel();
        Tensor place = coordinate.mul(number(coordinate, dilation(axis))).add(Primitives.reshape(starts, Shape.of(along)));
        if (!beginsOutside(axis)) {
            return place;
        }
        // Only a window of nothing but -inf finds its maximum in the padding; its first element inside counts then.
        Tensor inside = place.remainder(number(place, dilation(axis)));
        return place.lt(number(place, 0)).where(inside, place);
    }

    /** Windows on a regular grid. */
    record Regular(Grid grid) implements Places {
        @Override
        public long[] kernel() {
            return grid.kernel();
        }

        @Override
        public Tensor windows(Tensor x) {
            return grid.windows(x, true);
        }

        @Override
        public Tensor starts(int axis, Tensor like) {
            Tensor number = Primitives.iota(Shape.of(like.shape().size(2 + axis)), Primitives.runtime(like));
            return number.mul(number(like, grid.stride()[axis])).sub(number(like, grid.before()[axis]));
        }

        @Override
        public long dilation(int axis) {
            return grid.dilation()[axis];
        }

        @Override
        public boolean beginsOutside(int axis) {
            return grid.before()[axis] > 0;
        }
    }

    /** A given number of windows along each axis: window i of n goes from floor(i * size / n) to ceil((i + 1) * size / n). */
    record Adaptive(long[] sizes, long[] counts) implements Places {
        @Override
        public long[] kernel() {
            long[] kernel = new long[sizes.length];
            Arrays.setAll(kernel, axis -> longest(sizes[axis], counts[axis]));
            return kernel;
        }

        /** Returns the size of the largest window. */
        static long longest(long size, long count) {
            long longest = 0;
            for (long i = 0; i < count; i++) {
                longest = Math.max(longest, Math.ceilDiv((i + 1) * size, count) - i * size / count);
            }
            return longest;
        }

        /** Returns where windows begin. */
        static Tensor starts(long size, long count, Tensor like) {
            Tensor number = Primitives.iota(Shape.of(count), Primitives.runtime(like));
            return Primitives.binary("adaptivePool", ScalarOp.DIV, number.mul(number(like, size)), number(like, count));
        }

        /** Returns how many elements each window has. */
        static Tensor lengths(long size, long count, Tensor like) {
            Tensor number = Primitives.iota(Shape.of(count), Primitives.runtime(like));
            Tensor end = number.mul(number(like, size)).add(number(like, size + count - 1));
            return Primitives.binary("adaptivePool", ScalarOp.DIV, end, number(like, count)).sub(starts(size, count, like));
        }

        /** Returns the places [count, longest] that windows read, those behind the input at its end. */
        static Tensor places(long size, long count, Tensor like) {
            Tensor within = Primitives.iota(Shape.of(longest(size, count)), Primitives.runtime(like));
            Tensor places = Primitives.reshape(starts(size, count, like), Shape.of(count, 1)).add(within);
            return Primitives.binary("adaptivePool", ScalarOp.MIN, places, number(like, size - 1));
        }

        /** Returns which of the places [count, longest] belong to their window. */
        static Tensor inside(long size, long count, Tensor like) {
            Tensor within = Primitives.iota(Shape.of(longest(size, count)), Primitives.runtime(like));
            return within.lt(Primitives.reshape(lengths(size, count, like), Shape.of(count, 1)));
        }

        @Override
        public Tensor windows(Tensor x) {
            int rank = sizes.length;
            Tensor y = Primitives.detached(x);
            Tensor inside = null;
            long[] split = Arrays.copyOf(x.shape().toArray(), 2 + 2 * rank);
            int[] order = new int[2 + 2 * rank];
            order[1] = 1;
            for (int axis = 0; axis < rank; axis++) {
                int dim = 2 + axis;
                long longest = longest(sizes[axis], counts[axis]);
                Tensor places = Primitives.reshape(places(sizes[axis], counts[axis], x), Shape.of(counts[axis] * longest));
                y = Primitives.gather("adaptivePool", y, dim, Indexed.spread(y.shape(), dim, places));
                long[] along = new long[2 * rank];
                Arrays.fill(along, 1);
                along[axis] = counts[axis];
                along[rank + axis] = longest;
                Tensor part = Primitives.reshape(inside(sizes[axis], counts[axis], x), Shape.of(along));
                inside = inside == null ? part : inside.logicalAnd(part);
                split[2 + 2 * axis] = counts[axis];
                split[3 + 2 * axis] = longest;
                order[2 + axis] = 2 + 2 * axis;
                order[2 + rank + axis] = 3 + 2 * axis;
            }
            y = Primitives.permute(Primitives.reshape(y, Shape.of(split)), order);
            return Primitives.select(
                    "adaptivePool", Objects.requireNonNull(inside), y, Grid.lowest(Shape.of(), x));
        }

        @Override
        public Tensor starts(int axis, Tensor like) {
            return starts(sizes[axis], counts[axis], like);
        }

        @Override
        public long dilation(int axis) {
            return 1;
        }

        @Override
        public boolean beginsOutside(int axis) {
            return false;
        }
    }
}
