// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.fuzz;

import dev.ashlar.Tensor;
import dev.ashlar.conformance.internal.fuzz.FuzzOp.Choice;
import dev.ashlar.conformance.internal.fuzz.FuzzOp.Known;
import dev.ashlar.conformance.internal.fuzz.FuzzOp.Right;
import dev.ashlar.conformance.internal.ops.Values;
import dev.ashlar.type.DType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.BinaryOperator;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Operations at each element, of one, two and three operands. */
final class ElementwisePool {
    /** Whole numbers up to here can be multiplied in a double without loss. */
    private static final double EXACT = 1L << 26;

    private ElementwisePool() {}

    static List<FuzzOp> all() {
        List<FuzzOp> ops = new ArrayList<>();
        ops.add(unary("neg", type -> type != DType.BOOL, Tensor::neg, x -> -x, 0));
        ops.add(unary("abs", type -> type != DType.BOOL, Tensor::abs, Math::abs, 0));
        ops.add(unary("square", type -> type != DType.BOOL, Tensor::square, x -> x * x, 1));
        ops.add(unary("relu", type -> type != DType.BOOL, Tensor::relu, x -> Double.isNaN(x) ? x : Math.max(x, 0), 0));
        ops.add(unary("floor", DType::isFloatingPoint, Tensor::floor, Math::floor, 0));
        ops.add(unary("round", DType::isFloatingPoint, Tensor::round, Math::rint, 0));
        ops.add(unary("sign", type -> type != DType.BOOL, Tensor::sign, x -> Double.isNaN(x) ? 0 : Math.signum(x), 0));
        ops.add(unary("sqrt", type -> true, Tensor::sqrt, Math::sqrt, 1));
        ops.add(unary("exp", type -> true, Tensor::exp, StrictMath::exp, 8));
        ops.add(unary("log", type -> true, Tensor::log, StrictMath::log, 8));
        ops.add(unary("sin", type -> true, Tensor::sin, StrictMath::sin, 8));
        ops.add(unary("cos", type -> true, Tensor::cos, StrictMath::cos, 8));
        ops.add(unary("tanh", type -> true, Tensor::tanh, StrictMath::tanh, 10));
        ops.add(unary("sigmoid", type -> true, Tensor::sigmoid, x -> 1 / (1 + StrictMath.exp(-x)), 20));
        ops.add(unary("log1p", type -> true, Tensor::log1p, StrictMath::log1p, 8));
        ops.add(unary("expm1", type -> true, Tensor::expm1, StrictMath::expm1, 8));
        ops.add(truth("isNaN", Tensor::isNan, Double::isNaN));
        ops.add(truth("isFinite", Tensor::isFinite, Double::isFinite));
        ops.add(truth("logicalNot", Tensor::logicalNot, x -> x == 0));
        ops.add(binary("add", Tensor::add, Double::sum, 1));
        ops.add(binary("sub", Tensor::sub, (a, b) -> a - b, 1));
        ops.add(binary("mul", Tensor::mul, (a, b) -> a * b, 1));
        ops.add(quotient());
        ops.add(binary("maximum", Tensor::maximum, Math::max, 0));
        ops.add(binary("minimum", Tensor::minimum, Math::min, 0));
        ops.add(comparison("lt", Tensor::lt, (a, b) -> a < b ? 1 : 0));
        ops.add(comparison("ge", Tensor::ge, (a, b) -> a >= b ? 1 : 0));
        ops.add(comparison("eq", Tensor::eq, (a, b) -> a == b ? 1 : 0));
        ops.add(comparison("ne", Tensor::ne, (a, b) -> a != b ? 1 : 0));
        ops.add(comparison("logicalAnd", Tensor::logicalAnd, (a, b) -> a != 0 && b != 0 ? 1 : 0));
        ops.add(comparison("logicalXor", Tensor::logicalXor, (a, b) -> (a != 0) != (b != 0) ? 1 : 0));
        ops.add(bits("bitwiseAnd", Tensor::bitwiseAnd, (a, b) -> (long) a & (long) b));
        ops.add(bits("bitwiseOr", Tensor::bitwiseOr, (a, b) -> (long) a | (long) b));
        ops.add(bits("bitwiseXor", Tensor::bitwiseXor, (a, b) -> (long) a ^ (long) b));
        ops.add(where());
        ops.add(cast());
        ops.add(scalar());
        return ops;
    }

    private static @Nullable Known pick(List<Known> known, Random random, Predicate<Known> fits) {
        List<Known> fitting = known.stream().filter(fits).toList();
        if (fitting.isEmpty()) {
            return null;
        }
        // Late values more often: programs shall be deep.
        int at = Math.max(random.nextInt(fitting.size()), random.nextInt(fitting.size()));
        return fitting.get(at);
    }

    private static FuzzOp.Chooser one(Predicate<DType> types) {
        return (known, random) -> {
            Known x = pick(known, random, value -> types.test(value.type()));
            return x == null ? null : new Choice(new int[] {x.number()});
        };
    }

    private static FuzzOp.Chooser two(Predicate<DType> types) {
        return (known, random) -> {
            Known a = pick(known, random, value -> types.test(value.type()));
            Known b = a == null ? null : pick(known, random, value -> types.test(value.type()) && broadcasts(a.shape(), value.shape()));
            return b == null ? null : new Choice(new int[] {a.number(), b.number()});
        };
    }

    static boolean broadcasts(int[] a, int[] b) {
        for (int d = 1; d <= Math.min(a.length, b.length); d++) {
            int left = a[a.length - d];
            int right = b[b.length - d];
            if (left != right && left != 1 && right != 1) {
                return false;
            }
        }
        return Values.count(Values.broadcast(a, b)) <= 4096;
    }

    /** Functions of whole numbers are computed in float32. */
    private static Values rounded(Values x, DType result) {
        return x.map(value -> Numbers.round(value, result));
    }

    private static boolean inexact(DType result, Values... operands) {
        return !result.isFloatingPoint() && Arrays.stream(operands).anyMatch(
                x -> Arrays.stream(x.data()).anyMatch(value -> Math.abs(value) > EXACT));
    }

    private static FuzzOp unary(
            String name, Predicate<DType> types, UnaryOperator<Tensor> call, DoubleUnaryOperator reference, double units) {
        return new FuzzOp(name, one(types), (in, _) -> call.apply(in[0]), (in, _, result, _) ->
                inexact(result, in) ? null : Right.exactly(rounded(in[0], result).map(reference)), units);
    }

    private static FuzzOp truth(String name, UnaryOperator<Tensor> call, java.util.function.DoublePredicate reference) {
        return new FuzzOp(name, one(type -> true), (in, _) -> call.apply(in[0]),
                (in, _, _, _) -> Right.exactly(in[0].map(x -> reference.test(x) ? 1 : 0)), 0);
    }

    private static FuzzOp binary(String name, BinaryOperator<Tensor> call, DoubleBinaryOperator reference, double units) {
        return new FuzzOp(name, two(type -> type != DType.BOOL), (in, _) -> call.apply(in[0], in[1]), (in, _, result, _) ->
                inexact(result, in) ? null : Right.exactly(Values.zip(rounded(in[0], result), rounded(in[1], result), reference)), units);
    }

    private static FuzzOp quotient() {
        return new FuzzOp("div", two(type -> type != DType.BOOL), (in, _) -> in[0].div(in[1]),
                (in, _, result, _) -> Right.exactly(Values.zip(rounded(in[0], result), rounded(in[1], result), (a, b) -> a / b)), 1);
    }

    /** Compares in the type in which the operands meet; only operands of one type are judged, where rounding plays no part. */
    private static FuzzOp comparison(String name, BinaryOperator<Tensor> call, DoubleBinaryOperator reference) {
        return new FuzzOp(name, two(type -> true), (in, _) -> call.apply(in[0], in[1]), (in, types, _, _) ->
                types[0] != types[1] ? null : Right.exactly(Values.zip(in[0], in[1], reference)), 0);
    }

    private static FuzzOp bits(String name, BinaryOperator<Tensor> call, DoubleBinaryOperator reference) {
        return new FuzzOp(name, two(type -> !type.isFloatingPoint()), (in, _) -> call.apply(in[0], in[1]), (in, _, result, _) ->
                inexact(result, in) ? null : Right.exactly(Values.zip(in[0], in[1], reference)), 0);
    }

    private static FuzzOp where() {
        return new FuzzOp("where", (known, random) -> {
            Known condition = pick(known, random, value -> value.type() == DType.BOOL);
            Known yes = condition == null ? null : pick(known, random, value -> broadcasts(condition.shape(), value.shape()));
            if (yes == null) {
                return null;
            }
            int[] both = Values.broadcast(condition.shape(), yes.shape());
            Known no = pick(known, random, value -> value.type() == yes.type() && broadcasts(both, value.shape()));
            return no == null ? null : new Choice(new int[] {condition.number(), yes.number(), no.number()});
        }, (in, _) -> in[0].where(in[1], in[2]), (in, _, _, _) -> {
            int[] shape = Values.broadcast(Values.broadcast(in[0].shape(), in[1].shape()), in[2].shape());
            double[] condition = in[0].expand(shape).data();
            double[] yes = in[1].expand(shape).data();
            double[] no = in[2].expand(shape).data();
            double[] result = new double[condition.length];
            Arrays.setAll(result, i -> condition[i] != 0 ? yes[i] : no[i]);
            return Right.exactly(new Values(result, shape));
        }, 0);
    }

    private static FuzzOp cast() {
        return new FuzzOp("to", (known, random) -> {
            Known x = pick(known, random, _ -> true);
            return x == null ? null : new Choice(new int[] {x.number()}, random.nextInt(Pools.types().size()));
        }, (in, attributes) -> in[0].to(Pools.types().get((int) attributes[0])), (in, types, result, _) -> {
            // What lies outside of a whole type's range has rules of its own, which other tests know.
            boolean whole = !result.isFloatingPoint() && result != DType.BOOL && types[0].isFloatingPoint();
            boolean outside = whole && Arrays.stream(in[0].data()).anyMatch(x -> !(Math.abs(x) < 128) || result == DType.UINT8 && x <= -1);
            return outside || inexact(result, in) ? null
                    : Right.exactly(in[0].map(x -> Numbers.round(whole ? (long) x : x, result)));
        }, 0);
    }

    /** A number that is handed over at run time. */
    private static FuzzOp scalar() {
        return new FuzzOp("mul-add", (known, random) -> {
            Known x = pick(known, random, value -> value.type().isFloatingPoint());
            return x == null ? null : new Choice(new int[] {x.number()}, random.nextInt(9) - 4, random.nextInt(9) - 4);
        }, (in, attributes) -> in[0].mul(attributes[0] / 2.0).add(attributes[1] / 4.0), (in, _, result, attributes) -> Right.exactly(
                in[0].map(x -> Numbers.round(x * (attributes[0] / 2.0), result) + attributes[1] / 4.0)), 1);
    }
}
