// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.ops;

import static dev.ashlar.conformance.internal.ops.Operation.ALL;
import static dev.ashlar.conformance.internal.ops.Operation.BITS;
import static dev.ashlar.conformance.internal.ops.Operation.NUMBERS;
import static dev.ashlar.conformance.internal.ops.Operation.binary;
import static dev.ashlar.conformance.internal.ops.Operation.unary;

import dev.ashlar.Tensor;
import dev.ashlar.type.DType;
import dev.ashlar.type.DTypeMismatchException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;

/** Comparisons, logic, bits and choice. */
final class ComparisonOperations {
    private static final Input MATRIX = Input.of(5, 7);

    private ComparisonOperations() {}

    static List<Operation> all() {
        List<Operation.Builder> all = new ArrayList<>();
        all.add(compare("lt", Tensor::lt, (a, b) -> a < b));
        all.add(compare("gt", Tensor::gt, (a, b) -> a > b));
        all.add(compare("le", Tensor::le, (a, b) -> a <= b));
        all.add(compare("ge", Tensor::ge, (a, b) -> a >= b));
        all.add(compare("eq", Tensor::eq, (a, b) -> a == b));
        all.add(compare("ne", Tensor::ne, (a, b) -> a != b));
        all.add(unary("gt(number)", x -> x.gt(0.25), x -> bool(x > 0.25)).on(MATRIX).types(NUMBERS).specials());
        all.add(logic("logicalAnd", Tensor::logicalAnd, (a, b) -> a && b));
        all.add(logic("logicalOr", Tensor::logicalOr, (a, b) -> a || b));
        all.add(logic("logicalXor", Tensor::logicalXor, (a, b) -> a != b));
        all.add(unary("logicalNot", Tensor::logicalNot, x -> bool(x == 0)).on(MATRIX).types(ALL));
        bits(all);
        all.add(predicate("isNan", Tensor::isNan, x -> bool(Double.isNaN(x))));
        all.add(predicate("isFinite", Tensor::isFinite, x -> bool(Double.isFinite(x))));
        all.add(predicate("isInf", Tensor::isInf, x -> bool(Double.isInfinite(x))));
        choice(all);
        return all.stream().map(Operation.Builder::build).toList();
    }

    /** A comparison of two numbers. */
    private interface Relation {
        boolean holds(double a, double b);
    }

    /** A connection of two truths. */
    private interface Connective {
        boolean of(boolean a, boolean b);
    }

    static double bool(boolean value) {
        return value ? 1 : 0;
    }

    private static Operation.Builder compare(String name, java.util.function.BinaryOperator<Tensor> call, Relation relation) {
        return binary(name, call, (a, b) -> bool(relation.holds(a, b))).on(MATRIX, MATRIX).on(MATRIX, Input.of(7)).types(NUMBERS)
                .specials();
    }

    private static Operation.Builder logic(String name, java.util.function.BinaryOperator<Tensor> call, Connective connective) {
        return binary(name, call, (a, b) -> bool(connective.of(a != 0, b != 0))).on(MATRIX, MATRIX).types(ALL);
    }

    private static Operation.Builder predicate(
            String name, java.util.function.UnaryOperator<Tensor> call, DoubleUnaryOperator reference) {
        return unary(name, call, reference).on(MATRIX).types(NUMBERS).specials();
    }

    private static void bits(List<Operation.Builder> all) {
        all.add(binary("bitwiseAnd", Tensor::bitwiseAnd, (a, b) -> (long) a & (long) b).on(MATRIX, Input.of(7)).types(BITS)
                .refuses("floats", DTypeMismatchException.class, "[bitwiseAnd]", new int[] {2}, new int[] {2}));
        all.add(binary("bitwiseOr", Tensor::bitwiseOr, (a, b) -> (long) a | (long) b).on(MATRIX, Input.of(7)).types(BITS));
        all.add(binary("bitwiseXor", Tensor::bitwiseXor, (a, b) -> (long) a ^ (long) b).on(MATRIX, Input.of(7)).types(BITS));
        Input wide = Input.between(-200, 200, 5, 7);
        Set<DType> integers = Set.of(DType.INT32, DType.INT64);
        all.add(binary("bitwiseLeftShift", Tensor::bitwiseLeftShift, (a, b) -> (long) a << (long) b).on(wide, Input.between(0, 5, 7))
                .types(integers).edgesBetween(0, 5));
        all.add(binary("bitwiseRightShift", Tensor::bitwiseRightShift, (a, b) -> (long) a >> (long) b).on(wide, Input.between(0, 5, 7))
                .types(integers).edgesBetween(0, 5));
    }

    private static Values choose(Values mask, Values yes, Values no) {
        Values numbered = Values.zip(mask, Values.zip(yes, no, (a, b) -> a), (m, a) -> m != 0 ? a : 0);
        Values others = Values.zip(mask, Values.zip(yes, no, (a, b) -> b), (m, b) -> m != 0 ? 0 : b);
        return Values.zip(mask, Values.zip(numbered, others, (a, b) -> a + b), (m, sum) -> sum);
    }

    private static void choice(List<Operation.Builder> all) {
        all.add(Operation.of("where", in -> in[0].where(in[1], in[2]), in -> choose(in[0], in[1], in[2]))
                .on(Input.mask(5, 7), MATRIX, MATRIX).on(Input.mask(5, 1), Input.of(7), MATRIX).types(ALL).smooth()
                .edge(Input.mask(), Input.of(), Input.of()).edge(Input.mask(0, 1), Input.of(3), Input.of())
                .refuses("a condition of numbers", DTypeMismatchException.class, "[where]", new int[] {2}, new int[] {2}, new int[] {2}));
        all.add(Operation.of("maskedFill", in -> in[0].maskedFill(in[1], -3), in -> choose(in[1], Values.scalar(-3), in[0]))
                .on(MATRIX, Input.mask(7)).on(MATRIX, Input.mask(5, 7)).types(NUMBERS).smooth().edge(Input.of(0), Input.mask(1)));
    }
}
