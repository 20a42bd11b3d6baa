// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.java;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.runtime.java.device.Conversions;
import dev.ashlar.spi.Expr;
import dev.ashlar.spi.Kernel;
import dev.ashlar.spi.KernelArgs;
import dev.ashlar.spi.ReduceOp;
import dev.ashlar.spi.ScalarOp;
import dev.ashlar.spi.ScatterOp;
import dev.ashlar.type.DType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random kernels on strange layouts: the vector path, with and without the Vector API, against the scalar definition. */
class PathsAgreeTest {
    private static final List<DType> ARITHMETIC = List.of(DType.FLOAT32, DType.FLOAT64, DType.INT32, DType.INT64, DType.BOOL);
    private static final List<ScalarOp> FUNCTIONS = List.of(
            ScalarOp.EXP, ScalarOp.LOG, ScalarOp.EXPM1, ScalarOp.LOG1P, ScalarOp.SIN, ScalarOp.COS, ScalarOp.TANH, ScalarOp.ATAN,
            ScalarOp.ERF, ScalarOp.POW);
    private static Devices devices;

    @BeforeAll
    static void open() {
        devices = new Devices();
    }

    @AfterAll
    static void close() {
        assertThat(devices.vector.liveBuffers()).isZero();
        devices.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void maps(long seed) {
        Samples samples = new Samples(seed);
        for (int i = 0; i < 150; i++) {
            Random random = samples.random();
            List<DType> inputs = types(random, 1 + random.nextInt(4));
            Expr body = expression(random, inputs, 2, random.nextInt(1, 4));
            List<DType> outputs = new ArrayList<>();
            for (int result = 0; result < body.results().size(); result++) {
                outputs.add(body.resultType(result));
            }
            Kernel kernel = new Kernel.Map(inputs, outputs, 2, body);
            int rank = Math.max(2, random.nextInt(5));
            long[] sizes = samples.sizes(rank);
            compare("map seed " + seed + " case " + i, samples, kernel, sizes, new boolean[outputs.size()][rank], false, 0);
        }
    }

    /** Blocks begin in the middle of a row; a bias, a factor per row and a scalar are added to each. */
    @ParameterizedTest
    @ValueSource(ints = {3, 10, 33, 500, 700})
    void rowsThatRepeat(int width) {
        Samples samples = new Samples(width);
        for (int i = 0; i < 12; i++) {
            Expr.Builder builder = new Expr.Builder();
            int sum = builder.input(0, DType.FLOAT32);
            for (int input = 1; input < 4; input++) {
                sum = builder.binary(ScalarOp.ADD, sum, builder.input(input, DType.FLOAT32));
            }
            Kernel kernel = new Kernel.Map(
                    Collections.nCopies(4, DType.FLOAT32), List.of(DType.FLOAT32), 0, builder.build(sum));
            boolean[][] fixed = {{false, false}, {true, false}, {false, true}, {true, true}, {false, false}};
            compare("rows of " + width, samples, kernel, new long[] {4000 / width + i, width}, fixed, true, 0);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void reductions(long seed) {
        Samples samples = new Samples(seed);
        for (int i = 0; i < 150; i++) {
            Random random = samples.random();
            DType type = DType.values()[random.nextInt(DType.values().length)];
            ReduceOp op = ReduceOp.values()[random.nextInt(ReduceOp.values().length)];
            int rank = 1 + random.nextInt(4);
            int reduced = 1 + random.nextInt(rank);
            Expr.Builder builder = new Expr.Builder();
            int value = builder.input(0, type);
            if (type == DType.FLOAT32 && random.nextBoolean()) {
                value = builder.binary(ScalarOp.MUL, value, builder.input(1, type));
            }
            boolean storage = type == DType.FLOAT16 || type == DType.BFLOAT16;
            if (storage && !op.isPosition()) {
                value = builder.cast(value, DType.FLOAT32);
            }
            Expr prologue = builder.build(value);
            DType accumulator = accumulator(op, prologue.resultType(0));
            Kernel kernel = new Kernel.Reduce(
                    List.of(type, type), accumulator, 0, reduced, op, accumulator, prologue, Expr.result(accumulator, accumulator));
            long[] sizes = samples.sizes(rank);
            if (op == ReduceOp.PROD) {
                Arrays.setAll(sizes, axis -> Math.min(sizes[axis], 5));
            }
            if (random.nextInt(10) == 0) {
                sizes[rank - 1 - random.nextInt(reduced)] = 0;
            }
            boolean[] fixed = new boolean[rank];
            Arrays.fill(fixed, rank - reduced, rank, true);
            boolean small = op == ReduceOp.SUM || op == ReduceOp.PROD;
            compare("reduce seed " + seed + " case " + i, samples, kernel, sizes, new boolean[][] {fixed}, small, 0);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24})
    void products(long seed) {
        Samples samples = new Samples(seed);
        for (int i = 0; i < 80; i++) {
            Random random = samples.random();
            List<DType> types = List.of(DType.FLOAT32, DType.FLOAT32, DType.FLOAT32, DType.FLOAT64, DType.INT32, DType.INT64, DType.FLOAT16,
                    DType.BFLOAT16, DType.INT8);
            DType type = types.get(random.nextInt(types.size()));
            DType accumulator = type == DType.FLOAT16 || type == DType.BFLOAT16 ? DType.FLOAT32 : type;
            int batch = random.nextInt(3);
            int row = random.nextInt(3);
            int column = random.nextInt(3);
            int sum = random.nextInt(3);
            int rank = batch + row + column + sum;
            long[] sizes = new long[rank];
            Arrays.setAll(sizes, axis -> random.nextInt(3) == 0 ? random.nextInt(1, 50) : random.nextInt(1, 6));
            if (rank > 0 && random.nextInt(4) == 0) {
                sizes[random.nextInt(rank)] = random.nextInt(100, 400);
            }
            for (int axis = 0; Arrays.stream(sizes).reduce(1, (x, y) -> x * y) > 400_000; axis++) {
                sizes[axis] = Math.min(sizes[axis], 3);
            }
            if (sum > 0 && random.nextInt(12) == 0) {
                sizes[rank - 1] = 0;
            }
            Expr.Builder builder = new Expr.Builder();
            int value = builder.result(accumulator);
            boolean epilogue = random.nextBoolean() && accumulator != DType.INT8;
            if (epilogue) {
                value = builder.binary(ScalarOp.MAX, builder.binary(ScalarOp.ADD, value, builder.input(2, accumulator)),
                        builder.constant(accumulator, -3L));
            }
            List<DType> inputs = epilogue ? List.of(type, type, accumulator) : List.of(type, type);
            Kernel kernel = new Kernel.Contract(inputs, accumulator, 0, batch, row, column, sum, accumulator, builder.build(value));
            boolean[][] fixed = new boolean[inputs.size() + 1][rank];
            Arrays.fill(fixed[0], batch + row, batch + row + column, true);
            Arrays.fill(fixed[1], batch, batch + row, true);
            for (int binding = 2; binding < fixed.length; binding++) {
                Arrays.fill(fixed[binding], batch + row + column, rank, true);
            }
            compare("contract seed " + seed + " case " + i, samples, kernel, sizes, fixed, true, 0);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {31, 32, 33})
    void gathersAndScatters(long seed) {
        Samples samples = new Samples(seed);
        for (int i = 0; i < 120; i++) {
            Random random = samples.random();
            DType type = DType.values()[random.nextInt(DType.values().length)];
            DType index = random.nextBoolean() ? DType.INT64 : DType.INT32;
            int rank = 1 + random.nextInt(3);
            int axis = random.nextInt(rank);
            boolean gather = random.nextBoolean();
            ScatterOp op = ScatterOp.values()[random.nextInt(4)];
            Kernel kernel = gather ? new Kernel.Gather(type, index, axis) : new Kernel.Scatter(type, index, axis, op);
            compare("indexed seed " + seed + " case " + i, samples, kernel, samples.sizes(rank), new boolean[1][rank], false,
                    random.nextInt(1, 30));
        }
    }

    private static void compare(
            String name, Samples samples, Kernel kernel, long[] sizes, boolean[][] fixed, boolean small, int extent) {
        List<DType> types = new ArrayList<>(kernel.inputs());
        types.addAll(kernel.outputs());
        int inputs = kernel.inputs().size();
        int indexed = extent == 0 ? -1 : kernel instanceof Kernel.Gather ? 0 : 2;
        int axis = kernel instanceof Kernel.Gather gather ? gather.axis() : kernel instanceof Kernel.Scatter scatter ? scatter.axis() : -1;
        long[][] strides = new long[types.size()][];
        long[] offsets = new long[types.size()];
        List<byte[]> memory = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            DType type = types.get(i);
            long[] own = sizes.clone();
            if (i == indexed) {
                own[axis] = extent;
            }
            boolean[] still = fixed.length == types.size() ? fixed[i] : i < inputs ? new boolean[sizes.length] : fixed[i - inputs];
            Samples.Layout layout = samples.layout(own, still, i >= inputs);
            strides[i] = layout.strides();
            offsets[i] = layout.offset();
            boolean isIndex = extent > 0 && i == 1;
            boolean sometimesBad = samples.random().nextInt(3) == 0;
            memory.add(Samples.memory(type, layout.elements(), () -> isIndex
                    ? samples.random().nextInt(sometimesBad ? -2 : 0, extent + (sometimesBad ? 2 : 0))
                    : small ? samples.small(type) : samples.any(type)));
        }
        if (extent > 0) {
            memory.add(new byte[16]);
        }
        long[] params = {Double.doubleToRawLongBits(1.5), 7};
        KernelArgs args = new KernelArgs(sizes, strides, offsets, params, extent, extent > 0 ? 99 : 0, List.of());
        List<byte[]> expected = Devices.run(devices.scalar, kernel, args, memory);
        List<byte[]> vector = Devices.run(devices.vector, kernel, args, memory);
        String about = name + "\n" + kernel + "\nsizes " + Arrays.toString(sizes) + " strides " + Arrays.deepToString(strides);
        for (int i = 0; i < types.size(); i++) {
            DType type = types.get(i);
            for (int at = 0; at < expected.get(i).length / type.bytes(); at++) {
                long want = Samples.element(type, expected.get(i), at);
                long got = Samples.element(type, vector.get(i), at);
                if (want != got && !close(type, want, got)) {
                    throw new AssertionError(about + "\nbinding " + i + " element " + at + ": expected " + show(type, want) + ", got "
                            + show(type, got));
                }
            }
        }
        if (extent > 0) {
            assertThat(vector.getLast()).as(about).isEqualTo(expected.getLast());
        }
        List<byte[]> alone = Devices.run(devices.vectorAlone, kernel, args, memory);
        List<byte[]> plain = Devices.run(devices.plain, kernel, args, memory);
        for (int i = 0; i < types.size(); i++) {
            byte[] reference = oneNan(types.get(i), vector.get(i));
            assertThat(oneNan(types.get(i), alone.get(i))).as("one thread against two: " + about).isEqualTo(reference);
            assertThat(oneNan(types.get(i), plain.get(i))).as("plain loops against vectors: " + about).isEqualTo(reference);
        }
    }

    // Only float32 functions may differ, and they come last in an expression: two units in the last place, and any NaN is a NaN.
    private static boolean close(DType type, long want, long got) {
        if (!type.isFloatingPoint()) {
            return false;
        }
        double x = Conversions.toDouble(type, want);
        double y = Conversions.toDouble(type, got);
        if (Double.isNaN(x) && Double.isNaN(y)) {
            return true;
        }
        return type == DType.FLOAT32 && Math.abs(want - got) <= 2;
    }

    // Which of two NaNs a sum takes over is up to the order in which the JIT puts the operands.
    private static byte[] oneNan(DType type, byte[] memory) {
        if (!type.isFloatingPoint()) {
            return memory;
        }
        int[] at = {0};
        return Samples.memory(type, memory.length / type.bytes(), () -> {
            long bits = Samples.element(type, memory, at[0]++);
            return Double.isNaN(Conversions.toDouble(type, bits)) ? Conversions.fromDouble(type, Double.NaN) : bits;
        });
    }

    private static String show(DType type, long bits) {
        return type.isFloatingPoint() ? Conversions.toDouble(type, bits) + " (" + Long.toHexString(bits) + ")" : Long.toString(bits);
    }

    private static List<DType> types(Random random, int count) {
        List<DType> types = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            types.add(DType.values()[random.nextInt(DType.values().length)]);
        }
        return types;
    }

    private static DType accumulator(ReduceOp op, DType type) {
        if (op.isPosition()) {
            return DType.INT64;
        }
        if (op == ReduceOp.SUM || op == ReduceOp.PROD) {
            return type == DType.FLOAT64 ? type : type.isFloatingPoint() ? DType.FLOAT32 : DType.INT64;
        }
        return type;
    }

    private static Expr expression(Random random, List<DType> inputs, int axes, int results) {
        Expr.Builder builder = new Expr.Builder();
        List<Integer> values = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            values.add(builder.input(i, inputs.get(i)));
        }
        values.add(builder.axisIndex(random.nextInt(axes)));
        values.add(builder.param(0, DType.FLOAT32));
        values.add(builder.param(1, DType.INT32));
        values.add(builder.constant(DType.FLOAT64, 0.75));
        int length = random.nextInt(1, 14);
        for (int i = 0; i < length; i++) {
            int a = cast(builder, pick(random, values), ARITHMETIC.get(random.nextInt(ARITHMETIC.size())));
            DType type = builder.type(a);
            int b = cast(builder, pick(random, values), type);
            ScalarOp op = operation(random, type);
            values.add(
                    switch (op) {
                        case SELECT -> builder.select(cast(builder, pick(random, values), DType.BOOL), a, b);
                        case FMA -> builder.fma(a, b, cast(builder, pick(random, values), type));
                        case CAST -> builder.cast(a, DType.values()[random.nextInt(DType.values().length)]);
                        default -> op.operands() == 1 ? builder.unary(op, a) : builder.binary(op, a, b);
                    });
        }
        int[] chosen = new int[results];
        for (int i = 0; i < results; i++) {
            int value = pick(random, values);
            ScalarOp function = FUNCTIONS.get(random.nextInt(FUNCTIONS.size()));
            if (builder.type(value) == DType.FLOAT32 && random.nextBoolean()) {
                value = function == ScalarOp.POW
                        ? builder.binary(function, value, builder.constant(DType.FLOAT32, random.nextInt(-3, 4) * 0.5))
                        : builder.unary(function, value);
            }
            chosen[i] = value;
        }
        return builder.build(chosen);
    }

    private static int pick(Random random, List<Integer> values) {
        return values.get(random.nextInt(values.size()));
    }

    private static int cast(Expr.Builder builder, int value, DType type) {
        return builder.cast(value, type);
    }

    private static ScalarOp operation(Random random, DType type) {
        List<ScalarOp> common = List.of(
                ScalarOp.ADD, ScalarOp.MUL, ScalarOp.MAX, ScalarOp.MIN, ScalarOp.LT, ScalarOp.EQ, ScalarOp.SELECT, ScalarOp.CAST);
        List<ScalarOp> numbers = List.of(ScalarOp.NEG, ScalarOp.ABS, ScalarOp.SUB, ScalarOp.DIV, ScalarOp.REM);
        List<ScalarOp> floats = List.of(ScalarOp.SQRT, ScalarOp.FLOOR, ScalarOp.FMA);
        List<ScalarOp> whole = List.of(ScalarOp.AND, ScalarOp.OR, ScalarOp.XOR, ScalarOp.SHL, ScalarOp.SHR);
        List<ScalarOp> all = new ArrayList<>(common);
        if (type == DType.BOOL) {
            all.addAll(whole.subList(0, 3));
        } else {
            all.addAll(numbers);
            all.addAll(type.isFloatingPoint() ? floats : whole);
        }
        return all.get(random.nextInt(all.size()));
    }
}
