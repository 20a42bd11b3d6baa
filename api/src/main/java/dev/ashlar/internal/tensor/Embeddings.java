// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import static dev.ashlar.internal.tensor.Tape.of;

import dev.ashlar.BagMode;
import dev.ashlar.ScatterReduction;
import dev.ashlar.Tensor;
import dev.ashlar.autograd.Autograd;
import dev.ashlar.type.DType;
import dev.ashlar.type.DTypeMismatchException;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.Shape;
import dev.ashlar.type.ShapeMismatchException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Rows of tables, looked up by number one by one or in bags. */
public final class Embeddings {
    private Embeddings() {}

    /** Throws unless there is a table and numbers of its rows. */
    public static void check(String name, Tensor table, Tensor numbers) {
        if (table.shape().rank() != 2) {
            throw new ShapeMismatchException("[" + name + "] expected a table of shape [rows, size], got " + table.shape()
                    + "; reshape it");
        }
        boolean whole = numbers.dtype() == DType.INT64 || numbers.dtype() == DType.INT32;
        if (!whole) {
            throw new DTypeMismatchException("[" + name + "] expected row numbers of int64 or int32, got " + numbers.dtype()
                    + "; cast them with to(DType.INT64)");
        }
    }

    /** Returns the row that pads, counted from the front; -1 if there is none. */
    public static long padding(String name, Tensor table, @Nullable Long index) {
        if (index == null) {
            return -1;
        }
        long rows = table.shape().size(0);
        if (index < -rows || index >= rows) {
            throw new InvalidArgumentException("[" + name + "] expected a padding row in [" + -rows + ", " + (rows - 1) + "], got " + index
                    + "; negative numbers count from the end");
        }
        return index < 0 ? index + rows : index;
    }

    /** Shortens, in place, the rows that are named and longer than {@code maxNorm}. */
    public static void shorten(Tensor table, Tensor numbers, double maxNorm, double normType) {
        if (numbers.numel() == 0) {
            return;
        }
        try (var _ = Autograd.noGrad()) {
            Tensor rows = Primitives.detached(table);
            Tensor norms = Widened.of(rows).norm(normType, new int[] {1}, true);
            Tensor named = count(table, numbers.reshape(numbers.numel())).gt(0.0).unsqueeze(1);
            // The small number is PyTorch's.
            Tensor scaled = rows.mul(norms.add(1e-7).reciprocal().mul(maxNorm).to(rows.dtype()));
            table.assign(named.logicalAnd(norms.gt(maxNorm)).where(scaled, rows));
        }
    }

    /** Returns how often each row is named by a vector of numbers, int64. */
    private static Tensor count(Tensor table, Tensor numbers) {
        Tensor zeros = Primitives.full(Shape.of(table.shape().size(0)), 0L, DType.INT64, Primitives.runtime(table));
        Tensor ones = Primitives.full(numbers.shape(), 1L, DType.INT64, Primitives.runtime(table));
        return Indexed.add("embedding", zeros, 0, numbers, ones);
    }

    /**
     * Returns the row of each number, [..., size].
     *
     * @param padding the row that gets no gradient, or -1
     * @param byFrequency whether a row's gradient is divided by the number of times that it occurs
     */
    public static Tensor rows(String name, Tensor table, Tensor numbers, long padding, boolean byFrequency) {
        Tensor list = numbers.reshape(numbers.numel());
        Shape shape = table.shape();
        Tensor spread = Indexed.spread(shape, 0, list);
        Tensor y = Primitives.gather(name, Primitives.detached(table), 0, spread);
        Tensor rows = Tape.record(name, y, of(table), of(list), (g, s) -> {
            Tensor part = g;
            if (byFrequency && g.numel() > 0) {
                part = part.div(Primitives.gather(name, count(table, s[0]), 0, s[0]).unsqueeze(1).to(g.dtype()));
            }
            if (padding >= 0) {
                Tensor pads = s[0].eq(Primitives.scalarOf(s[0], padding, s[0].dtype())).unsqueeze(1);
                part = pads.where(Primitives.scalarLike(g, 0, g.dtype()), part);
            }
            Tensor zeros = Primitives.full(shape, 0.0, g.dtype(), Primitives.runtime(g));
            return Indexed.add(name, zeros, 0, Indexed.spread(shape, 0, s[0]), part);
        });
        long[] sizes = Arrays.copyOf(numbers.shape().toArray(), numbers.shape().rank() + 1);
        sizes[sizes.length - 1] = shape.size(1);
        return rows.reshape(sizes);
    }

    // ---- bags -------------------------------------------------------------------------------------------------------------------

    /** Returns one row for each line of numbers [bags, n]; what pads does not count. */
    public static Tensor lines(Tensor rows, Tensor numbers, BagMode mode, @Nullable Tensor weights, long padding) {
        Tensor counts = numbers.ne(Primitives.scalarOf(numbers, padding, numbers.dtype())).unsqueeze(2);
        Tensor zero = Primitives.scalarLike(rows, 0, rows.dtype());
        if (mode == BagMode.MAX) {
            long[] shape = {rows.shape().size(0), rows.shape().size(2)};
            if (rows.numel() == 0) {
                return Primitives.full(Shape.of(shape), 0.0, rows.dtype(), Primitives.runtime(rows));
            }
            Tensor candidates = counts.where(rows, Primitives.scalarLike(rows, Double.NEGATIVE_INFINITY, rows.dtype()));
            Tensor largest = candidates.gather(1, Primitives.detached(candidates).argmax(1, true)).squeeze(1);
            return counts.any(1, false).where(largest, zero);
        }
        Tensor weighted = weights == null ? rows : rows.mul(weights.unsqueeze(2));
        Tensor sum = counts.where(weighted, zero).sum(1);
        return mode == BagMode.SUM ? sum : sum.div(atLeastOne(counts.sum(1).to(rows.dtype())));
    }

    private static Tensor atLeastOne(Tensor counts) {
        return counts.maximum(Primitives.scalarLike(counts, 1, counts.dtype()));
    }

    /** Returns one row for each bag of consecutive numbers [n]; bag i starts at offset i. */
    public static Tensor bags(
            Tensor rows, Tensor numbers, Tensor offsets, long bags, BagMode mode, @Nullable Tensor weights, long padding) {
        long count = numbers.numel();
        long size = rows.shape().size(1);
        Shape result = Shape.of(bags, size);
        if (count == 0 || bags == 0) {
            return Primitives.full(result, 0.0, rows.dtype(), Primitives.runtime(rows));
        }
        Tensor positions = Primitives.iota(Shape.of(count), Primitives.runtime(rows)).unsqueeze(1);
        Tensor bag = offsets.to(DType.INT64).unsqueeze(0).le(positions).sum(1).sub(1);
        // What pads, and what lies behind the last bag, goes to a bag that nobody reads.
        Tensor outside = Primitives.scalarOf(bag, bags, DType.INT64);
        Tensor counts = numbers.ne(Primitives.scalarOf(numbers, padding, numbers.dtype()));
        Tensor place = counts.where(bag, outside);
        Shape wide = Shape.of(bags + 1, size);
        Tensor spread = Indexed.spread(wide, 0, place);
        Tensor zeros = Primitives.full(wide, 0.0, rows.dtype(), Primitives.runtime(rows));
        Tensor ones = Primitives.full(Shape.of(count), 1.0, rows.dtype(), Primitives.runtime(rows));
        Tensor none = Primitives.full(Shape.of(bags + 1), 0.0, rows.dtype(), Primitives.runtime(rows));
        Tensor each = mode == BagMode.SUM ? none : Indexed.add("embeddingBag", none, 0, place, ones).narrow(0, 0, bags).unsqueeze(1);
        if (mode == BagMode.MAX) {
            Tensor lowest = Primitives.full(wide, Double.NEGATIVE_INFINITY, rows.dtype(), Primitives.runtime(rows));
            Tensor largest = lowest.scatterReduce(0, spread, rows, ScatterReduction.AMAX).narrow(0, 0, bags);
            return each.gt(0.0).where(largest, Primitives.scalarLike(rows, 0, rows.dtype()));
        }
        Tensor weighted = weights == null ? rows : rows.mul(weights.unsqueeze(1));
        Tensor sum = Indexed.add("embeddingBag", zeros, 0, spread, weighted).narrow(0, 0, bags);
        return mode == BagMode.SUM ? sum : sum.div(atLeastOne(each));
    }
}
