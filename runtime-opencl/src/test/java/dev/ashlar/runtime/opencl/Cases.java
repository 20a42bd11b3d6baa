// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.opencl;

import dev.ashlar.spi.Expr;
import dev.ashlar.spi.Instruction;
import dev.ashlar.spi.Kernel;
import dev.ashlar.spi.KernelArgs;
import dev.ashlar.spi.KernelCode;
import dev.ashlar.spi.LayoutClass;
import dev.ashlar.spi.ReduceOp;
import dev.ashlar.spi.ScalarOp;
import dev.ashlar.spi.ScatterOp;
import dev.ashlar.type.DType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Random kernels of all kinds with hostile layouts and values. The same seed gives the same case. */
final class Cases {
    private static final DType[] ARITHMETIC = {DType.FLOAT32, DType.INT32, DType.INT64, DType.BOOL, DType.FLOAT64};
    private static final ScalarOp[] EXACT_UNARY = {ScalarOp.NEG, ScalarOp.ABS, ScalarOp.FLOOR, ScalarOp.SQRT};
    private static final ScalarOp[] INEXACT = {
        ScalarOp.EXP, ScalarOp.LOG, ScalarOp.EXPM1, ScalarOp.LOG1P, ScalarOp.SIN, ScalarOp.COS, ScalarOp.TANH, ScalarOp.ATAN, ScalarOp.ERF
    };
    private static final ScalarOp[] FLOAT_BINARY = {
        ScalarOp.ADD, ScalarOp.SUB, ScalarOp.MUL, ScalarOp.DIV, ScalarOp.REM, ScalarOp.MAX, ScalarOp.MIN, ScalarOp.LT, ScalarOp.EQ
    };
    private static final ScalarOp[] INTEGER_BINARY = {
        ScalarOp.ADD, ScalarOp.SUB, ScalarOp.MUL, ScalarOp.DIV, ScalarOp.REM, ScalarOp.MAX, ScalarOp.MIN, ScalarOp.LT, ScalarOp.EQ,
        ScalarOp.AND, ScalarOp.OR, ScalarOp.XOR, ScalarOp.SHL, ScalarOp.SHR
    };
    private static final ScalarOp[] BOOL_BINARY = {
        ScalarOp.ADD, ScalarOp.MUL, ScalarOp.AND, ScalarOp.OR, ScalarOp.XOR, ScalarOp.LT, ScalarOp.EQ
    };

    private final SplittableRandom random;
    private final boolean fp64;
    private final int longest;

    private Cases(long seed, boolean fp64, int longest) {
        this.random = new SplittableRandom(seed);
        this.fp64 = fp64;
        this.longest = longest;
    }

    /**
     * Returns a case.
     *
     * @param fp64 whether float64 may occur
     * @param longest largest size of an axis
     */
    static Case of(long seed, boolean fp64, int longest) {
        Cases cases = new Cases(seed, fp64, longest);
        return switch (cases.random.nextInt(8)) {
            case 0, 1, 2 -> cases.map(seed);
            case 3, 4 -> cases.reduce(seed);
            case 5 -> cases.contract(seed);
            case 6 -> cases.indexed(seed);
            default -> cases.group(seed);
        };
    }

    private <T> T pick(T[] from) {
        return from[random.nextInt(from.length)];
    }

    private DType storage() {
        DType type = pick(DType.values());
        return type == DType.FLOAT64 && !fp64 ? DType.FLOAT32 : type;
    }

    private DType arithmetic() {
        // Single precision is what the vector paths are for.
        DType type = random.nextInt(3) == 0 ? pick(ARITHMETIC) : DType.FLOAT32;
        return type == DType.FLOAT64 && !fp64 ? DType.FLOAT32 : type;
    }

    private long[] sizes(int rank) {
        long[] sizes = new long[rank];
        for (int i = 0; i < rank; i++) {
            sizes[i] = random.nextInt(4) == 0 ? 1 : 1 + random.nextInt(rank > 2 ? Math.min(7, longest) : longest);
        }
        return sizes;
    }

    private Oracle.Data values(DType type, int count, boolean tame) {
        Oracle.Data data = new Oracle.Data(type, count);
        double[] special = {0.0, -0.0, 1, -1, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e10, -3e9, 70000, 1e-3, 2.5};
        long[] whole = {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE, Integer.MIN_VALUE, Integer.MAX_VALUE, 1L << 33, 255, 256, -129};
        for (int i = 0; i < count; i++) {
            if (type == DType.BOOL) {
                data.l[i] = random.nextInt(2);
            } else if (type.isFloatingPoint()) {
                boolean odd = !tame && random.nextInt(6) == 0;
                double value = odd ? special[random.nextInt(special.length)] : random.nextInt(-40, 41) / 16.0;
                data.d[i] = Oracle.round(type, value);
            } else {
                boolean odd = !tame && random.nextInt(6) == 0;
                data.l[i] = Oracle.wrap(type, odd ? whole[random.nextInt(whole.length)] : random.nextInt(-9, 10));
            }
        }
        return data;
    }

    /** Strides, offset, element count and promise of one binding. */
    private record Layout(long[] strides, long offset, int elements, LayoutClass kind) {}

    /**
     * Makes a layout.
     *
     * @param varies the axes that the binding varies along
     * @param output whether every point must have an element of its own
     */
    private Layout layout(long[] sizes, boolean[] varies, boolean output) {
        int rank = sizes.length;
        long[] strides = new long[rank];
        int choice = random.nextInt(5);
        boolean all = true;
        for (int i = 0; i < rank; i++) {
            all &= varies[i];
        }
        if (choice == 0 && !output && rank > 0) {
            return new Layout(strides, random.nextInt(3), 4, LayoutClass.BROADCAST);
        }
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < rank; i++) {
            order.add(i);
        }
        boolean contiguous = choice <= 2;
        if (!contiguous) {
            for (int i = rank - 1; i > 0; i--) {
                java.util.Collections.swap(order, i, random.nextInt(i + 1));
            }
        }
        long next = 1;
        long low = 0;
        for (int i = rank - 1; i >= 0; i--) {
            int axis = order.get(i);
            if (!varies[axis] || !contiguous && !output && random.nextInt(4) == 0) {
                continue;
            }
            long gap = contiguous ? 0 : random.nextInt(2);
            boolean negative = !contiguous && random.nextInt(4) == 0;
            strides[axis] = negative ? -(next + gap) : next + gap;
            next = (next + gap) * Math.max(1, sizes[axis]);
            if (negative) {
                low += (next / Math.max(1, sizes[axis])) * (sizes[axis] - 1);
            }
        }
        boolean unit = rank > 0 && strides[rank - 1] == 1;
        LayoutClass kind = contiguous && (output || all) ? LayoutClass.CONTIGUOUS
                : unit ? LayoutClass.INNER_ONE
                : LayoutClass.GENERAL;
        long offset = low + random.nextInt(3);
        long high = offset;
        for (int axis = 0; axis < rank; axis++) {
            high += Math.max(0, strides[axis] * (sizes[axis] - 1));
        }
        return new Layout(strides, offset, (int) high + 1 + random.nextInt(3), kind);
    }

    private static boolean[] varies(int rank, int from, int to) {
        boolean[] varies = new boolean[rank];
        Arrays.fill(varies, from, to, true);
        return varies;
    }

    /** What is known about a value under construction. */
    private record Known(int index, DType type, boolean exact) {}

    private boolean inexact;

    /** Builds an expression that ends in the given types. */
    private Expr expr(List<DType> inputs, int params, int rank, List<DType> outputs, DType result, int steps, int readable) {
        Expr.Builder builder = new Expr.Builder();
        List<Known> known = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            if (i >= readable) {
                continue;
            }
            int input = builder.input(i, inputs.get(i));
            known.add(new Known(builder.cast(input, arithmetic()), DType.FLOAT32, true));
        }
        if (result != null) {
            known.add(new Known(builder.result(result), result, true));
        }
        if (params > 0 && random.nextBoolean()) {
            known.add(new Known(builder.param(0, arithmetic()), DType.FLOAT32, true));
        }
        if (rank > 0 && random.nextInt(4) == 0) {
            known.add(new Known(builder.axisIndex(random.nextInt(rank)), DType.INT64, true));
        }
        known.add(new Known(builder.constant(DType.FLOAT32, random.nextInt(-8, 9) / 4.0), DType.FLOAT32, true));
        for (int i = 0; i < steps; i++) {
            known.add(step(builder, known));
        }
        int[] results = new int[outputs.size()];
        for (int i = 0; i < results.length; i++) {
            Known last = known.get(Math.max(0, known.size() - 1 - i));
            DType type = outputs.get(i);
            boolean usable = last.exact() || type == DType.FLOAT32 && builder.type(last.index()) == DType.FLOAT32
                    || type == DType.FLOAT64 && builder.type(last.index()).isFloatingPoint();
            if (!usable) {
                last = known.getFirst();
            }
            inexact |= !last.exact();
            results[i] = builder.cast(last.index(), type);
        }
        return builder.build(results);
    }

    private Known step(Expr.Builder builder, List<Known> known) {
        List<Known> exact = known.stream().filter(Known::exact).toList();
        Known a = exact.get(random.nextInt(exact.size()));
        DType type = builder.type(a.index());
        Known other = exact.get(random.nextInt(exact.size()));
        int b = builder.cast(other.index(), type);
        switch (random.nextInt(8)) {
            case 0 -> {
                DType to = arithmetic();
                return new Known(builder.cast(a.index(), to), to, true);
            }
            case 1 -> {
                if (type.isFloatingPoint()) {
                    return new Known(builder.unary(pick(EXACT_UNARY), a.index()), type, true);
                }
                return type == DType.BOOL
                        ? new Known(builder.binary(ScalarOp.XOR, a.index(), b), type, true)
                        : new Known(builder.unary(random.nextBoolean() ? ScalarOp.NEG : ScalarOp.ABS, a.index()), type, true);
            }
            case 2 -> {
                if (type.isFloatingPoint()) {
                    return new Known(builder.unary(pick(INEXACT), a.index()), type, false);
                }
                DType to = type == DType.INT32 ? DType.FLOAT32 : type == DType.INT64 && fp64 ? DType.FLOAT64 : DType.INT8;
                if (type.bytes() == to.bytes()) {
                    int bits = builder.add(new Instruction(ScalarOp.BITCAST, to, a.index(), -1, -1, 0));
                    return new Known(builder.cast(bits, DType.BOOL), DType.BOOL, true);
                }
                return new Known(builder.cast(builder.cast(a.index(), storage()), type), type, true);
            }
            case 3 -> {
                int condition = builder.cast(exact.get(random.nextInt(exact.size())).index(), DType.BOOL);
                return new Known(builder.select(condition, a.index(), b), type, true);
            }
            case 4 -> {
                if (type.isFloatingPoint()) {
                    int c = builder.cast(exact.get(random.nextInt(exact.size())).index(), type);
                    return new Known(builder.fma(a.index(), b, c), type, true);
                }
                return new Known(builder.cast(builder.cast(a.index(), storage()), type), type, true);
            }
            default -> {
                ScalarOp op = type.isFloatingPoint() ? pick(FLOAT_BINARY) : type == DType.BOOL ? pick(BOOL_BINARY) : pick(INTEGER_BINARY);
                int index = builder.binary(op, a.index(), b);
                return new Known(index, builder.type(index), true);
            }
        }
    }

    private static long[] places(SplittableRandom random, int count) {
        long[] places = new long[count];
        for (int i = 0; i < count; i++) {
            places[i] = 64L * random.nextInt(3);
        }
        return places;
    }

    private List<DType> types(int count) {
        List<DType> types = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            types.add(random.nextBoolean() ? DType.FLOAT32 : storage());
        }
        return types;
    }

    private long[] params(int count) {
        long[] params = new long[count];
        for (int i = 0; i < count; i++) {
            params[i] = KernelArgs.encode(DType.INT64, (long) random.nextInt(-5, 6));
        }
        return params;
    }

    private record Bound(List<Layout> layouts, KernelArgs args, List<Oracle.Data> data) {}

    private Bound bind(List<DType> types, long[] sizes, List<boolean[]> varies, int inputs, int params, boolean tame) {
        List<Layout> layouts = new ArrayList<>();
        List<Oracle.Data> data = new ArrayList<>();
        long[][] strides = new long[types.size()][];
        long[] offsets = new long[types.size()];
        for (int i = 0; i < types.size(); i++) {
            Layout layout = layout(sizes, varies.get(i), i >= inputs);
            layouts.add(layout);
            strides[i] = layout.strides();
            offsets[i] = layout.offset();
            data.add(values(types.get(i), layout.elements(), tame));
        }
        return new Bound(layouts, KernelArgs.of(sizes, strides, offsets, params(params)), data);
    }

    private Case map(long seed) {
        int rank = random.nextInt(5);
        Made made = makeMap(rank);
        KernelCode code = new KernelCode(made.map(), rank, made.bound().layouts().stream().map(Layout::kind).toList());
        return new Case("map seed " + seed, code, made.bound().args(), made.bound().data(),
                places(random, made.bound().data().size()), inexact ? 2e-6 : 0, inexact ? 1e-12 : 0);
    }

    private record Made(Kernel.Map map, Bound bound) {}

    private Made makeMap(int rank) {
        List<DType> inputs = types(random.nextInt(4));
        List<DType> outputs = types(1 + random.nextInt(2));
        int params = random.nextInt(2);
        long[] sizes = sizes(rank);
        Expr body = expr(inputs, params, rank, outputs, null, random.nextInt(8), inputs.size());
        List<DType> all = new ArrayList<>(inputs);
        all.addAll(outputs);
        List<boolean[]> varies = all.stream().map(type -> varies(rank, 0, rank)).toList();
        return new Made(new Kernel.Map(inputs, outputs, params, body), bind(all, sizes, varies, inputs.size(), params, false));
    }

    private Case group(long seed) {
        int rank = 1 + random.nextInt(3);
        List<Kernel.Map> members = new ArrayList<>();
        List<LayoutClass> layouts = new ArrayList<>();
        List<KernelArgs> args = new ArrayList<>();
        List<Oracle.Data> data = new ArrayList<>();
        int count = 1 + random.nextInt(5);
        for (int m = 0; m < count; m++) {
            Made made = makeMap(m == 0 ? rank : random.nextInt(rank + 1));
            members.add(made.map());
            made.bound().layouts().forEach(layout -> layouts.add(layout.kind()));
            args.add(made.bound().args());
            data.addAll(made.bound().data());
        }
        KernelArgs all = new KernelArgs(new long[0], new long[0][], new long[0], new long[0], 0, 0, args);
        return new Case("group seed " + seed, new KernelCode(new Kernel.Group(members), rank, layouts), all, data,
                places(random, data.size()), inexact ? 2e-6 : 0, inexact ? 1e-12 : 0);
    }

    private Case reduce(long seed) {
        int kept = random.nextInt(3);
        int reduced = 1 + random.nextInt(2);
        int rank = kept + reduced;
        ReduceOp op = pick(ReduceOp.values());
        boolean sums = op == ReduceOp.SUM || op == ReduceOp.PROD;
        DType compared = arithmetic();
        DType accumulator = op.isPosition() ? DType.INT64
                : !sums ? compared
                : compared == DType.FLOAT64 || compared == DType.FLOAT32 ? compared : DType.INT64;
        List<DType> inputs = types(1 + random.nextInt(2));
        long[] sizes = sizes(rank);
        if (random.nextInt(12) == 0) {
            sizes[rank - 1] = 0;
        }
        if (op == ReduceOp.PROD) {
            for (int i = kept; i < rank; i++) {
                sizes[i] = Math.min(sizes[i], 5);
            }
        }
        Expr.Builder builder = new Expr.Builder();
        int value = builder.cast(builder.input(0, inputs.getFirst()), sums ? accumulator : compared);
        if (random.nextBoolean() && compared != DType.BOOL && builder.type(value) != DType.BOOL) {
            int other = builder.input(inputs.size() - 1, inputs.getLast());
            value = builder.binary(ScalarOp.ADD, value, builder.cast(other, builder.type(value)));
        }
        Expr prologue = builder.build(value);
        DType output = sums && accumulator.isFloatingPoint() ? accumulator : storage();
        Expr epilogue = Expr.result(accumulator, output);
        List<DType> all = new ArrayList<>(inputs);
        all.add(output);
        List<boolean[]> varies = new ArrayList<>();
        inputs.forEach(type -> varies.add(varies(rank, 0, rank)));
        varies.add(varies(rank, 0, kept));
        Bound bound = bind(all, sizes, varies, inputs.size(), 0, sums);
        long count = 1;
        for (int i = kept; i < rank; i++) {
            count *= sizes[i];
        }
        Kernel kernel = new Kernel.Reduce(inputs, output, 0, reduced, op, accumulator, prologue, epilogue);
        KernelCode code = new KernelCode(kernel, rank, bound.layouts().stream().map(Layout::kind).toList());
        boolean rounded = sums && accumulator.isFloatingPoint();
        return new Case(op + " seed " + seed, code, bound.args(), bound.data(), places(random, all.size()),
                rounded ? 1e-6 * Math.max(1, Math.sqrt(count)) : 0, rounded ? 1e-6 * count : 0);
    }

    private Case contract(long seed) {
        int[] axes = {random.nextInt(2), random.nextInt(3), random.nextInt(3), 1 + random.nextInt(2)};
        int rank = Arrays.stream(axes).sum();
        long[] sizes = sizes(rank);
        DType[] types = {DType.FLOAT32, DType.FLOAT32, DType.FLOAT32, DType.INT32, DType.INT64, DType.FLOAT16, DType.BFLOAT16};
        DType type = pick(types);
        DType accumulator = type.bytes() == 2 ? DType.FLOAT32 : type;
        List<DType> inputs = new ArrayList<>(List.of(type, type));
        boolean bias = random.nextBoolean();
        if (bias) {
            inputs.add(DType.FLOAT32);
        }
        DType output = accumulator == DType.FLOAT32 && random.nextInt(4) > 0 ? DType.FLOAT32 : accumulator;
        Expr.Builder builder = new Expr.Builder();
        int value = builder.result(accumulator);
        if (bias) {
            value = builder.binary(ScalarOp.ADD, value, builder.cast(builder.input(2, DType.FLOAT32), accumulator));
        }
        Expr epilogue = builder.build(builder.cast(value, output));
        List<DType> all = new ArrayList<>(inputs);
        all.add(output);
        int columnsFrom = axes[0] + axes[1];
        int sumFrom = columnsFrom + axes[2];
        boolean[] a = varies(rank, 0, rank);
        Arrays.fill(a, columnsFrom, sumFrom, false);
        boolean[] b = varies(rank, 0, rank);
        Arrays.fill(b, axes[0], columnsFrom, false);
        boolean[] kept = varies(rank, 0, sumFrom);
        List<boolean[]> varies = bias ? List.of(a, b, kept, kept) : List.of(a, b, kept);
        Bound bound = bind(all, sizes, varies, inputs.size(), 0, true);
        long depth = 1;
        for (int i = sumFrom; i < rank; i++) {
            depth *= sizes[i];
        }
        Kernel kernel =
                new Kernel.Contract(inputs, output, 0, axes[0], axes[1], axes[2], axes[3], accumulator, epilogue);
        KernelCode code = new KernelCode(kernel, rank, bound.layouts().stream().map(Layout::kind).toList());
        boolean rounded = accumulator.isFloatingPoint();
        return new Case("contract " + type + " seed " + seed, code, bound.args(), bound.data(), places(random, all.size()),
                rounded ? 2e-6 : 0, rounded ? 1e-6 * depth : 0);
    }

    private Case indexed(long seed) {
        int rank = 1 + random.nextInt(3);
        int axis = random.nextInt(rank);
        DType type = storage();
        DType index = random.nextBoolean() ? DType.INT64 : DType.INT32;
        long[] sizes = sizes(rank);
        long extent = 1 + random.nextInt(5);
        long[] indexed = sizes.clone();
        indexed[axis] = extent;
        boolean gather = random.nextBoolean();
        boolean[] all = varies(rank, 0, rank);
        boolean add = !gather && random.nextBoolean();
        Layout source = layout(gather ? indexed : sizes, all, false);
        Layout indices = layout(sizes, all, false);
        Layout target = layout(gather ? sizes : indexed, all, true);
        Oracle.Data places = new Oracle.Data(index, indices.elements());
        boolean bad = random.nextInt(4) == 0;
        for (int i = 0; i < places.l.length; i++) {
            places.l[i] = bad && random.nextInt(5) == 0 ? -1 : random.nextLong(extent);
        }
        List<Oracle.Data> data =
                List.of(values(type, source.elements(), add), places, values(type, target.elements(), add));
        KernelArgs args = new KernelArgs(
                sizes,
                new long[][] {source.strides(), indices.strides(), target.strides()},
                new long[] {source.offset(), indices.offset(), target.offset()},
                new long[0],
                extent,
                Case.site(),
                List.of());
        ScatterOp op = add ? ScatterOp.ADD : pick(new ScatterOp[] {ScatterOp.SET, ScatterOp.MAX, ScatterOp.MIN});
        Kernel kernel = gather ? new Kernel.Gather(type, index, axis) : new Kernel.Scatter(type, index, axis, op);
        List<LayoutClass> kinds = List.of(source.kind(), indices.kind(), target.kind());
        return new Case((gather ? "gather " : "scatter " + op + " ") + type + " seed " + seed,
                new KernelCode(kernel, rank, kinds), args, data, places(random, 3), 0, 0);
    }
}
