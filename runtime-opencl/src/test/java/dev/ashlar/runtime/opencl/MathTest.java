// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.opencl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.spi.Backend;
import dev.ashlar.spi.Expr;
import dev.ashlar.spi.Instruction;
import dev.ashlar.spi.Kernel;
import dev.ashlar.spi.KernelArgs;
import dev.ashlar.spi.KernelCode;
import dev.ashlar.spi.LayoutClass;
import dev.ashlar.spi.ScalarOp;
import dev.ashlar.type.DType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Errors of elementary functions in units of the last place, over the whole range and at special values. */
class MathTest {
    private static final int COUNT = 1 << 16;

    static Stream<Arguments> functions() {
        // The bounds are those of the OpenCL table for full profiles, tightened to ours where the formula is our own.
        return Stream.of(
                Arguments.of(ScalarOp.EXP, 1.5, 3.0),
                Arguments.of(ScalarOp.LOG, 1.5, 3.0),
                Arguments.of(ScalarOp.EXPM1, 2.0, 3.0),
                Arguments.of(ScalarOp.LOG1P, 2.0, 2.0),
                Arguments.of(ScalarOp.TANH, 2.5, 5.0),
                Arguments.of(ScalarOp.ATAN, 2.0, 5.0),
                Arguments.of(ScalarOp.ERF, 3.0, 16.0),
                Arguments.of(ScalarOp.SIN, 4.0, 4.0),
                Arguments.of(ScalarOp.COS, 4.0, 4.0),
                Arguments.of(ScalarOp.SQRT, 0.5, 0.5),
                Arguments.of(ScalarOp.FLOOR, 0.0, 0.0),
                Arguments.of(ScalarOp.POW, 16.0, 16.0),
                Arguments.of(ScalarOp.REM, 0.0, 0.0),
                Arguments.of(ScalarOp.DIV, 0.5, 0.5),
                Arguments.of(ScalarOp.FMA, 0.5, 0.5));
    }

    @ParameterizedTest
    @MethodSource("functions")
    void floatErrorsStayWithinBounds(ScalarOp op, double bound, double wide) {
        check(op, DType.FLOAT32, bound);
    }

    @ParameterizedTest
    @MethodSource("functions")
    void doubleErrorsStayWithinBounds(ScalarOp op, double narrow, double bound) {
        // One more for the reference, which is no more precise than the type.
        check(op, DType.FLOAT64, bound == 0 || bound == 0.5 ? bound : bound + 1);
    }

    private static void check(ScalarOp op, DType type, double bound) {
        try (Backend backend = TestDevice.open()) {
            org.junit.jupiter.api.Assumptions.assumeTrue(
                    backend.capabilities().arithmetic().contains(type), "the device has no " + type);
            Oracle.Data x = values(type, 1);
            Oracle.Data y = values(type, 2);
            Oracle.Data z = values(type, 3);
            Expr.Builder builder = new Expr.Builder();
            int a = builder.input(0, type);
            int operands = op.operands();
            Instruction step = new Instruction(
                    op, type, a, operands > 1 ? builder.input(1, type) : -1, operands > 2 ? builder.input(2, type) : -1, 0);
            Expr body = builder.build(builder.add(step));
            List<Double> got = run(backend, type, body, List.of(x, y, z));
            double worst = 0;
            String where = "";
            for (int i = 0; i < COUNT; i++) {
                double want = reference(op, x.d[i], y.d[i], z.d[i]);
                double error = ulps(type, got.get(i), want);
                if (!(error <= worst)) {
                    worst = error;
                    where = op + "(" + x.d[i] + ", " + y.d[i] + ", " + z.d[i] + ") is " + got.get(i) + " instead of " + want;
                }
            }
            System.getLogger(MathTest.class.getName())
                    .log(System.Logger.Level.DEBUG, op + " " + type + ": " + worst + " ulp, " + where);
            assertThat(worst).as(where).isLessThanOrEqualTo(bound);
        }
    }

    private static double reference(ScalarOp op, double x, double y, double z) {
        Expr.Builder builder = new Expr.Builder();
        int a = builder.input(0, DType.FLOAT64);
        Instruction step = new Instruction(
                op,
                DType.FLOAT64,
                a,
                op.operands() > 1 ? builder.input(1, DType.FLOAT64) : -1,
                op.operands() > 2 ? builder.input(2, DType.FLOAT64) : -1,
                0);
        Expr body = builder.build(builder.add(step));
        List<Oracle.Data> data = new ArrayList<>();
        for (double value : new double[] {x, y, z}) {
            Oracle.Data one = new Oracle.Data(DType.FLOAT64, 1);
            one.d[0] = value;
            data.add(one);
        }
        KernelArgs args = KernelArgs.of(new long[0], new long[3][0], new long[3], new long[0]);
        return Oracle.evaluate(body, data, args, new long[0], new Oracle.Value(0, 0)).getFirst().d();
    }

    private static double ulps(DType type, double got, double want) {
        double rounded = Oracle.round(type, want);
        if (Double.compare(got, rounded) == 0 || got == rounded) {
            return got == 0 && Double.compare(got, rounded) != 0 && want == 0 ? 1000 : rounded == want ? 0 : error(type, got, want);
        }
        if (Double.isNaN(got) || Double.isNaN(rounded) || Double.isInfinite(got) != Double.isInfinite(rounded)) {
            // Next to overflow the neighbour of infinity is one unit away.
            double largest = type == DType.FLOAT32 ? 0x1.fffffap127 : 0x1.fffffffffffffp1023;
            boolean edge = !Double.isNaN(got) && !Double.isNaN(rounded) && Math.abs(want) > largest;
            return edge ? 1 : Double.POSITIVE_INFINITY;
        }
        return error(type, got, want);
    }

    private static double error(DType type, double got, double want) {
        double unit = type == DType.FLOAT32 ? Math.ulp((float) want) : Math.ulp(want);
        return Double.isInfinite(want) ? 0 : Math.abs(got - want) / unit;
    }

    private static List<Double> run(Backend backend, DType type, Expr body, List<Oracle.Data> inputs) {
        Kernel kernel = new Kernel.Map(List.of(type, type, type), List.of(type), 0, body);
        KernelCode code = new KernelCode(kernel, 1, List.of(
                LayoutClass.CONTIGUOUS, LayoutClass.CONTIGUOUS, LayoutClass.CONTIGUOUS, LayoutClass.CONTIGUOUS));
        long[] one = {1};
        // An odd count, so that the last elements are computed one by one.
        KernelArgs args =
                KernelArgs.of(new long[] {COUNT - 1}, new long[][] {one, one, one, one}, new long[4], new long[0]);
        List<Double> result = new ArrayList<>();
        try (Arena arena = Arena.ofConfined();
                var executable = backend.compile(code)) {
            List<dev.ashlar.spi.Binding> bindings = new ArrayList<>();
            for (Oracle.Data input : inputs) {
                MemorySegment bytes = Case.encode(input, 0, arena);
                var buffer = backend.allocate(bytes.byteSize());
                backend.upload(bytes, buffer, 0);
                bindings.add(new dev.ashlar.spi.Binding(buffer, 0));
            }
            MemorySegment out = arena.allocate((long) COUNT * type.bytes(), 8);
            var buffer = backend.allocate(out.byteSize());
            bindings.add(new dev.ashlar.spi.Binding(buffer, 0));
            backend.submit(executable, bindings, args);
            // The last element by a launch of its own: vector and single elements must give the same bits.
            long[] last = {COUNT - 1, COUNT - 1, COUNT - 1, COUNT - 1};
            backend.submit(executable, bindings, KernelArgs.of(new long[] {1}, new long[][] {one, one, one, one}, last, new long[0]));
            backend.download(buffer, 0, out);
            for (int i = 0; i < COUNT; i++) {
                result.add(Case.decode(type, out, (long) i * type.bytes()).d());
            }
            bindings.forEach(binding -> binding.buffer().close());
        }
        return result;
    }

    private static Oracle.Data values(DType type, long seed) {
        double[] special = {
            0.0, -0.0, 1, -1, 0.5, 2, -2, 3, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e-30, 88.7, 89, -104,
            -1.0000001, 1e30, -3e38, 1e308, -1e308
        };
        SplittableRandom random = new SplittableRandom(seed);
        Oracle.Data data = new Oracle.Data(type, COUNT);
        for (int i = 0; i < COUNT; i++) {
            double value =
                    switch (random.nextInt(4)) {
                        case 0 -> (random.nextDouble() - 0.5) * 4;
                        case 1 -> (random.nextDouble() - 0.5) * 200;
                        case 2 -> Math.scalb(random.nextDouble() - 0.5, random.nextInt(-30, 30));
                        default -> random.nextInt(8) == 0
                                ? special[random.nextInt(special.length)]
                                : Math.scalb(1 + random.nextDouble(), random.nextInt(-20, 4));
                    };
            data.d[i] = Oracle.round(type, value);
        }
        return data;
    }
}
