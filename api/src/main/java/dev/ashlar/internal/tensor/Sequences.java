// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import dev.ashlar.Device;
import dev.ashlar.Tensor;
import dev.ashlar.internal.schedule.DeviceRuntime;
import dev.ashlar.type.DType;
import dev.ashlar.type.DTypeMismatchException;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.Shape;
import java.util.function.IntToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Tensors of numbers in a row, and of positions. Whole numbers are computed on the device; what has fractions is computed by the host in
 * double, so that it is the same on every device, and rounded once.
 */
public final class Sequences {
    private Sequences() {}

    private static DeviceRuntime runtime(@Nullable Device device) {
        return device == null ? Creation.runtime() : Devices.runtime(device);
    }

    // ---- evenly spaced ----------------------------------------------------------------------------------------------------------

    private static InvalidArgumentException noWay(Number start, Number end, Number step) {
        return new InvalidArgumentException("[arange] expected a step from " + start + " towards " + end + ", got " + step
                + "; a step above 0 goes up, one below 0 down");
    }

    /** See {@link Tensor#arange(long, long, long, DType, Device)}. */
    public static Tensor arange(long start, long end, long step, DType type, @Nullable Device device) {
        if (step == 0 || (step > 0 ? end < start : end > start)) {
            throw noWay(start, end, step);
        }
        requireNumbers("arange", type);
        return whole(start, step, Math.ceilDiv(end - start, step), type, device);
    }

    private static Tensor whole(long start, long step, long count, DType type, @Nullable Device device) {
        Tensor position = Primitives.iota(Shape.of(count), runtime(device));
        Tensor scaled = step == 1 ? position : position.mul(step);
        return (start == 0 ? scaled : scaled.add(start)).to(type);
    }

    /** See {@link Tensor#arange(double, double, double, DType, Device)}. */
    public static Tensor arange(double start, double end, double step, DType type, @Nullable Device device) {
        if (!(step > 0 && end >= start || step < 0 && end <= start) || Double.isInfinite((end - start) / step)) {
            throw noWay(start, end, step);
        }
        requireNumbers("arange", type);
        if (type.isInteger()) {
            long truncated = (long) step;
            if (truncated == 0) {
                throw new InvalidArgumentException("[arange] expected a step of at least 1 for " + type + ", got " + step
                        + "; use a floating-point type");
            }
            // Only int64 counts with the truncated limits.
            long count = type == DType.INT64
                    ? Math.ceilDiv((long) end - (long) start, truncated)
                    : (long) Math.ceil((end - start) / step);
            return whole((long) start, truncated, count, type, device);
        }
        return numbers(count("arange", Math.ceil((end - start) / step)), i -> start + i * step, type, device);
    }

    /** See {@link Tensor#linspace(double, double, long, DType, Device)}. */
    public static Tensor linspace(double start, double end, long count, DType type, @Nullable Device device) {
        requireNumbers("linspace", type);
        return numbers(count("linspace", count), between(start, end, count, type), type, device);
    }

    /** See {@link Tensor#logspace(double, double, long, double, DType, Device)}. */
    public static Tensor logspace(double start, double end, long count, double base, DType type, @Nullable Device device) {
        requireNumbers("logspace", type);
        IntToDoubleFunction exponent = between(start, end, count, type);
        return numbers(count("logspace", count), i -> StrictMath.pow(base, exponent.applyAsDouble(i)), type, device);
    }

    /** Counts from both ends, so that the last number is exactly the end; for integers the ends are truncated first. */
    private static IntToDoubleFunction between(double start, double end, long count, DType type) {
        double from = type.isInteger() ? (long) start : start;
        double to = type.isInteger() ? (long) end : end;
        double step = count > 1 ? (to - from) / (count - 1) : 0;
        return i -> count == 1 || i < count / 2 ? from + i * step : to - (count - 1 - i) * step;
    }

    private static int count(String name, double count) {
        if (!(count >= 0 && count <= Integer.MAX_VALUE - 8)) {
            throw new InvalidArgumentException("[" + name + "] expected a count from 0 to " + (Integer.MAX_VALUE - 8) + ", got "
                    + (long) count + "; use whole numbers, which are computed on the device");
        }
        return (int) count;
    }

    private static void requireNumbers(String name, DType type) {
        if (type == DType.BOOL) {
            throw new DTypeMismatchException("[" + name + "] expected a type of numbers, got bool; compare a sequence of numbers instead");
        }
    }

    private static Tensor numbers(int count, IntToDoubleFunction value, DType type, @Nullable Device device) {
        Tensor tensor;
        if (type == DType.FLOAT64) {
            double[] values = new double[count];
            java.util.Arrays.setAll(values, value);
            tensor = Creation.of(device, values);
        } else if (type.isFloatingPoint()) {
            float[] values = new float[count];
            for (int i = 0; i < count; i++) {
                // A value of the type already: the cast to it is exact.
                values[i] = (float) HostNumbers.round(type, value.applyAsDouble(i));
            }
            tensor = Creation.of(device, values);
        } else {
            long[] values = new long[count];
            java.util.Arrays.setAll(values, i -> (long) value.applyAsDouble(i));
            tensor = Creation.of(device, values);
        }
        return tensor.to(type);
    }

    // ---- positions --------------------------------------------------------------------------------------------------------------

    /** See {@link Tensor#eye(long, long, DType, Device)}. */
    public static Tensor eye(long rows, long columns, DType type, @Nullable Device device) {
        requireSizes("eye", rows, columns);
        Tensor row = Primitives.iota(Shape.of(rows, 1), runtime(device));
        Tensor column = Primitives.iota(Shape.of(columns), runtime(device));
        return row.eq(column).to(type);
    }

    /** See {@link Tensor#trilIndices(long, long, long, DType, Device)}. */
    public static Tensor trilIndices(long rows, long columns, long offset, DType type, @Nullable Device device) {
        requireSizes("trilIndices", rows, columns);
        return triangle("trilIndices", rows, columns, type, device, row -> 0, row -> Math.clamp(row + offset + 1, 0, columns));
    }

    /** See {@link Tensor#triuIndices(long, long, long, DType, Device)}. */
    public static Tensor triuIndices(long rows, long columns, long offset, DType type, @Nullable Device device) {
        requireSizes("triuIndices", rows, columns);
        return triangle("triuIndices", rows, columns, type, device, row -> Math.clamp(row + offset, 0, columns), row -> columns);
    }

    private static Tensor triangle(
            String name,
            long rows,
            long columns,
            DType type,
            @Nullable Device device,
            java.util.function.LongUnaryOperator first,
            java.util.function.LongUnaryOperator end) {
        if (type != DType.INT64 && type != DType.INT32) {
            throw new DTypeMismatchException("[" + name + "] expected int64 or int32, got " + type + "; cast the positions");
        }
        double total = 0;
        for (long row = 0; row < rows; row++) {
            total += Math.max(0, end.applyAsLong(row) - first.applyAsLong(row));
        }
        int count = count(name, 2 * total) / 2;
        long[] positions = new long[2 * count];
        int next = 0;
        for (long row = 0; row < rows; row++) {
            for (long column = first.applyAsLong(row); column < end.applyAsLong(row); column++) {
                positions[next] = row;
                positions[count + next++] = column;
            }
        }
        return Creation.of(device, positions).reshape(2, count).to(type);
    }

    private static void requireSizes(String name, long rows, long columns) {
        if (rows < 0 || columns < 0) {
            throw new InvalidArgumentException("[" + name + "] expected sizes >= 0, got " + rows + " and " + columns
                    + "; give the numbers of rows and columns");
        }
    }
}
