// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.vectors.tables;

import dev.ashlar.Rounding;
import dev.ashlar.Tensor;
import dev.ashlar.conformance.internal.vectors.Arguments;
import dev.ashlar.conformance.internal.vectors.Entry;
import dev.ashlar.conformance.internal.vectors.Table;
import dev.ashlar.type.DType;
import dev.ashlar.type.DTypeMismatchException;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.ShapeMismatchException;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/** The calls of the group elementwise_binary. */
public final class ElementwiseBinary {
    private static final String TRUTHS = "its results are truths";
    private static final String INTEGERS = "integers have none";

    private ElementwiseBinary() {}

    /** The call with a number as its second operand. */
    private interface WithNumber {
        Tensor of(Tensor x, double number);
    }

    /** The call with a whole number as its second operand. */
    private interface WithWhole {
        Tensor of(Tensor x, long number);
    }

    /** Returns an operand that is a tensor, or a number or a truth as a zero-dimensional one, in the type that it has beside the other. */
    private static Tensor operand(Arguments a, int position, String name) {
        if (a.isFlag(position, name)) {
            return truth(a.flag(position, name, false));
        }
        if (a.isInteger(position, name)) {
            return Tensor.of(new long[] {a.integer(position, name)}).reshape();
        }
        if (!a.isNumber(position, name)) {
            return a.tensor(position, name);
        }
        String[] names = position == 0 ? new String[] {"other", "exponent"} : new String[] {"input", "input"};
        DType beside = a.tensor(1 - position, a.has(-1, names[1]) ? names[1] : names[0]).dtype();
        return Tensor.scalar(a.number(position, name), beside.isFloatingPoint() ? beside : DType.FLOAT32);
    }

    private static Tensor truth(boolean value) {
        return Tensor.of(new boolean[] {value}).reshape();
    }

    private static Tensor call(Arguments a, BinaryOperator<Tensor> tensors, WithNumber number, WithWhole whole) {
        Tensor x = operand(a, 0, "input");
        if (a.isInteger(1, "other")) {
            return whole.of(x, a.integer(1, "other"));
        }
        return a.isNumber(1, "other") ? number.of(x, a.number(1, "other")) : tensors.apply(x, operand(a, 1, "other"));
    }

    private static Entry refusing(Entry entry, BinaryOperator<Tensor> tensors, boolean whole) {
        return entry.refuses("shapes that do not broadcast", ShapeMismatchException.class, "[2]", () -> whole
                ? tensors.apply(Tensor.arange(2), Tensor.arange(3))
                : tensors.apply(Tensor.ones(2), Tensor.ones(3)));
    }

    private static Entry binary(Table table, String operation, String method, BinaryOperator<Tensor> tensors) {
        return refusing(table.add(operation, a -> tensors.apply(operand(a, 0, "input"), operand(a, 1, "other"))).covers(method), tensors,
                false);
    }

    private static Entry binary(
            Table table, String operation, String method, BinaryOperator<Tensor> tensors, WithNumber number, WithWhole whole) {
        return refusing(table.add(operation, a -> call(a, tensors, number, whole)).covers(method), tensors, false);
    }

    /** An operation of integers, with a tensor or a number. */
    private static Entry bits(Table table, String operation, String method, BinaryOperator<Tensor> tensors, WithWhole whole) {
        Entry entry = table.add(operation, a -> a.isInteger(1, "other")
                        ? whole.of(a.tensor(0, "input"), a.integer(1, "other"))
                        : tensors.apply(operand(a, 0, "input"), operand(a, 1, "other")))
                .covers(method).noGradient(INTEGERS)
                .refuses("floating-point numbers", DTypeMismatchException.class, "integers",
                        () -> tensors.apply(Tensor.ones(2), Tensor.ones(2)));
        return refusing(entry, tensors, true);
    }

    public static void addTo(Table table) {
        arithmetic(table);
        quotients(table);
        powers(table);
        limits(table);
        comparisons(table);
        bits(table);
        others(table);
    }

    private static void arithmetic(Table table) {
        refusing(table.add("add", a -> a.has(-1, "alpha")
                        ? operand(a, 0, "input").add(operand(a, 1, "other"), a.number(-1, "alpha"))
                        : call(a, Tensor::add, Tensor::add, Tensor::add))
                .covers("add"), Tensor::add, false)
                .refuses("a factor with a fraction for integers", InvalidArgumentException.class, "whole alpha",
                        () -> Tensor.arange(2).add(Tensor.arange(2), 0.5));
        refusing(table.add("sub", a -> a.has(-1, "alpha")
                        ? operand(a, 0, "input").sub(operand(a, 1, "other"), a.number(-1, "alpha"))
                        : call(a, Tensor::sub, Tensor::sub, Tensor::sub))
                .covers("sub"), Tensor::sub, false)
                .refuses("bool", DTypeMismatchException.class, "number type", () -> truth(true).sub(truth(false)));
        refusing(table.add("rsub", a -> a.has(-1, "alpha")
                        ? operand(a, 0, "input").rsub(operand(a, 1, "other"), a.number(-1, "alpha"))
                        : call(a, Tensor::rsub, Tensor::rsub, Tensor::rsub))
                .covers("rsub"), Tensor::rsub, false);
        binary(table, "mul", "mul", Tensor::mul, Tensor::mul, Tensor::mul);
    }

    private static Rounding rounding(Arguments a) {
        return Rounding.valueOf(a.text(-1, "rounding_mode", "none").toUpperCase(java.util.Locale.ROOT));
    }

    private static void quotients(Table table) {
        refusing(table.add("div", a -> a.has(-1, "rounding_mode")
                        ? call(a, (x, y) -> x.div(y, rounding(a)), (x, y) -> x.div(y, rounding(a)), (x, y) -> x.div(y, rounding(a)))
                        : call(a, Tensor::div, Tensor::div, Tensor::div))
                .covers("div"), Tensor::div, false);
        binary(table, "floor_divide", "floorDivide", Tensor::floorDivide, Tensor::floorDivide, Tensor::floorDivide)
                .noGradient("PyTorch has none either; the quotient of div(other, Rounding.FLOOR) has one, which is 0");
        binary(table, "fmod", "fmod", Tensor::fmod, Tensor::fmod, Tensor::fmod)
                .refuses("bool", DTypeMismatchException.class, "number type", () -> truth(true).fmod(truth(false)));
        binary(table, "remainder", "remainder", Tensor::remainder, Tensor::remainder, Tensor::remainder);
    }

    private static Object pow(Arguments a) {
        if (a.isTensor(0, "input")) {
            Tensor x = a.tensor(0, "input");
            if (a.isInteger(1, "exponent")) {
                return x.pow(a.integer(1, "exponent"));
            }
            return a.isNumber(1, "exponent") ? x.pow(a.number(1, "exponent")) : x.pow(operand(a, 1, "exponent"));
        }
        Tensor exponent = a.tensor(1, "exponent");
        return a.isInteger(0, "input") ? exponent.rpow(a.integer(0, "input")) : exponent.rpow(a.number(0, "input"));
    }

    private static Object floatPower(Arguments a) {
        if (a.isTensor(0, "input")) {
            Tensor x = a.tensor(0, "input");
            return a.isNumber(1, "exponent") ? x.floatPower(a.number(1, "exponent")) : x.floatPower(operand(a, 1, "exponent"));
        }
        return Tensor.scalar(a.number(0, "input"), DType.FLOAT64).floatPower(a.tensor(1, "exponent"));
    }

    private static void powers(Table table) {
        refusing(table.add("pow", ElementwiseBinary::pow).covers("pow", "rpow"), Tensor::pow, false)
                .refuses("a negative power of integers", InvalidArgumentException.class, "exponent >= 0", () -> Tensor.arange(2).pow(-1L));
        refusing(table.add("float_power", ElementwiseBinary::floatPower).covers("floatPower"), Tensor::floatPower, false);
        binary(table, "ldexp", "ldexp", Tensor::ldexp);
        binary(table, "logaddexp", "logaddexp", Tensor::logaddexp)
                .refuses("integers", DTypeMismatchException.class, "floating-point", () -> Tensor.arange(2).logaddexp(Tensor.arange(2)));
        binary(table, "logaddexp2", "logaddexp2", Tensor::logaddexp2);
        binary(table, "xlogy", "xlogy", Tensor::xlogy, Tensor::xlogy, Tensor::xlogy);
        binary(table, "hypot", "hypot", Tensor::hypot)
                .refuses("integers", DTypeMismatchException.class, "floating-point", () -> Tensor.arange(2).hypot(Tensor.arange(2)));
        binary(table, "atan2", "atan2", Tensor::atan2);
    }

    private static void limits(Table table) {
        binary(table, "maximum", "maximum", Tensor::maximum);
        binary(table, "minimum", "minimum", Tensor::minimum);
        binary(table, "fmax", "fmax", Tensor::fmax);
        binary(table, "fmin", "fmin", Tensor::fmin);
        clamp(table, "clamp_min", "min", Tensor::clampMin, Tensor::clampMin, (x, limit) -> x.clamp(limit, null));
        clamp(table, "clamp_max", "max", Tensor::clampMax, Tensor::clampMax, (x, limit) -> x.clamp(null, limit));
    }

    private static void clamp(
            Table table, String operation, String limit, WithNumber number, WithWhole whole, BinaryOperator<@Nullable Tensor> tensors) {
        refusing(table.add(operation, a -> {
            Tensor x = a.tensor(0, "input");
            if (a.isInteger(1, limit)) {
                return whole.of(x, a.integer(1, limit));
            }
            return a.isNumber(1, limit) ? number.of(x, a.number(1, limit)) : tensors.apply(x, operand(a, 1, limit));
        }).covers("clamp"), tensors, false);
    }

    private static void comparisons(Table table) {
        binary(table, "eq", "eq", Tensor::eq, Tensor::eq, Tensor::eq).noGradient(TRUTHS);
        binary(table, "ne", "ne", Tensor::ne, Tensor::ne, Tensor::ne).noGradient(TRUTHS);
        binary(table, "lt", "lt", Tensor::lt, Tensor::lt, Tensor::lt).noGradient(TRUTHS);
        binary(table, "le", "le", Tensor::le, Tensor::le, Tensor::le).noGradient(TRUTHS);
        binary(table, "gt", "gt", Tensor::gt, Tensor::gt, Tensor::gt).noGradient(TRUTHS);
        binary(table, "ge", "ge", Tensor::ge, Tensor::ge, Tensor::ge).noGradient(TRUTHS);
        binary(table, "logical_and", "logicalAnd", Tensor::logicalAnd).noGradient(TRUTHS);
        binary(table, "logical_or", "logicalOr", Tensor::logicalOr).noGradient(TRUTHS);
        binary(table, "logical_xor", "logicalXor", Tensor::logicalXor).noGradient(TRUTHS);
        refusing(table.add("isclose", a -> a.tensor(0, "input").isclose(
                        a.tensor(1, "other"), a.number(2, "rtol", 1e-5), a.number(3, "atol", 1e-8), a.flag(4, "equal_nan", false)))
                .covers("isclose").noGradient(TRUTHS), Tensor::isclose, false)
                .refuses("two types", DTypeMismatchException.class, "one type", () -> Tensor.ones(2).isclose(Tensor.arange(2)));
    }

    private static void bits(Table table) {
        bits(table, "bitwise_and", "bitwiseAnd", Tensor::bitwiseAnd, Tensor::bitwiseAnd);
        bits(table, "bitwise_or", "bitwiseOr", Tensor::bitwiseOr, Tensor::bitwiseOr);
        bits(table, "bitwise_xor", "bitwiseXor", Tensor::bitwiseXor, Tensor::bitwiseXor);
        bits(table, "bitwise_left_shift", "bitwiseLeftShift", Tensor::bitwiseLeftShift, Tensor::bitwiseLeftShift);
        bits(table, "bitwise_right_shift", "bitwiseRightShift", Tensor::bitwiseRightShift, Tensor::bitwiseRightShift);
        refusing(table.add("gcd", a -> operand(a, 0, "input").gcd(operand(a, 1, "other"))).covers("gcd"), Tensor::gcd, true)
                .noGradient(INTEGERS)
                .refuses("floating-point numbers", DTypeMismatchException.class, "integers", () -> Tensor.ones(2).gcd(Tensor.ones(2)));
        refusing(table.add("lcm", a -> operand(a, 0, "input").lcm(operand(a, 1, "other"))).covers("lcm"), Tensor::lcm, true)
                .noGradient(INTEGERS)
                .refuses("floating-point numbers", DTypeMismatchException.class, "integers", () -> Tensor.ones(2).lcm(Tensor.ones(2)));
    }

    private static void others(Table table) {
        binary(table, "copysign", "copysign", Tensor::copysign, Tensor::copysign, Tensor::copysign);
        table.add("heaviside", a -> a.tensor(0, "input").heaviside(a.tensor(1, "values"))).covers("heaviside")
                .noGradient("PyTorch has none either: a step, whose height is not a function of its operands")
                .refuses("two types", DTypeMismatchException.class, "one type", () -> Tensor.ones(2).heaviside(Tensor.arange(2)));
        binary(table, "nextafter", "nextafter", Tensor::nextafter)
                .refuses("integers", DTypeMismatchException.class, "floating-point", () -> Tensor.arange(2).nextafter(Tensor.arange(2)));
    }
}
