// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.vectors.tables;

import dev.ashlar.Ashlar;
import dev.ashlar.Tensor;
import dev.ashlar.conformance.internal.vectors.Arguments;
import dev.ashlar.conformance.internal.vectors.Entry;
import dev.ashlar.conformance.internal.vectors.Table;
import dev.ashlar.type.DType;
import dev.ashlar.type.DTypeMismatchException;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.Shape;
import dev.ashlar.type.ShapeMismatchException;
import dev.ashlar.type.TensorClosedException;
import java.util.function.Function;

/** The calls of the group creation. */
public final class Creation {
    private static final String FRESH = "the result is constant";

    private Creation() {}

    public static void addTo(Table table) {
        sequences(table);
        constants(table);
        likeAnother(table);
        positions(table);
    }

    private static DType type(Arguments a, DType absent) {
        return a.isType(-1, "dtype") ? a.type(-1, "dtype") : absent;
    }

    // ---- sequences --------------------------------------------------------------------------------------------------------------

    private static void sequences(Table table) {
        table.add("arange", Creation::arange)
                .covers("arange")
                .noGradient(FRESH)
                .refuses("a step of 0", InvalidArgumentException.class, "step", () -> Tensor.arange(0, 3, 0))
                .refuses("a step the wrong way", InvalidArgumentException.class, "step", () -> Tensor.arange(0.5, 3.5, -1.0))
                .refuses("bool", DTypeMismatchException.class, "bool", () -> Tensor.arange(0, 2, 1, DType.BOOL));
        table.add("linspace", a -> Tensor.linspace(
                        a.number(0, "start"), a.number(1, "end"), a.integer(2, "steps"), type(a, DType.FLOAT32)))
                .covers("linspace")
                .noGradient(FRESH)
                .refuses("a negative count", InvalidArgumentException.class, "-1", () -> Tensor.linspace(0, 1, -1));
        table.add("logspace", a -> Tensor.logspace(
                        a.number(0, "start"), a.number(1, "end"), a.integer(2, "steps"), a.number(3, "base", 10), type(a, DType.FLOAT32)))
                .covers("logspace")
                .noGradient(FRESH)
                .refuses("a negative count", InvalidArgumentException.class, "-1", () -> Tensor.logspace(0, 1, -1));
    }

    private static Tensor arange(Arguments a) {
        boolean onlyEnd = a.count() == 1 && !a.has(-1, "end");
        boolean whole = a.isInteger(0, "start")
                && (onlyEnd || a.isInteger(1, "end"))
                && (!a.has(2, "step") || a.isInteger(2, "step"));
        if (whole) {
            long start = onlyEnd ? 0 : a.integer(0, "start");
            long end = onlyEnd ? a.integer(0, "end") : a.integer(1, "end");
            return Tensor.arange(start, end, a.integer(2, "step", 1), type(a, DType.INT64));
        }
        double start = onlyEnd ? 0 : a.number(0, "start");
        double end = onlyEnd ? a.number(0, "end") : a.number(1, "end");
        return Tensor.arange(start, end, a.number(2, "step", 1), type(a, DType.FLOAT32));
    }

    // ---- constants --------------------------------------------------------------------------------------------------------------

    private static void constants(Table table) {
        sized(table, "zeros", a -> Tensor.zeros(size(a), type(a, DType.FLOAT32)), () -> Tensor.zeros(-1));
        sized(table, "ones", a -> Tensor.ones(size(a), type(a, DType.FLOAT32)), () -> Tensor.ones(-1));
        table.add("full", a -> {
                    Shape shape = Shape.of(a.integers(0, "size"));
                    if (a.isFlag(1, "fill_value")) {
                        Tensor truth = Tensor.full(shape, a.flag(1, "fill_value", false));
                        return truth.to(type(a, DType.BOOL));
                    }
                    return a.isInteger(1, "fill_value")
                            ? Tensor.full(shape, a.integer(1, "fill_value"), type(a, DType.INT64))
                            : Tensor.full(shape, a.number(1, "fill_value"), type(a, DType.FLOAT32));
                })
                .covers("full")
                .noGradient(FRESH)
                .refuses("a negative size", InvalidArgumentException.class, "-1", () -> Tensor.full(2.0, -1));
        table.add("scalar_tensor", a -> a.isInteger(0, "s")
                        ? Tensor.scalar(a.integer(0, "s"), type(a, DType.FLOAT32))
                        : Tensor.scalar(a.number(0, "s"), type(a, DType.FLOAT32)))
                .covers("scalar")
                .noGradient(FRESH)
                .refuses("a name that is no type", InvalidArgumentException.class, "float8", () -> Tensor
                        .scalar(1, DType.of("float8")));
        table.add("eye", a -> {
                    long rows = a.integer(0, "n");
                    return Tensor.eye(rows, a.integer(1, "m", rows), type(a, DType.FLOAT32));
                })
                .covers("eye")
                .noGradient(FRESH)
                .refuses("a negative size", InvalidArgumentException.class, "-1", () -> Tensor.eye(-1));
    }

    private static Shape size(Arguments a) {
        return Shape.of(a.has(-1, "size") ? a.integers(-1, "size") : a.integersFrom(0));
    }

    private static void sized(Table table, String name, Entry.Call call, java.util.function.Supplier<?> bad) {
        table.add(name, call).covers(name).noGradient(FRESH).refuses("a negative size", InvalidArgumentException.class, "-1", bad);
    }

    // ---- like another tensor ----------------------------------------------------------------------------------------------------

    private static void likeAnother(Table table) {
        like(table, "zeros_like", "zerosLike", a -> a.tensor(0, "input").zerosLike(type(a, a.tensor(0, "input").dtype())),
                () -> closed().zerosLike());
        like(table, "ones_like", "onesLike", a -> a.tensor(0, "input").onesLike(type(a, a.tensor(0, "input").dtype())),
                () -> closed().onesLike());
        like(table, "full_like", "fullLike", a -> {
            Tensor x = a.tensor(0, "input");
            DType type = type(a, x.dtype());
            return a.isInteger(1, "fill_value")
                    ? x.fullLike(a.integer(1, "fill_value"), type)
                    : x.fullLike(a.number(1, "fill_value"), type);
        }, () -> closed().fullLike(1.0)).refuses(
                "a value with dimensions", ShapeMismatchException.class, "[2]", () -> Tensor.ones(2).fullLike(Tensor.ones(2)));
        like(table, "new_zeros", "newZeros", a -> a.tensor(0, "input").newZeros(newSize(a), type(a, a.tensor(0, "input").dtype())),
                () -> closed().newZeros(2));
        like(table, "new_ones", "newOnes", a -> a.tensor(0, "input").newOnes(newSize(a), type(a, a.tensor(0, "input").dtype())),
                () -> closed().newOnes(2));
        like(table, "new_full", "newFull", a -> {
            Tensor x = a.tensor(0, "input");
            Shape shape = Shape.of(a.integers(1, "size"));
            DType type = type(a, x.dtype());
            return a.isInteger(2, "fill_value")
                    ? x.newFull(shape, a.integer(2, "fill_value"), type)
                    : x.newFull(shape, a.number(2, "fill_value"), type);
        }, () -> closed().newFull(Shape.of(2), 1.0));
        table.add("fill", a -> {
                    Tensor x = a.tensor(0, "input");
                    if (a.isTensor(1, "value")) {
                        return x.fullLike(a.tensor(1, "value"));
                    }
                    return a.isInteger(1, "value") ? x.fullLike(a.integer(1, "value")) : x.fullLike(a.number(1, "value"));
                })
                .covers("fullLike")
                .refuses("a closed tensor", TensorClosedException.class, "closed", () -> closed().fullLike(1.0));
    }

    private static Shape newSize(Arguments a) {
        return Shape.of(a.has(-1, "size") ? a.integers(-1, "size") : a.integersFrom(1));
    }

    private static Entry like(Table table, String name, String method, Function<Arguments, Tensor> call,
            java.util.function.Supplier<?> bad) {
        return table.add(name, call::apply)
                .covers(method)
                .noGradient(FRESH)
                .refuses("a closed tensor", TensorClosedException.class, "closed", bad);
    }

    private static Tensor closed() {
        Tensor tensor = Tensor.ones(2).clone();
        tensor.close();
        return tensor;
    }

    // ---- positions --------------------------------------------------------------------------------------------------------------

    private static void positions(Table table) {
        table.add("tril_indices", a -> Tensor.trilIndices(
                        a.integer(0, "row"),
                        a.integer(1, "col"),
                        a.integer(2, "offset", 0),
                        type(a, DType.INT64),
                        Ashlar.defaultDevice()))
                .covers("trilIndices")
                .noGradient("the result is integers")
                .refuses("a negative size", InvalidArgumentException.class, "-1", () -> Tensor.trilIndices(-1, 2));
        table.add("triu_indices", a -> Tensor.triuIndices(
                        a.integer(0, "row"),
                        a.integer(1, "col"),
                        a.integer(2, "offset", 0),
                        type(a, DType.INT64),
                        Ashlar.defaultDevice()))
                .covers("triuIndices")
                .noGradient("the result is integers")
                .refuses("a negative size", InvalidArgumentException.class, "-1", () -> Tensor.triuIndices(-1, 2));
    }
}
