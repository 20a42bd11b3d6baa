// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.fuzz;

import static dev.ashlar.conformance.internal.fuzz.StructurePool.pick;

import dev.ashlar.Tensor;
import dev.ashlar.conformance.internal.fuzz.FuzzOp.Choice;
import dev.ashlar.conformance.internal.fuzz.FuzzOp.Known;
import dev.ashlar.conformance.internal.fuzz.FuzzOp.Right;
import dev.ashlar.conformance.internal.ops.Values;
import dev.ashlar.type.DType;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Folds, products, and reading and writing at indices. */
final class FoldPool {
    /** Sums of whole numbers up to here are exact in a double. */
    private static final double EXACT = 1L << 40;

    private FoldPool() {}

    static List<FuzzOp> all() {
        return List.of(sum(), sums(), variance(), mean(), extreme("amax", true), extreme("amin", false), position(), any(), softmax(),
                repeat(),
                matmul(), gather(), indexSelect(), scatterAdd());
    }

    private static @Nullable Choice dimOf(List<Known> known, Random random, Predicate<Known> fits) {
        Known x = pick(known, random, value -> value.rank() > 0 && fits.test(value));
        return x == null ? null : new Choice(new int[] {x.number()}, random.nextInt(x.rank()), random.nextInt(2));
    }

    /** With compensation, so that float64 can be judged too. */
    private static double total(double[] line) {
        double sum = 0;
        double lost = 0;
        for (double x : line) {
            double next = sum + x;
            lost += Math.abs(sum) >= Math.abs(x) ? (sum - next) + x : (x - next) + sum;
            sum = next;
        }
        return Double.isFinite(sum) ? sum + lost : sum;
    }

    /** The size that errors of a sum are measured by: they may grow with the root of the number of terms. */
    private static double size(double[] line) {
        double sum = 0;
        for (double x : line) {
            sum += Math.abs(x);
        }
        return sum * Math.max(1, Math.sqrt(line.length) / 2);
    }

    private static boolean huge(Values x) {
        return Arrays.stream(x.data()).anyMatch(value -> Math.abs(value) > EXACT);
    }

    private static Values fold(Values x, long[] a, ToDoubleFunction<double[]> function) {
        return x.fold((int) a[0], a[1] == 1, function);
    }

    private static FuzzOp sum() {
        return new FuzzOp("sum", (known, random) -> dimOf(known, random, _ -> true), (in, a) -> in[0].sum((int) a[0], a[1] == 1),
                (in, _, result, a) -> huge(in[0]) && !result.isFloatingPoint() ? null
                        : new Right(fold(in[0], a, FoldPool::total), fold(in[0], a, FoldPool::size)), 16);
    }

    /** Over two dimensions, which lie in memory in any order. */
    private static FuzzOp sums() {
        return new FuzzOp("sum(dims)", (known, random) -> {
            Known x = pick(known, random, value -> value.rank() > 1 && value.type().isFloatingPoint());
            int first = x == null ? 0 : random.nextInt(x.rank() - 1);
            return x == null ? null : new Choice(new int[] {x.number()}, first, first + 1 + random.nextInt(x.rank() - 1 - first));
        }, (in, a) -> in[0].sum(new int[] {(int) a[0], (int) a[1]}, false), (in, _, _, a) -> {
            int[] dims = {(int) a[0], (int) a[1]};
            return new Right(in[0].fold(dims, false, FoldPool::total), in[0].fold(dims, false, FoldPool::size));
        }, 16);
    }

    /** Judged by its bits alone: how far it may be off depends on the mean. */
    private static FuzzOp variance() {
        return new FuzzOp("var", (known, random) -> dimOf(known, random, value -> value.type().isFloatingPoint()),
                (in, a) -> in[0].var((int) a[0], a[1] == 1), (in, _, _, a) -> null, 0);
    }

    private static FuzzOp mean() {
        return new FuzzOp("mean", (known, random) -> dimOf(known, random, value -> value.type().isFloatingPoint()),
                (in, a) -> in[0].mean((int) a[0], a[1] == 1), (in, _, result, a) ->
                        overflows(in[0], a, result) ? null : new Right(fold(in[0], a, line -> total(line) / line.length),
                                fold(in[0], a, line -> size(line) / line.length)), 20);
    }

    /** A half-precision sum is rounded to its type before it is divided. */
    private static boolean overflows(Values x, long[] a, DType result) {
        return Arrays.stream(fold(x, a, FoldPool::size).data()).anyMatch(value -> value > Numbers.largest(result) / 2);
    }

    private static FuzzOp extreme(String name, boolean largest) {
        return new FuzzOp(name, (known, random) -> dimOf(known, random, value -> value.count() > 0 && value.type() != DType.BOOL),
                (in, a) -> largest ? in[0].amax((int) a[0], a[1] == 1) : in[0].amin((int) a[0], a[1] == 1),
                (in, _, _, a) -> Right.exactly(fold(in[0], a, line -> Arrays.stream(line).reduce(
                        largest ? Math::max : Math::min).orElseThrow())), 0);
    }

    private static FuzzOp position() {
        return new FuzzOp("argmax", (known, random) -> dimOf(known, random, value -> value.count() > 0 && value.type() != DType.BOOL),
                (in, a) -> in[0].argmax((int) a[0], a[1] == 1), (in, _, _, a) -> Right.exactly(fold(in[0], a, line -> {
                    int best = 0;
                    for (int i = 1; i < line.length && !Double.isNaN(line[best]); i++) {
                        if (Double.isNaN(line[i]) || line[i] > line[best]) {
                            best = i;
                        }
                    }
                    return best;
                })), 0);
    }

    private static FuzzOp any() {
        return new FuzzOp("any", (known, random) -> dimOf(known, random, _ -> true), (in, a) -> in[0].any((int) a[0], a[1] == 1),
                (in, _, _, a) -> Right.exactly(fold(in[0], a, line -> Arrays.stream(line).anyMatch(x -> x != 0) ? 1 : 0)), 0);
    }

    private static FuzzOp softmax() {
        return new FuzzOp("softmax", (known, random) -> dimOf(known, random, value -> value.type().isFloatingPoint() && value.count() > 0),
                (in, a) -> in[0].softmax((int) a[0]), (in, _, _, a) -> {
                    Values top = in[0].fold((int) a[0], true, line -> Arrays.stream(line).max().orElseThrow());
                    Values e = Values.zip(in[0], top, (x, m) -> StrictMath.exp(x - m));
                    // The difference is rounded before the exponential, which makes its size an error.
                    double spread = Arrays.stream(Values.zip(in[0], top, (x, m) -> m - x).data()).filter(Double::isFinite).max().orElse(0);
                    Values y = Values.zip(e, e.fold((int) a[0], true, FoldPool::total), (x, s) -> x / s);
                    return new Right(y, y.map(x -> x * Math.max(1, spread)));
                }, 40);
    }

    private static FuzzOp repeat() {
        return new FuzzOp("repeat", (known, random) -> dimOf(known, random, value -> value.count() <= 512), (in, a) -> {
            long[] repeats = new long[in[0].dim()];
            Arrays.fill(repeats, 1);
            repeats[(int) a[0]] = 2;
            return in[0].repeat(repeats);
        }, (in, _, _, a) -> {
            int size = in[0].shape()[(int) a[0]];
            return Right.exactly(in[0].select((int) a[0], 2 * size, i -> i % size));
        }, 0);
    }

    private static FuzzOp matmul() {
        return new FuzzOp("matmul", (known, random) -> {
            Known a = pick(known, random, value -> value.rank() >= 2 && value.rank() <= 3 && value.type() != DType.BOOL);
            Known b = a == null ? null : pick(known, random, value -> value.type() == a.type() && value.rank() == 2
                    && value.shape()[0] == a.shape()[a.rank() - 1]);
            return b == null ? null : new Choice(new int[] {a.number(), b.number()});
        }, (in, _) -> in[0].matmul(in[1]), (in, _, result, _) -> {
            Values product = Values.matmul(in[0], in[1]);
            double root = Math.max(1, Math.sqrt(in[1].shape()[0]) / 2);
            Values size = Values.matmul(in[0].map(Math::abs), in[1].map(Math::abs)).map(x -> x * root);
            return huge(size) && !result.isFloatingPoint() ? null : new Right(product, size);
        }, 16);
    }

    /** An index is made of a whole number by its remainder. */
    private static Tensor index(Tensor from, long extent) {
        return from.to(DType.INT64).remainder(Tensor.scalar(extent, DType.INT64));
    }

    private static Values index(Values from, long extent) {
        return from.map(x -> Math.floorMod((long) x, extent));
    }

    private static Predicate<Known> counts() {
        return value -> value.type().isInteger() && value.count() > 0 && value.count() <= 512;
    }

    private static FuzzOp gather() {
        return new FuzzOp("gather", (known, random) -> {
            Known index = pick(known, random, counts().and(value -> value.rank() > 0));
            Known x = index == null ? null : pick(known, random, value -> value.rank() == index.rank() && value.count() > 0
                    && java.util.stream.IntStream.range(1, value.rank()).allMatch(d -> value.shape()[d] >= index.shape()[d]));
            return x == null ? null : new Choice(new int[] {x.number(), index.number()});
        }, (in, _) -> in[0].gather(0, index(in[1], in[0].size(0))), (in, _, _, _) -> {
            Values index = index(in[1], in[0].shape()[0]);
            return Right.exactly(Values.fill(index.shape(), at -> {
                int[] source = at.clone();
                source[0] = (int) index.at(at);
                return in[0].at(source);
            }));
        }, 0);
    }

    private static FuzzOp indexSelect() {
        return new FuzzOp("indexSelect", (known, random) -> {
            Known index = pick(known, random, counts().and(value -> value.rank() == 1));
            Known x = index == null ? null
                    : pick(known, random, value -> value.rank() > 0 && value.count() > 0 && value.count() * index.count() <= 4096);
            return x == null ? null : new Choice(new int[] {x.number(), index.number()}, random.nextInt(x.rank()));
        }, (in, a) -> in[0].indexSelect((int) a[0], index(in[1], in[0].size((int) a[0]))), (in, _, _, a) -> {
            Values index = index(in[1], in[0].shape()[(int) a[0]]);
            return Right.exactly(in[0].select((int) a[0], index.shape()[0], i -> (int) index.at(i)));
        }, 0);
    }

    private static FuzzOp scatterAdd() {
        return new FuzzOp("scatterAdd", (known, random) -> {
            Known index = pick(known, random, counts().and(value -> value.rank() == 1));
            Known source = index == null ? null : pick(known, random, value -> value.rank() == 1 && value.type() != DType.BOOL
                    && value.shape()[0] == index.shape()[0]);
            Known x = source == null ? null
                    : pick(known, random, value -> value.rank() == 1 && value.count() > 0 && value.type() == source.type());
            return x == null ? null : new Choice(new int[] {x.number(), index.number(), source.number()});
        }, (in, _) -> in[0].scatterAdd(0, index(in[1], in[0].size(0)), in[2]), (in, _, result, _) -> {
            Values index = index(in[1], in[0].shape()[0]);
            double[] sum = in[0].data().clone();
            double[] size = in[0].map(Math::abs).data().clone();
            for (int i = 0; i < index.data().length; i++) {
                sum[(int) index.data()[i]] += in[2].data()[i];
                size[(int) index.data()[i]] += Math.abs(in[2].data()[i]);
            }
            boolean wraps = !result.isFloatingPoint() && Arrays.stream(size).anyMatch(value -> value > EXACT);
            return wraps ? null : new Right(new Values(sum, in[0].shape()), new Values(size, in[0].shape()));
        }, 64);
    }
}
