// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.vectors.tables;

import dev.ashlar.Tensor;
import dev.ashlar.conformance.internal.vectors.Entry;
import dev.ashlar.conformance.internal.vectors.Table;
import dev.ashlar.type.DTypeMismatchException;
import dev.ashlar.type.TensorClosedException;
import java.util.function.UnaryOperator;

/** The calls of the group elementwise_unary. */
public final class ElementwiseUnary {
    private ElementwiseUnary() {}

    private static Tensor closed() {
        Tensor x = Tensor.ones(2);
        x.close();
        return x;
    }

    private static Tensor truths() {
        return Tensor.of(new boolean[] {true, false});
    }

    private static Entry unary(Table table, String operation, String method, UnaryOperator<Tensor> call) {
        return table.add(operation, a -> call.apply(a.tensor(0, "input"))).covers(method)
                .refuses("a closed tensor", TensorClosedException.class, "was closed", () -> call.apply(closed()));
    }

    private static Entry unary(Table table, String name, UnaryOperator<Tensor> call) {
        return unary(table, name, name, call);
    }

    /** An operation that bool has no meaning for. */
    private static Entry numbers(Table table, String name, UnaryOperator<Tensor> call) {
        return table.add(name, a -> call.apply(a.tensor(0, "input"))).covers(name)
                .refuses("bool", DTypeMismatchException.class, "number type", () -> call.apply(truths()));
    }

    public static void addTo(Table table) {
        rounding(table);
        powers(table);
        angles(table);
        special(table);
        questions(table);
    }

    private static void rounding(Table table) {
        numbers(table, "abs", Tensor::abs);
        numbers(table, "neg", Tensor::neg);
        numbers(table, "positive", Tensor::positive);
        numbers(table, "ceil", Tensor::ceil);
        numbers(table, "floor", Tensor::floor);
        numbers(table, "trunc", Tensor::trunc);
        table.add("round", a -> a.has(-1, "decimals") ? a.tensor(0, "input").round(a.dim(-1, "decimals")) : a.tensor(0, "input").round())
                .covers("round").refuses("bool", DTypeMismatchException.class, "number type", () -> truths().round());
        table.add("frac", a -> a.tensor(0, "input").frac()).covers("frac")
                .refuses("integers", DTypeMismatchException.class, "floating-point", () -> Tensor.arange(3).frac());
        unary(table, "sign", Tensor::sign);
        unary(table, "sgn", Tensor::sgn);
        table.add("nan_to_num", a -> a.tensor(0, "input").nanToNum(
                        a.number(1, "nan", 0), a.numberOrNull(2, "posinf"), a.numberOrNull(3, "neginf")))
                .covers("nanToNum").refuses("a closed tensor", TensorClosedException.class, "was closed", () -> closed().nanToNum());
    }

    private static void powers(Table table) {
        unary(table, "exp", Tensor::exp);
        unary(table, "exp2", Tensor::exp2);
        unary(table, "expm1", Tensor::expm1);
        unary(table, "log", Tensor::log);
        unary(table, "log10", Tensor::log10);
        unary(table, "log1p", Tensor::log1p);
        unary(table, "log2", Tensor::log2);
        unary(table, "reciprocal", Tensor::reciprocal);
        unary(table, "rsqrt", Tensor::rsqrt);
        unary(table, "sqrt", Tensor::sqrt);
        unary(table, "square", Tensor::square);
    }

    private static void angles(Table table) {
        unary(table, "acos", Tensor::acos);
        unary(table, "acosh", Tensor::acosh);
        unary(table, "asin", Tensor::asin);
        unary(table, "asinh", Tensor::asinh);
        unary(table, "atan", Tensor::atan);
        unary(table, "atanh", Tensor::atanh);
        unary(table, "cos", Tensor::cos);
        unary(table, "cosh", Tensor::cosh);
        unary(table, "sin", Tensor::sin);
        unary(table, "sinh", Tensor::sinh);
        unary(table, "tan", Tensor::tan);
        unary(table, "tanh", Tensor::tanh);
        unary(table, "deg2rad", Tensor::deg2rad);
        unary(table, "rad2deg", Tensor::rad2deg);
        unary(table, "sinc", Tensor::sinc);
    }

    private static void special(Table table) {
        unary(table, "erf", Tensor::erf);
        unary(table, "erfc", Tensor::erfc);
        unary(table, "erfinv", Tensor::erfinv);
        unary(table, "lgamma", Tensor::lgamma);
        unary(table, "digamma", Tensor::digamma)
                .covers("polygamma");
        unary(table, "sigmoid", Tensor::sigmoid);
        table.add("logit", a -> a.has(1, "eps") ? a.tensor(0, "input").logit(a.number(1, "eps")) : a.tensor(0, "input").logit())
                .covers("logit").refuses("a closed tensor", TensorClosedException.class, "was closed", () -> closed().logit());
    }

    private static void questions(Table table) {
        String reason = "its results are truths";
        unary(table, "isfinite", "isFinite", Tensor::isFinite).noGradient(reason);
        unary(table, "isinf", "isInf", Tensor::isInf).noGradient(reason);
        unary(table, "isnan", "isNan", Tensor::isNan).noGradient(reason);
        unary(table, "isneginf", "isNegInf", Tensor::isNegInf).noGradient(reason);
        unary(table, "isposinf", "isPosInf", Tensor::isPosInf).noGradient(reason);
        unary(table, "signbit", Tensor::signbit).noGradient(reason);
        unary(table, "logical_not", "logicalNot", Tensor::logicalNot).noGradient(reason);
        table.add("bitwise_not", a -> a.tensor(0, "input").bitwiseNot()).covers("bitwiseNot").noGradient("integers have none")
                .refuses("floating-point numbers", DTypeMismatchException.class, "integers or bool", () -> Tensor.ones(2).bitwiseNot());
    }
}
