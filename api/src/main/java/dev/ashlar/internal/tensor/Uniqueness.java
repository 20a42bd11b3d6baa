// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import dev.ashlar.Tensor;
import dev.ashlar.UniqueValues;
import dev.ashlar.type.Shape;
import dev.ashlar.type.ShapeMismatchException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Values, or slices, without repetitions, found on the host. A NaN differs from every other, as in PyTorch. */
public final class Uniqueness {
    private final boolean floats;
    private final long[] keys;
    private final int count;
    private final int width;

    /** @param keys of {@code count} rows, one row for each thing that is compared */
    private Uniqueness(boolean floats, long[] keys, int count) {
        this.floats = floats;
        this.keys = keys;
        this.count = count;
        this.width = count == 0 ? 0 : keys.length / count;
    }

    /**
     * Returns the different elements, or the different slices along a dimension.
     *
     * @param sorts whether all are compared and put in order; else only neighbours are compared
     * @param dim null for the elements of the flattened tensor
     */
    public static UniqueValues of(String name, Tensor tensor, boolean sorts, boolean inverse, boolean counts, @Nullable Integer dim) {
        Tensor x = Primitives.detached(tensor);
        Shape shape = x.shape();
        boolean whole = dim == null || shape.rank() == 0;
        int at = dim == null ? 0 : shape.dim(name, dim);
        if (!whole && shape.elements() == 0 && shape.size(at) > 0) {
            throw new ShapeMismatchException("[" + name + "] expected slices with elements, got shape " + shape
                    + "; compare along the dimension of size 0");
        }
        Tensor line = whole ? x.reshape(x.numel()) : x;
        int n = Math.toIntExact(line.shape().size(at));
        Tensor rows = whole ? line : Dims.first(line, at);
        Uniqueness search = new Uniqueness(x.dtype().isFloatingPoint(), Sorting.keys(rows), n);
        int[] order = new int[n];
        Arrays.setAll(order, i -> i);
        if (sorts) {
            order = Sorting.order(n, search::compare);
        }
        long[] places = new long[n];
        long[] first = new long[n];
        long[] sizes = new long[n];
        int found = 0;
        for (int i = 0; i < n; i++) {
            if (i == 0 || !search.same(order[i - 1], order[i])) {
                first[found++] = order[i];
            }
            places[order[i]] = found - 1;
            sizes[found - 1]++;
        }
        Shape result = Shape.of(found);
        Tensor values = line.indexSelect(at, Sorting.upload(Arrays.copyOf(first, found), result, x));
        return new UniqueValues(
                values,
                inverse ? Sorting.upload(places, whole ? shape : Shape.of(n), x) : null,
                counts ? Sorting.upload(Arrays.copyOf(sizes, found), result, x) : null);
    }

    private int compare(int a, int b) {
        for (int i = 0; i < width; i++) {
            int order = Long.compare(keys[a * width + i], keys[b * width + i]);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private boolean same(int a, int b) {
        for (int i = 0; i < width; i++) {
            long key = keys[a * width + i];
            if (key != keys[b * width + i] || floats && key == Sorting.NAN) {
                return false;
            }
        }
        return true;
    }
}
