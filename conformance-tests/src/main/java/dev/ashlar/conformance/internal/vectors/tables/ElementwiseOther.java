// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.vectors.tables;

import dev.ashlar.Tensor;
import dev.ashlar.conformance.internal.vectors.Arguments;
import dev.ashlar.conformance.internal.vectors.Table;
import dev.ashlar.type.DType;
import dev.ashlar.type.DTypeMismatchException;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.ShapeMismatchException;

/** The calls of the group elementwise_other. */
public final class ElementwiseOther {
    private ElementwiseOther() {}

    public static void addTo(Table table) {
        table.add("where", ElementwiseOther::where)
                .covers("where")
                .refuses("a condition of numbers", DTypeMismatchException.class, "bool", () -> Tensor.ones(2)
                        .where(Tensor.ones(2), Tensor.ones(2)))
                .refuses("shapes that do not broadcast", ShapeMismatchException.class, "[2]", () -> Tensor.ones(2)
                        .gt(0.0)
                        .where(Tensor.ones(2), Tensor.ones(3)));
        table.add("clamp", ElementwiseOther::clamp)
                .covers("clamp", "clampMin", "clampMax")
                .refuses("no limit", InvalidArgumentException.class, "neither", () -> Tensor.ones(2).clamp((Tensor) null, null))
                .refuses("limits that do not broadcast", ShapeMismatchException.class, "[3]", () -> Tensor.ones(2)
                        .clamp(Tensor.ones(3), null));
        table.add("lerp", a -> a.isTensor(2, "weight")
                        ? a.tensor(0, "input").lerp(a.tensor(1, "end"), a.tensor(2, "weight"))
                        : a.tensor(0, "input").lerp(a.tensor(1, "end"), a.number(2, "weight")))
                .covers("lerp")
                .refuses("integers", DTypeMismatchException.class, "int64", () -> Tensor.arange(3).lerp(Tensor.arange(3), 0.5))
                .refuses("shapes that do not broadcast", ShapeMismatchException.class, "[3]", () -> Tensor.ones(2)
                        .lerp(Tensor.ones(3), 0.5));
        table.add("addcmul", a -> {
                    Tensor x = a.tensor(0, "input");
                    Tensor first = a.tensor(1, "tensor1");
                    Tensor second = a.tensor(2, "tensor2");
                    if (!a.has(-1, "value")) {
                        return x.addcmul(first, second);
                    }
                    return a.isInteger(-1, "value")
                            ? x.addcmul(first, second, a.integer(-1, "value"))
                            : x.addcmul(first, second, a.number(-1, "value"));
                })
                .covers("addcmul")
                .refuses("bool", DTypeMismatchException.class, "bool", () -> Tensor.ones(2).gt(0.0)
                        .addcmul(Tensor.ones(2).gt(0.0), Tensor.ones(2).gt(0.0)))
                .refuses("shapes that do not broadcast", ShapeMismatchException.class, "[3]", () -> Tensor.ones(2)
                        .addcmul(Tensor.ones(3), Tensor.ones(2)));
        table.add("addcdiv", a -> a.has(-1, "value")
                        ? a.tensor(0, "input").addcdiv(a.tensor(1, "tensor1"), a.tensor(2, "tensor2"), a.number(-1, "value"))
                        : a.tensor(0, "input").addcdiv(a.tensor(1, "tensor1"), a.tensor(2, "tensor2")))
                .covers("addcdiv")
                .refuses("integers", DTypeMismatchException.class, "int64", () -> Tensor.ones(3)
                        .addcdiv(Tensor.arange(3), Tensor.arange(3)))
                .refuses("shapes that do not broadcast", ShapeMismatchException.class, "[3]", () -> Tensor.ones(2)
                        .addcdiv(Tensor.ones(3), Tensor.ones(2)));
        table.add("masked_fill", ElementwiseOther::maskedFill)
                .covers("maskedFill")
                .refuses("a mask of numbers", DTypeMismatchException.class, "bool", () -> Tensor.ones(2).maskedFill(Tensor.ones(2), 1.0))
                .refuses("a value with dimensions", ShapeMismatchException.class, "zero-dimensional", () -> Tensor.ones(2)
                        .maskedFill(Tensor.ones(2).gt(0.0), Tensor.ones(2)));
        table.add("equal", a -> a.tensor(0, "input").equal(a.tensor(1, "other")))
                .covers("equal")
                .noGradient("the result is a boolean of the host")
                .refuses("a closed tensor", dev.ashlar.type.TensorClosedException.class, "closed", () -> closed().equal(Tensor.ones(2)));
        table.add("allclose", a -> a.tensor(0, "input")
                        .allclose(
                                a.tensor(1, "other"),
                                a.number(2, "rtol", 1e-5),
                                a.number(3, "atol", 1e-8),
                                a.flag(4, "equal_nan", false)))
                .covers("allclose")
                .noGradient("the result is a boolean of the host")
                .refuses("a negative tolerance", InvalidArgumentException.class, ">= 0", () -> Tensor.ones(2)
                        .allclose(Tensor.ones(2), -1, 0))
                .refuses("two types", DTypeMismatchException.class, "int32", () -> Tensor.ones(2)
                        .allclose(Tensor.ones(2).to(DType.INT32)));
    }

    private static Tensor closed() {
        Tensor tensor = Tensor.ones(2).clone();
        tensor.close();
        return tensor;
    }

    private static Object where(Arguments a) {
        Tensor condition = a.tensor(0, "condition");
        if (!a.has(1, "input") && !a.has(2, "other")) {
            return condition.nonzeroAsTuple();
        }
        if (a.isTensor(1, "input")) {
            Tensor yes = a.tensor(1, "input");
            if (a.isTensor(2, "other")) {
                return condition.where(yes, a.tensor(2, "other"));
            }
            return a.isInteger(2, "other")
                    ? condition.where(yes, a.integer(2, "other"))
                    : condition.where(yes, a.number(2, "other"));
        }
        if (a.isTensor(2, "other")) {
            Tensor no = a.tensor(2, "other");
            return a.isInteger(1, "input") ? condition.where(a.integer(1, "input"), no) : condition.where(a.number(1, "input"), no);
        }
        return a.isInteger(1, "input") && a.isInteger(2, "other")
                ? condition.where(a.integer(1, "input"), a.integer(2, "other"))
                : condition.where(a.number(1, "input"), a.number(2, "other"));
    }

    private static Tensor clamp(Arguments a) {
        Tensor x = a.tensor(0, "input");
        if (a.isTensor(1, "min") || a.isTensor(2, "max")) {
            return x.clamp(a.tensorOrNull(1, "min"), a.tensorOrNull(2, "max"));
        }
        boolean whole = !isFraction(a, 1, "min") && !isFraction(a, 2, "max");
        if (!a.has(1, "min")) {
            return whole ? x.clampMax(a.integer(2, "max")) : x.clampMax(a.number(2, "max"));
        }
        if (!a.has(2, "max")) {
            return whole ? x.clampMin(a.integer(1, "min")) : x.clampMin(a.number(1, "min"));
        }
        return whole ? x.clamp(a.integer(1, "min"), a.integer(2, "max")) : x.clamp(a.number(1, "min"), a.number(2, "max"));
    }

    private static boolean isFraction(Arguments a, int position, String name) {
        return a.has(position, name) && !a.isInteger(position, name);
    }

    private static Tensor maskedFill(Arguments a) {
        Tensor x = a.tensor(0, "input");
        Tensor mask = a.tensor(1, "mask");
        if (a.isTensor(2, "value")) {
            return x.maskedFill(mask, a.tensor(2, "value"));
        }
        return a.isInteger(2, "value") ? x.maskedFill(mask, a.integer(2, "value")) : x.maskedFill(mask, a.number(2, "value"));
    }
}
