// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import dev.ashlar.Tensor;
import dev.ashlar.type.DType;
import dev.ashlar.type.DTypeMismatchException;
import dev.ashlar.type.Shape;
import dev.ashlar.type.ShapeMismatchException;
import org.jspecify.annotations.Nullable;

/** Binary search in sorted lines, on the device: as many rounds of one indexed read as the logarithm of the lines' length. */
public final class Searching {
    /** Up to so many comparisons, all pairs are compared; beyond, what is looked for is sorted first. */
    private static final long PAIRS = 1L << 22;

    private Searching() {}

    /**
     * Returns where values would be put into sorted lines.
     *
     * @param lines one line, or as many as the values have
     * @param right whether behind equal elements, else in front of them
     * @param sorter positions that put the lines in order, or null if they are
     */
    public static Tensor search(
            String name, Tensor lines, Tensor values, boolean int32, boolean right, @Nullable Tensor sorter) {
        check(name, lines, values, sorter);
        Tensor wanted = Primitives.detached(Primitives.onDeviceOf(name, lines, values));
        DType type = Promotion.of(lines, wanted);
        wanted = wanted.to(type);
        int last = lines.shape().rank() - 1;
        long n = lines.shape().size(last);
        Tensor sorted = Primitives.detached(lines).to(type);
        if (sorter != null) {
            Primitives.checkSameDevice(name, lines, sorter);
            sorted = n == 0 ? sorted : Primitives.gather(name, sorted, last, sorter);
        }
        boolean shared = lines.shape().rank() == 1;
        Shape asked = wanted.shape();
        // A single line is searched for all values at once.
        Tensor flat = shared ? wanted.reshape(wanted.numel()) : wanted;
        Tensor low = Primitives.full(flat.shape(), 0L, DType.INT64, Primitives.runtime(lines));
        Tensor high = Primitives.full(flat.shape(), n, DType.INT64, Primitives.runtime(lines));
        Tensor one = Primitives.scalarOf(lines, 1, DType.INT64);
        Tensor end = Primitives.scalarOf(lines, Math.max(0, n - 1), DType.INT64);
        for (long width = n; width > 0 && flat.numel() > 0; width /= 2) {
            Tensor middle = low.add(high).bitwiseRightShift(one);
            Tensor element = Primitives.gather(name, sorted, last, middle.minimum(end));
            Tensor before = (right ? element.gt(flat) : element.ge(flat)).logicalNot();
            Tensor open = low.lt(high);
            low = open.logicalAnd(before).where(middle.add(one), low);
            high = open.logicalAnd(before.logicalNot()).where(middle, high);
        }
        return low.reshape(asked.toArray()).to(int32 ? DType.INT32 : DType.INT64);
    }

    private static void check(String name, Tensor lines, Tensor values, @Nullable Tensor sorter) {
        Shape line = lines.shape();
        if (line.rank() == 0) {
            throw new ShapeMismatchException("[" + name + "] expected sorted elements with at least one dimension, got a scalar; reshape it"
                    + " to [1]");
        }
        boolean fits = line.rank() == 1 || values.shape().rank() == line.rank()
                && values.shape().with(line.rank() - 1, 1).equals(line.with(line.rank() - 1, 1));
        if (!fits) {
            throw new ShapeMismatchException("[" + name + "] expected values that agree with " + line + " but for the last dimension, got "
                    + values.shape() + "; search in one line, or expand");
        }
        if (sorter != null && !sorter.shape().equals(line)) {
            throw new ShapeMismatchException("[" + name + "] expected a sorter of shape " + line + ", got " + sorter.shape()
                    + "; it is the result of argsort");
        }
        if (sorter != null && sorter.dtype() != DType.INT64) {
            throw new DTypeMismatchException("[" + name + "] expected a sorter of int64, got " + sorter.dtype()
                    + "; it is the result of argsort");
        }
    }

    /** Returns which elements occur among others; see {@link Tensor#isin}. */
    public static Tensor contained(Tensor elements, Tensor others, boolean invert) {
        Tensor b = Primitives.onDeviceOf("isin", elements, others);
        DType type = Promotion.of(elements, b);
        Tensor a = Primitives.detached(elements).to(type);
        Tensor set = Primitives.detached(b).to(type).reshape(b.numel());
        Tensor found;
        if (a.numel() * set.numel() <= PAIRS) {
            found = a.unsqueeze(-1).eq(set).any(-1, false);
        } else {
            Tensor sorted = Sorting.sort("isin", set, 0, false).values();
            Tensor at = search("isin", sorted, a, false, false, null)
                    .minimum(Primitives.scalarOf(a, set.numel() - 1, DType.INT64));
            found = sorted.indexSelect(0, at.reshape(a.numel())).reshape(a.shape().toArray()).eq(a);
        }
        return invert ? found.logicalNot() : found;
    }
}
