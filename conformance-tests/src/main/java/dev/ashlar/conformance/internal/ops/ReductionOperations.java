// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.ops;

import static dev.ashlar.conformance.internal.ops.ComparisonOperations.bool;
import static dev.ashlar.conformance.internal.ops.Operation.ALL;
import static dev.ashlar.conformance.internal.ops.Operation.NUMBERS;

import dev.ashlar.Tensor;
import dev.ashlar.type.DTypeMismatchException;
import dev.ashlar.type.InvalidArgumentException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** Folds. */
final class ReductionOperations {
    private static final Input MATRIX = Input.of(5, 7);
    private static final Input CUBE = Input.of(3, 4, 5);

    private ReductionOperations() {}

    static List<Operation> all() {
        List<Operation.Builder> all = new ArrayList<>();
        sums(all);
        extremes(all);
        statistics(all);
        return all.stream().map(Operation.Builder::build).toList();
    }

    private static Operation.Builder whole(String name, Function<Tensor, Tensor> call, ToDoubleFunction<double[]> fold) {
        return Operation.of(name, in -> call.apply(in[0]), in -> in[0].fold(fold));
    }

    private static Operation.Builder line(
            String name, Function<Tensor, Tensor> call, int dim, boolean keep, ToDoubleFunction<double[]> fold) {
        return Operation.of(name, in -> call.apply(in[0]), in -> in[0].fold(dim, keep, fold));
    }

    static double sum(double[] values) {
        return Arrays.stream(values).sum();
    }

    private static double product(double[] values) {
        return Arrays.stream(values).reduce(1, (a, b) -> a * b);
    }

    static double mean(double[] values) {
        return sum(values) / values.length;
    }

    static double max(double[] values) {
        return Arrays.stream(values).reduce(Double.NEGATIVE_INFINITY, Math::max);
    }

    private static double min(double[] values) {
        return Arrays.stream(values).reduce(Double.POSITIVE_INFINITY, Math::min);
    }

    private static double variance(double[] values) {
        double mean = mean(values);
        return Arrays.stream(values).map(x -> (x - mean) * (x - mean)).sum() / (values.length - 1);
    }

    private static void sums(List<Operation.Builder> all) {
        all.add(whole("sum", Tensor::sum, ReductionOperations::sum).on(MATRIX).on(CUBE).types(ALL).within(16, 40).smooth().specials()
                .edge(Input.of()).edge(Input.of(1)).edge(Input.of(0)));
        all.add(line("sum(0)", x -> x.sum(0), 0, false, ReductionOperations::sum).on(MATRIX).on(CUBE).types(NUMBERS).within(16, 10).smooth()
                .edge(Input.of(1)).edge(Input.of(0, 3)).edge(Input.of(3, 0))
                .refuses("a dimension that is not there", x -> x[0].sum(2), InvalidArgumentException.class, "[sum]", new int[] {2, 3}));
        all.add(line("sum(-1,keep)", x -> x.sum(-1, true), 1, true, ReductionOperations::sum).on(MATRIX).types(NUMBERS).within(16, 14)
                .smooth());
        all.add(Operation.of("sum(0,2)", in -> in[0].sum(new int[] {2, 0}, false),
                in -> in[0].fold(new int[] {0, 2}, false, ReductionOperations::sum)).on(CUBE).types(NUMBERS).within(16, 30).smooth()
                .refuses("a dimension twice", x -> x[0].sum(new int[] {1, -1}, true), InvalidArgumentException.class, "each dimension once",
                        new int[] {2, 3}));
        all.add(whole("mean", Tensor::mean, ReductionOperations::mean).on(MATRIX).within(16, 2).smooth().edge(Input.of()).edge(Input.of(1))
                .edge(Input.of(0)).refuses("integers", x -> x[0].gt(0.0).mean(), DTypeMismatchException.class, "[mean]", new int[] {2}));
        all.add(line("mean(0)", x -> x.mean(0), 0, false, ReductionOperations::mean).on(MATRIX).on(CUBE).within(16, 2).smooth());
        all.add(whole("prod", Tensor::prod, ReductionOperations::product).on(Input.of(2, 5)).types(ALL).within(16).smoothTwice()
                .edge(Input.of()).edge(Input.of(0)).kink(new double[] {0, 2, 3}, new double[] {6, 0, 0})
                .kink(new double[] {0, 2, 0}, new double[] {0, 0, 0}));
        all.add(line("prod(1)", x -> x.prod(1), 1, false, ReductionOperations::product).on(Input.of(5, 7)).types(NUMBERS)
                .within(16).smooth().edge(Input.of(2, 0)));
    }

    private static double first(double[] values, double wanted) {
        for (int i = 0; i < values.length; i++) {
            if (values[i] == wanted) {
                return i;
            }
        }
        return Double.NaN;
    }

    private static void extremes(List<Operation.Builder> all) {
        Input distinct = Input.distinct(5, 7);
        all.add(whole("max", Tensor::max, ReductionOperations::max).on(distinct).types(NUMBERS).smooth().specials().edge(Input.of())
                .edge(Input.of(1, 1)).kink(new double[] {1, 3, 3, 2}, new double[] {0, 0.5, 0.5, 0}));
        all.add(whole("min", Tensor::min, ReductionOperations::min).on(distinct).types(NUMBERS).smooth().specials().edge(Input.of())
                .kink(new double[] {1, 3, 1, 2, 1}, new double[] {1 / 3.0, 0, 1 / 3.0, 0, 1 / 3.0}));
        all.add(line("amax(1)", x -> x.amax(1, false), 1, false, ReductionOperations::max).on(distinct).types(ALL).smooth()
                .edge(Input.of(0, 3)).edge(Input.of(3, 1)));
        all.add(line("amin(0,keep)", x -> x.amin(0, true), 0, true, ReductionOperations::min).on(distinct).types(ALL).smooth());
        all.add(whole("argmax", Tensor::argmax, line -> first(line, max(line))).on(Input.of(5, 7)).on(distinct).types(ALL)
                .edge(Input.of()).edge(Input.of(1)));
        all.add(line("argmax(1)", x -> x.argmax(1), 1, false, line -> first(line, max(line))).on(distinct).types(NUMBERS)
                .edge(Input.of(3, 1)).edge(Input.of(0, 3)));
        all.add(line("argmin(0,keep)", x -> x.argmin(0, true), 0, true, line -> first(line, min(line))).on(distinct).types(NUMBERS));
        all.add(whole("any", Tensor::any, line -> bool(Arrays.stream(line).anyMatch(x -> x != 0))).on(MATRIX).types(ALL)
                .edge(Input.of(0)).edge(Input.of()));
        all.add(line("all(0)", x -> x.all(0, false), 0, false, line -> bool(Arrays.stream(line).allMatch(x -> x != 0)))
                .on(MATRIX).types(ALL).edge(Input.of(0, 2)));
    }

    private static void statistics(List<Operation.Builder> all) {
        all.add(whole("var", Tensor::var, ReductionOperations::variance).on(MATRIX).within(24, 2).smoothTwice());
        all.add(line("var(0)", x -> x.var(0, false), 0, false, ReductionOperations::variance).on(MATRIX).within(24, 2).smooth());
        all.add(line("std(1,keep)", x -> x.std(1, true), 1, true, line -> StrictMath.sqrt(variance(line)))
                .on(MATRIX).within(24, 2).smooth());
        all.add(whole("norm", Tensor::norm, line -> StrictMath.sqrt(Arrays.stream(line).map(x -> x * x).sum())).on(MATRIX).within(24)
                .smooth().edge(Input.of(0)).edge(Input.of(1)).kink(new double[] {0, 0}, new double[] {0, 0}));
        all.add(line("logSumExp(1)", x -> x.logSumExp(1, false), 1, false, ReductionOperations::logSumExp).on(MATRIX)
                .on(Input.between(-200, 200, 5, 7)).within(24, 8).smoothTwice());
    }

    static double logSumExp(double[] line) {
        double largest = max(line);
        return StrictMath.log(Arrays.stream(line).map(x -> StrictMath.exp(x - largest)).sum()) + largest;
    }
}
