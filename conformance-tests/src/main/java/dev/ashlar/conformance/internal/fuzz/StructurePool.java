// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.fuzz;

import dev.ashlar.Tensor;
import dev.ashlar.conformance.internal.fuzz.FuzzOp.Choice;
import dev.ashlar.conformance.internal.fuzz.FuzzOp.Known;
import dev.ashlar.conformance.internal.fuzz.FuzzOp.Right;
import dev.ashlar.conformance.internal.ops.Values;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Operations that move elements and leave them as they are. */
final class StructurePool {
    private StructurePool() {}

    static List<FuzzOp> all() {
        return List.of(permute(), reshape(), expand(), slice(), flip(), unsqueeze(), select(), pad(), cat(), insert(), window());
    }

    static @Nullable Known pick(List<Known> known, Random random, Predicate<Known> fits) {
        List<Known> fitting = known.stream().filter(fits).toList();
        return fitting.isEmpty() ? null : fitting.get(Math.max(random.nextInt(fitting.size()), random.nextInt(fitting.size())));
    }

    private static FuzzOp moving(String name, FuzzOp.Chooser chooser, FuzzOp.Call call, FuzzOp.Reference reference) {
        return new FuzzOp(name, chooser, call, reference, 0);
    }

    private static int[] ints(long[] values) {
        return Arrays.stream(values).mapToInt(Math::toIntExact).toArray();
    }

    private static FuzzOp permute() {
        return moving("permute", (known, random) -> {
            Known x = pick(known, random, value -> value.rank() > 1);
            if (x == null) {
                return null;
            }
            long[] order = new long[x.rank()];
            for (int d = 0; d < order.length; d++) {
                int other = random.nextInt(d + 1);
                order[d] = order[other];
                order[other] = d;
            }
            return new Choice(new int[] {x.number()}, order);
        }, (in, order) -> in[0].permute(ints(order)), (in, _, _, order) -> Right.exactly(in[0].permute(ints(order))));
    }

    private static FuzzOp reshape() {
        return moving("reshape", (known, random) -> {
            Known x = pick(known, random, value -> value.count() > 0);
            if (x == null) {
                return null;
            }
            int rest = x.count();
            java.util.ArrayList<Long> sizes = new java.util.ArrayList<>();
            while (rest > 1 && sizes.size() < 3) {
                int size = 1 + random.nextInt(rest);
                while (rest % size != 0) {
                    size++;
                }
                sizes.add((long) size);
                rest /= size;
            }
            if (rest > 1 || random.nextInt(4) == 0 && sizes.size() < 4) {
                sizes.add((long) rest);
            }
            return new Choice(new int[] {x.number()}, sizes.stream().mapToLong(Long::longValue).toArray());
        }, (in, sizes) -> in[0].reshape(sizes), (in, _, _, sizes) -> Right.exactly(in[0].reshape(ints(sizes))));
    }

    private static FuzzOp expand() {
        return moving("expand", (known, random) -> {
            Known x = pick(known, random, value -> value.count() <= 256 && value.rank() < 4);
            if (x == null) {
                return null;
            }
            int lead = random.nextInt(2);
            long[] sizes = new long[x.rank() + lead];
            for (int d = 0; d < sizes.length; d++) {
                int own = d < lead ? 1 : x.shape()[d - lead];
                sizes[d] = own == 1 ? 1 + random.nextInt(4) : own;
            }
            return new Choice(new int[] {x.number()}, sizes);
        }, (in, sizes) -> in[0].expand(sizes), (in, _, _, sizes) -> Right.exactly(in[0].expand(ints(sizes))));
    }

    private static FuzzOp slice() {
        return moving("slice", (known, random) -> {
            Known x = pick(known, random, value -> value.rank() > 0 && value.count() > 0);
            if (x == null) {
                return null;
            }
            int dim = random.nextInt(x.rank());
            int size = x.shape()[dim];
            int start = random.nextInt(size);
            int end = random.nextInt(12) == 0 ? start : start + 1 + random.nextInt(size - start);
            return new Choice(new int[] {x.number()}, dim, start, end, 1 + random.nextInt(3));
        }, (in, a) -> in[0].slice((int) a[0], a[1], a[2], a[3]), (in, _, _, a) -> Right.exactly(in[0].select(
                (int) a[0], (int) Math.ceilDiv(a[2] - a[1], a[3]), i -> (int) (a[1] + i * a[3]))));
    }

    private static FuzzOp flip() {
        return moving("flip", (known, random) -> {
            Known x = pick(known, random, value -> value.rank() > 0);
            return x == null ? null : new Choice(new int[] {x.number()}, random.nextInt(x.rank()));
        }, (in, a) -> in[0].flip((int) a[0]), (in, _, _, a) -> {
            int size = in[0].shape()[(int) a[0]];
            return Right.exactly(in[0].select((int) a[0], size, i -> size - 1 - i));
        });
    }

    private static FuzzOp unsqueeze() {
        return moving("unsqueeze", (known, random) -> {
            Known x = pick(known, random, value -> value.rank() < 4);
            return x == null ? null : new Choice(new int[] {x.number()}, random.nextInt(x.rank() + 1));
        }, (in, a) -> in[0].unsqueeze((int) a[0]), (in, _, _, a) -> {
            int[] shape = new int[in[0].rank() + 1];
            for (int d = 0; d < shape.length; d++) {
                shape[d] = d < a[0] ? in[0].shape()[d] : d == a[0] ? 1 : in[0].shape()[d - 1];
            }
            return Right.exactly(in[0].reshape(shape));
        });
    }

    private static FuzzOp select() {
        return moving("select", (known, random) -> {
            Known x = pick(known, random, value -> value.rank() > 0 && value.count() > 0);
            if (x == null) {
                return null;
            }
            int dim = random.nextInt(x.rank());
            return new Choice(new int[] {x.number()}, dim, random.nextInt(x.shape()[dim]));
        }, (in, a) -> in[0].select((int) a[0], a[1]), (in, _, _, a) -> {
            Values one = in[0].select((int) a[0], 1, _ -> (int) a[1]);
            int[] shape = java.util.stream.IntStream.range(0, one.rank()).filter(d -> d != a[0]).map(d -> one.shape()[d]).toArray();
            return Right.exactly(one.reshape(shape));
        });
    }

    private static FuzzOp pad() {
        return moving("pad", (known, random) -> {
            Known x = pick(known, random, value -> value.rank() > 0 && value.count() <= 1024);
            return x == null ? null : new Choice(new int[] {x.number()}, random.nextInt(3), random.nextInt(3));
        }, (in, a) -> in[0].pad(1.0, a[0], a[1]), (in, _, _, a) -> {
            int[] shape = in[0].shape().clone();
            int last = shape.length - 1;
            int size = shape[last];
            shape[last] += (int) (a[0] + a[1]);
            return Right.exactly(Values.fill(shape, index -> {
                int from = index[last] - (int) a[0];
                int[] source = index.clone();
                source[last] = from;
                return from < 0 || from >= size ? 1 : in[0].at(source);
            }));
        });
    }

    private static FuzzOp cat() {
        return moving("cat", (known, random) -> {
            Known a = pick(known, random, value -> value.rank() > 0 && value.count() <= 1024);
            if (a == null) {
                return null;
            }
            int dim = random.nextInt(a.rank());
            Known b = pick(known, random, value -> value.type() == a.type() && value.rank() == a.rank() && value.count() <= 1024
                    && java.util.stream.IntStream.range(0, a.rank()).allMatch(d -> d == dim || value.shape()[d] == a.shape()[d]));
            return b == null ? null : new Choice(new int[] {a.number(), b.number()}, dim);
        }, (in, a) -> Tensor.cat((int) a[0], in[0], in[1]), (in, _, _, a) -> {
            int dim = (int) a[0];
            int first = in[0].shape()[dim];
            int[] shape = in[0].shape().clone();
            shape[dim] += in[1].shape()[dim];
            return Right.exactly(Values.fill(shape, index -> {
                int[] source = index.clone();
                boolean left = index[dim] < first;
                source[dim] -= left ? 0 : first;
                return (left ? in[0] : in[1]).at(source);
            }));
        });
    }

    /** One value overwrites a slice of another along the first dimension. */
    private static FuzzOp insert() {
        return moving("insert", (known, random) -> {
            Known base = pick(known, random, value -> value.rank() > 0 && value.count() > 0);
            if (base == null) {
                return null;
            }
            int[] part = Arrays.copyOfRange(base.shape(), 1, base.rank());
            Known value = pick(known, random, other -> other.type() == base.type() && Arrays.equals(other.shape(), part));
            return value == null ? null : new Choice(new int[] {base.number(), value.number()}, random.nextInt(base.shape()[0]));
        }, (in, a) -> in[0].insert(new dev.ashlar.Index[] {dev.ashlar.Index.at(a[0])}, in[1]), (in, _, _, a) -> Right.exactly(
                Values.fill(in[0].shape(), index -> index[0] == a[0]
                        ? in[1].at(Arrays.copyOfRange(index, 1, index.length)) : in[0].at(index))));
    }

    private static FuzzOp window() {
        return moving("unfold", (known, random) -> {
            Known x = pick(known, random, value -> value.rank() > 0 && value.rank() < 4 && value.count() > 0 && value.count() <= 512);
            if (x == null) {
                return null;
            }
            int dim = random.nextInt(x.rank());
            return new Choice(new int[] {x.number()}, dim, 1 + random.nextInt(x.shape()[dim]), 1 + random.nextInt(2));
        }, (in, a) -> in[0].unfold((int) a[0], a[1], a[2]), (in, _, _, a) -> {
            int dim = (int) a[0];
            int[] shape = Arrays.copyOf(in[0].shape(), in[0].rank() + 1);
            shape[dim] = (int) ((in[0].shape()[dim] - a[1]) / a[2] + 1);
            shape[shape.length - 1] = (int) a[1];
            return Right.exactly(Values.fill(shape, index -> {
                int[] source = Arrays.copyOf(index, index.length - 1);
                source[dim] = (int) (index[dim] * a[2]) + index[index.length - 1];
                return in[0].at(source);
            }));
        });
    }
}
