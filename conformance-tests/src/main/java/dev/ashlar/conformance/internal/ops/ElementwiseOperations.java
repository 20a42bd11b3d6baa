// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.ops;

import static dev.ashlar.conformance.internal.ops.Operation.NUMBERS;
import static dev.ashlar.conformance.internal.ops.Operation.binary;
import static dev.ashlar.conformance.internal.ops.Operation.unary;

import dev.ashlar.Tensor;
import dev.ashlar.conformance.internal.oracle.Erf;
import dev.ashlar.type.DTypeMismatchException;
import dev.ashlar.type.ShapeMismatchException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;

/** Arithmetic, functions, rounding and limits. */
final class ElementwiseOperations {
    private static final Input MATRIX = Input.of(5, 7);

    private ElementwiseOperations() {}

    static List<Operation> all() {
        List<Operation.Builder> all = new ArrayList<>();
        arithmetic(all);
        powers(all);
        functions(all);
        rounding(all);
        limits(all);
        return all.stream().map(Operation.Builder::build).toList();
    }

    private static void arithmetic(List<Operation.Builder> all) {
        int[][] clash = {{2, 3}, {4}};
        all.add(binary("add", Tensor::add, Double::sum).on(MATRIX, MATRIX).on(MATRIX, Input.of(7)).types(NUMBERS).smoothTwice().specials()
                .refuses("shapes that do not broadcast", ShapeMismatchException.class, "[add]", clash));
        all.add(binary("sub", Tensor::sub, (a, b) -> a - b).on(MATRIX, MATRIX).on(Input.of(5, 1), Input.of(7)).types(NUMBERS).smooth()
                .specials().refuses("shapes that do not broadcast", ShapeMismatchException.class, "[sub]", clash));
        all.add(binary("mul", Tensor::mul, (a, b) -> a * b).on(MATRIX, MATRIX).on(Input.of(3, 1, 7), Input.of(5, 1)).types(NUMBERS)
                .smoothTwice().specials().refuses("shapes that do not broadcast", ShapeMismatchException.class, "[mul]", clash));
        all.add(binary("div", Tensor::div, (a, b) -> a / b).on(MATRIX, Input.between(0.5, 2, 5, 7)).on(MATRIX, Input.between(-2, -0.5, 7))
                .smoothTwice().specials().edgesBetween(0.5, 2));
        all.add(unary("add(number)", x -> x.add(1.5), x -> x + 1.5).on(MATRIX).smooth().specials());
        all.add(unary("add(whole)", x -> x.add(3L), x -> x + 3).on(MATRIX).types(NUMBERS));
        all.add(unary("mul(number)", x -> x.mul(-0.75), x -> x * -0.75).on(MATRIX).smooth().specials());
        all.add(unary("rsub(number)", x -> x.rsub(1.5), x -> 1.5 - x).on(MATRIX).smooth());
        all.add(binary("remainder", Tensor::remainder, ElementwiseOperations::remainder).on(MATRIX, Input.between(1, 3, 7))
                .on(MATRIX, Input.between(-3, -1, 7)).types(NUMBERS).edgesBetween(1, 3));
        all.add(binary("floorDivide", Tensor::floorDivide, (a, b) -> StrictMath.rint((a - remainder(a, b)) / b))
                .on(Input.between(-9, 9, 5, 7), Input.between(1, 3, 7)).types(NUMBERS).edgesBetween(1, 3));
        all.add(unary("neg", Tensor::neg, x -> -x).on(MATRIX).types(NUMBERS).smooth().specials()
                .refuses("bool", in -> in[0].gt(0.0).neg(), DTypeMismatchException.class, "logicalNot", new int[] {2}));
        all.add(unary("abs", Tensor::abs, StrictMath::abs).on(MATRIX).types(NUMBERS).smooth().specials()
                .kink(new double[] {-1, 0, 2}, new double[] {-1, 0, 1}));
        all.add(unary("sign", Tensor::sign, x -> Double.isNaN(x) ? 0 : Math.signum(x) + 0.0).on(MATRIX).types(NUMBERS).specials());
        all.add(unary("square", Tensor::square, x -> x * x).on(MATRIX).types(NUMBERS).smoothTwice().specials());
        all.add(Operation.of("lerp", in -> in[0].lerp(in[1], 0.25), in -> Values.zip(in[0], in[1], (a, b) -> a + 0.25 * (b - a)))
                .on(MATRIX, MATRIX).within(4, 4).smooth());
    }

    static double remainder(double a, double b) {
        double truncated = a % b;
        return truncated != 0 && truncated < 0 != b < 0 ? truncated + b : truncated;
    }

    private static void powers(List<Operation.Builder> all) {
        Input positive = Input.between(0.25, 3, 5, 7);
        all.add(binary("pow", Tensor::pow, StrictMath::pow).on(positive, MATRIX).within(34).smoothTwice().edgesBetween(0.25, 3)
                .kink(new double[][] {{0, 2}, {0, 0}}, new double[][] {{0, 0}, {0, Math.log(2)}}));
        all.add(unary("pow(2)", x -> x.pow(2.0), x -> x * x).on(MATRIX).smooth());
        all.add(unary("pow(3)", x -> x.pow(3L), x -> x * x * x).on(MATRIX).types(NUMBERS).within(4).smoothTwice());
        all.add(unary("pow(0.5)", x -> x.pow(0.5), StrictMath::sqrt).on(positive).smooth().edgesBetween(0.25, 3));
        all.add(unary("pow(-1.75)", x -> x.pow(-1.75), x -> StrictMath.pow(x, -1.75)).on(positive).within(34).smooth()
                .edgesBetween(0.25, 3));
        all.add(unary("sqrt", Tensor::sqrt, StrictMath::sqrt).on(positive).smoothTwice().specials().edgesBetween(0.25, 3));
        all.add(unary("rsqrt", Tensor::rsqrt, x -> 1 / StrictMath.sqrt(x)).on(positive).within(4).smooth().specials()
                .edgesBetween(0.25, 3));
        all.add(unary("reciprocal", Tensor::reciprocal, x -> 1 / x).on(positive).smoothTwice().specials().edgesBetween(0.25, 3));
    }

    private static void functions(List<Operation.Builder> all) {
        function(all, "exp", Tensor::exp, StrictMath::exp, -2, 2, 8);
        function(all, "expm1", Tensor::expm1, StrictMath::expm1, -2, 2, 8);
        function(all, "log", Tensor::log, StrictMath::log, 0.25, 3, 8);
        function(all, "log1p", Tensor::log1p, StrictMath::log1p, -0.5, 3, 8);
        function(all, "log2", Tensor::log2, x -> StrictMath.log(x) / StrictMath.log(2), 0.25, 3, 12);
        function(all, "log10", Tensor::log10, x -> StrictMath.log(x) / StrictMath.log(10), 0.25, 3, 12);
        function(all, "sin", Tensor::sin, StrictMath::sin, -7, 7, 10);
        function(all, "cos", Tensor::cos, StrictMath::cos, -7, 7, 10);
        function(all, "tan", Tensor::tan, StrictMath::tan, -1.25, 1.25, 22);
        function(all, "atan", Tensor::atan, StrictMath::atan, -3, 3, 12);
        function(all, "tanh", Tensor::tanh, StrictMath::tanh, -3, 3, 12);
        function(all, "erf", Tensor::erf, Erf::of, -3, 3, 34);
    }

    private static void function(
            List<Operation.Builder> all, String name, UnaryOperator<Tensor> call, DoubleUnaryOperator reference, double low, double high,
            double units) {
        all.add(unary(name, call, reference).on(Input.between(low, high, 5, 7)).within(units).smoothTwice().specials()
                .edgesBetween(low, high));
    }

    private static void rounding(List<Operation.Builder> all) {
        Input halves = Input.between(-4, 4, 5, 7);
        all.add(unary("floor", Tensor::floor, StrictMath::floor).on(halves).types(NUMBERS).specials(0.5, -0.5, 2.5));
        all.add(unary("ceil", Tensor::ceil, StrictMath::ceil).on(halves).types(NUMBERS).specials(0.5, -0.5, 2.5));
        all.add(unary("trunc", Tensor::trunc, x -> x < 0 ? StrictMath.ceil(x) : StrictMath.floor(x)).on(halves).types(NUMBERS)
                .specials(0.5, -0.5, 2.5));
        all.add(unary("round", Tensor::round, StrictMath::rint).on(halves).types(NUMBERS).specials(0.5, -0.5, 1.5, 2.5, -2.5));
    }

    private static void limits(List<Operation.Builder> all) {
        all.add(binary("maximum", Tensor::maximum, Math::max).on(MATRIX, MATRIX).on(MATRIX, Input.of(7)).types(NUMBERS).smooth().specials()
                .kink(new double[][] {{1, 2}, {1, 0}}, new double[][] {{0.5, 1}, {0.5, 0}}));
        all.add(binary("minimum", Tensor::minimum, Math::min).on(MATRIX, MATRIX).on(MATRIX, Input.of(7)).types(NUMBERS).smooth().specials()
                .kink(new double[][] {{1, 2}, {1, 0}}, new double[][] {{0.5, 0}, {0.5, 1}}));
        all.add(unary("clamp", x -> x.clamp(-1, 1), x -> Double.isNaN(x) ? x
                : Math.clamp(x, -1, 1)).on(MATRIX).types(NUMBERS).signed().smooth()
                .specials(2, -2).kink(new double[] {-2, -1, 0, 1, 2}, new double[] {0, 1, 1, 1, 0}));
        all.add(unary("clampMin", x -> x.clampMin(0.5), x -> Math.max(x, 0.5)).on(MATRIX).smooth().specials());
        all.add(unary("clampMax", x -> x.clampMax(0.5), x -> Math.min(x, 0.5)).on(MATRIX).smooth().specials());
    }
}
