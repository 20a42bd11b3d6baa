// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.Ashlar;
import dev.ashlar.Device;
import dev.ashlar.Generator;
import dev.ashlar.Tensor;
import dev.ashlar.type.DType;
import dev.ashlar.type.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Arithmetic of the types that backends only store, against what PyTorch gives on a processor: the same bits. For functions and sums, which
 * PyTorch rounds in various ways, the judge is its float64, and the neighbour is right too.
 *
 * <p>The file has for each type special values and random ones: {@code x} and {@code y} over the whole range, {@code u} of moderate size,
 * {@code z} without zeros, {@code n} counts of shifts; and of each operation the name, the type, and type and bits of the result.
 */
final class NarrowTypesTest {
    /** The operands of one type. */
    private record Operands(Tensor x, Tensor y, Tensor u, Tensor z, Tensor n) {}

    /** A recorded result: raw elements, one hexadecimal number each. */
    private record Answer(DType type, List<Long> bits) {}

    private static final Map<String, Function<Operands, Tensor>> OPERATIONS = operations();

    private static Map<String, Function<Operands, Tensor>> operations() {
        Map<String, Function<Operands, Tensor>> all = new HashMap<>();
        all.put("add", o -> o.x.add(o.y));
        all.put("sub", o -> o.x.sub(o.y));
        all.put("mul", o -> o.x.mul(o.y));
        all.put("div", o -> o.x.div(o.x.dtype().isFloatingPoint() ? o.y : o.z));
        all.put("floorDivide", o -> o.x.floorDivide(o.z));
        all.put("remainder", o -> o.x.remainder(o.x.dtype().isFloatingPoint() ? o.y : o.z));
        all.put("maximum", o -> o.x.maximum(o.y));
        all.put("minimum", o -> o.x.minimum(o.y));
        all.put("eq", o -> o.x.eq(o.y));
        all.put("ne", o -> o.x.ne(o.y));
        all.put("lt", o -> o.x.lt(o.y));
        all.put("le", o -> o.x.le(o.y));
        all.put("gt", o -> o.x.gt(o.y));
        all.put("ge", o -> o.x.ge(o.y));
        all.put("logicalAnd", o -> o.x.logicalAnd(o.y));
        all.put("logicalXor", o -> o.x.logicalXor(o.y));
        all.put("bitwiseAnd", o -> o.x.bitwiseAnd(o.y));
        all.put("bitwiseOr", o -> o.x.bitwiseOr(o.y));
        all.put("bitwiseXor", o -> o.x.bitwiseXor(o.y));
        all.put("bitwiseLeftShift", o -> o.x.bitwiseLeftShift(o.n));
        all.put("bitwiseRightShift", o -> o.x.bitwiseRightShift(o.n));
        all.put("neg", o -> o.x.neg());
        all.put("abs", o -> o.x.abs());
        all.put("sign", o -> o.x.sign());
        all.put("sqrt", o -> o.x.sqrt());
        all.put("reciprocal", o -> (o.x.dtype().isFloatingPoint() ? o.x : o.z).reciprocal());
        all.put("floor", o -> o.x.floor());
        all.put("ceil", o -> o.x.ceil());
        all.put("trunc", o -> o.x.trunc());
        all.put("round", o -> o.x.round());
        all.put("square", o -> o.x.square());
        all.put("relu", o -> o.x.relu());
        all.put("isnan", o -> o.x.isNan());
        all.put("isfinite", o -> o.x.isFinite());
        all.put("isinf", o -> o.x.isInf());
        all.put("add(0.1)", o -> o.x.add(0.1));
        all.put("add(0.5)", o -> o.x.add(0.5));
        all.put("add(3)", o -> o.x.add(3));
        all.put("sub(3)", o -> o.x.sub(3));
        all.put("sub(100)", o -> o.x.sub(100));
        all.put("mul(0.1)", o -> o.x.mul(0.1));
        all.put("mul(-3)", o -> o.x.mul(-3));
        all.put("div(3)", o -> o.x.div(3));
        all.put("lt(0.1)", o -> o.x.lt(0.1));
        all.put("lt(3)", o -> o.x.lt(3));
        all.put("where", o -> o.x.lt(o.y).where(o.x, o.y));
        all.put("maskedFill", o -> o.x.dtype().isFloatingPoint() ? o.x.maskedFill(o.x.lt(o.y), 0.1) : o.x.maskedFill(o.x.lt(o.y), 5));
        all.put("clamp", o -> o.x.clamp(-0.7, 1.3));
        all.put("clamp(1)", o -> o.x.clamp(1, 50));
        all.put("exp", o -> o.x.dtype().isFloatingPoint() ? o.x.exp() : o.x.remainder(o.x.fullLike(8)).exp());
        all.put("expm1", o -> o.x.expm1());
        all.put("log", o -> o.x.log());
        all.put("log1p", o -> o.x.log1p());
        all.put("log2", o -> o.x.log2());
        all.put("log10", o -> o.x.log10());
        all.put("sin", o -> o.x.sin());
        all.put("cos", o -> o.x.cos());
        all.put("tan", o -> o.x.tan());
        all.put("atan", o -> o.x.atan());
        all.put("tanh", o -> o.x.tanh());
        all.put("erf", o -> o.x.erf());
        all.put("sigmoid", o -> o.x.sigmoid());
        all.put("rsqrt", o -> o.x.rsqrt());
        all.put("silu", o -> o.x.silu());
        all.put("softplus", o -> o.x.softplus());
        all.put("gelu", o -> o.u.gelu());
        all.put("pow", o -> o.x.pow(o.y));
        all.put("pow(2)", o -> o.x.pow(2));
        all.put("pow(3)", o -> o.x.pow(3));
        all.put("pow(2.5)", o -> o.x.pow(2.5));
        all.put("lerp", o -> o.x.lerp(o.y, 0.3));
        all.put("addcmul", o -> o.x.addcmul(o.y, o.x, 0.5));
        all.put("addcdiv", o -> o.x.addcdiv(o.y, o.x, 0.5));
        all.put("softmax", o -> o.u.reshape(6, 8).softmax(1));
        all.put("logSoftmax", o -> o.u.reshape(6, 8).logSoftmax(1));
        all.put("sum", o -> moderate(o).sum());
        all.put("sum(1)", o -> moderate(o).reshape(6, 8).sum(1));
        all.put("mean", o -> o.u.reshape(6, 8).mean(0));
        all.put("prod", o -> o.x.dtype().isFloatingPoint() ? o.u.slice(0, 24, 32).prod() : o.x.slice(0, 0, 8).prod());
        all.put("var", o -> o.u.reshape(6, 8).var(1, false));
        all.put("amax", o -> moderate(o).max());
        all.put("amin", o -> o.x.reshape(6, 8).amin(1, false));
        all.put("argmax", o -> o.x.reshape(6, 8).argmax(1));
        all.put("argmin", o -> moderate(o).argmin());
        all.put("any", o -> o.x.reshape(6, 8).any(1, false));
        all.put("all", o -> o.x.reshape(6, 8).all(1, false));
        all.put("matmul", o -> moderate(o).reshape(6, 8).matmul((o.x.dtype().isFloatingPoint() ? o.u : o.y).reshape(8, 6)));
        all.put("scatterAdd", o -> o.x.newZeros(4).scatterAdd(0, Tensor.arange(48).bitwiseAnd(Tensor.full(Shape.of(),
                3L)).to(o.x.device()), o.x));
        all.put("indexSelect", o -> o.x.indexSelect(0, Tensor.of(new long[] {3, 11, 0}).to(o.x.device())));
        for (DType to : DType.values()) {
            all.put("to(" + to + ")", o -> {
                boolean bounded = o.x.dtype().isFloatingPoint() && to.isInteger();
                return (bounded ? to == DType.UINT8 ? o.u.abs() : o.u : o.x).to(to);
            });
        }
        return all;
    }

    private static Tensor moderate(Operands o) {
        return o.x.dtype().isFloatingPoint() ? o.u : o.x;
    }

    // ---- the file ---------------------------------------------------------------------------------------------------------------

    private static Map<DType, Map<String, Answer>> answers() {
        Map<DType, Map<String, Answer>> answers = new EnumMap<>(DType.class);
        for (String line : lines("arithmetic.txt")) {
            String[] words = line.split(" ");
            boolean input = words[0].equals("input");
            DType operands = DType.of(input ? words[2] : words[1]);
            List<Long> bits = new ArrayList<>();
            for (int i = 3; i < words.length; i++) {
                bits.add(Long.parseUnsignedLong(words[i], 16));
            }
            answers.computeIfAbsent(operands, _ -> new LinkedHashMap<>())
                    .put(input ? "input " + words[1] : words[0], new Answer(DType.of(words[2]), bits));
        }
        return answers;
    }

    static List<String> lines(String resource) {
        try (InputStream stream = NarrowTypesTest.class.getResourceAsStream(resource)) {
            String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            return text.lines().filter(line -> !line.startsWith("#")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Operands operands(Map<String, Answer> answers, Device device) {
        Function<String, Tensor> input = name -> {
            Answer answer = answers.get("input " + name);
            return answer == null ? null : upload(answer, device);
        };
        return new Operands(input.apply("x"), input.apply("y"), input.apply("u"), input.apply("z"), input.apply("n"));
    }

    private static Tensor upload(Answer answer, Device device) {
        int width = answer.type.bytes();
        byte[] bytes = new byte[answer.bits.size() * width];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (answer.bits.get(i / width) >>> 8 * (i % width));
        }
        return Tensor.ofBytes(bytes, answer.type).to(device);
    }

    private static List<Long> bits(Tensor tensor) {
        byte[] bytes = tensor.toByteArray();
        int width = tensor.dtype().bytes();
        List<Long> bits = new ArrayList<>();
        for (int i = 0; i < bytes.length; i += width) {
            long value = 0;
            for (int j = 0; j < width; j++) {
                value |= (bytes[i + j] & 0xFFL) << 8 * j;
            }
            bits.add(value);
        }
        return bits;
    }

    // ---- the tests --------------------------------------------------------------------------------------------------------------

    @TestFactory
    Stream<DynamicTest> everyOperationAgreesWithPyTorch() {
        return each((device, type) -> {
            Map<String, Answer> answers = answers().get(type);
            Operands operands = operands(answers, device);
            Map<String, Tensor> results = new LinkedHashMap<>();
            answers.keySet().stream().filter(name -> !name.startsWith("input ")).forEach(name -> {
                Function<Operands, Tensor> operation = OPERATIONS.get(name.replace("~", ""));
                assertThat(operation).as(name).isNotNull();
                results.put(name, operation.apply(operands));
            });
            List<String> wrong = new ArrayList<>();
            results.forEach((name, result) -> {
                String difference = difference(result, answers.get(name), name.startsWith("~") ? 1 : 0);
                if (difference != null) {
                    wrong.add(name + ": " + difference);
                }
            });
            assertThat(wrong).isEmpty();
        });
    }

    private static String difference(Tensor result, Answer expected, int units) {
        if (result.dtype() != expected.type) {
            return "expected " + expected.type + ", got " + result.dtype();
        }
        List<Long> actual = bits(result);
        for (int i = 0; i < expected.bits.size(); i++) {
            long a = actual.get(i);
            long e = expected.bits.get(i);
            boolean equal = expected.type.isFloatingPoint()
                    ? isNan(expected.type, a) && isNan(expected.type, e) || near(expected.type, a, e, units(expected.type, units))
                    : a == e;
            if (!equal) {
                return "at " + i + " expected " + Long.toHexString(e) + ", got " + Long.toHexString(a);
            }
        }
        return null;
    }

    /** In wider types than the operand's, functions are right to what those types have for a tolerance. */
    private static long units(DType type, int units) {
        return type.bytes() > 2 ? 4L * units : units;
    }

    private static boolean near(DType type, long a, long b, long units) {
        return !isNan(type, a) && !isNan(type, b) && Math.abs(ordered(type, a) - ordered(type, b)) <= units;
    }

    private static long sign(DType type) {
        return 1L << type.bytes() * 8 - 1;
    }

    private static boolean isNan(DType type, long bits) {
        long infinity = switch (type) {
            case FLOAT64 -> 0x7FF0000000000000L;
            case FLOAT32 -> 0x7F800000L;
            case FLOAT16 -> 0x7C00L;
            default -> 0x7F80L;
        };
        return (bits & ~sign(type)) > infinity;
    }

    /** Returns a number that counts the values of the type in their order; both zeros are 0 and differ by nothing. */
    private static long ordered(DType type, long bits) {
        long sign = sign(type);
        return (bits & sign) != 0 ? -(bits & sign - 1) : bits;
    }

    @TestFactory
    Stream<DynamicTest> storingInBetweenChangesNothing() {
        return each((device, type) -> {
            Operands o = operands(answers().get(type), device);
            Function<Operands, List<Tensor>> program = in -> {
                Tensor a = in.x.add(in.y).mul(in.x).sub(0.3);
                Tensor b = a.div(3).maximum(in.y).exp();
                Tensor c = in.x.reshape(6, 8).matmul(in.y.reshape(8, 6)).add(1).tanh();
                Tensor d = in.x.mul(in.y).sum().add(in.x.amax(0, false)).neg();
                return List.of(a, b, c, d, a.lt(b).where(a, b), in.x.cos().sum(0, true).mul(in.x));
            };
            List<List<Long>> fused = program.apply(o).stream().map(NarrowTypesTest::bits).toList();
            try (var _ = Ashlar.eager()) {
                assertThat(program.apply(o).stream().map(NarrowTypesTest::bits).toList()).isEqualTo(fused);
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> randomNumbersAreValuesOfTheType() {
        return each((device, type) -> {
            if (!type.isFloatingPoint()) {
                return;
            }
            Tensor like = Tensor.zeros(Shape.of(4000), type, device);
            double[] even = like.randLike(new Generator(5)).toDoubleArray();
            assertThat(even).satisfies(values -> assertThat(java.util.Arrays.stream(values).allMatch(v -> v >= 0 && v < 1)).isTrue());
            assertThat(java.util.Arrays.stream(even).average().orElseThrow()).isBetween(0.47, 0.53);
            double[] normal = like.randnLike(new Generator(5)).toDoubleArray();
            assertThat(java.util.Arrays.stream(normal).average().orElseThrow()).isBetween(-0.08, 0.08);
            double[] single = Tensor.zeros(Shape.of(4000), DType.FLOAT32, device).randnLike(new Generator(5)).to(type).toDoubleArray();
            assertThat(normal).isEqualTo(single);
        });
    }

    @TestFactory
    Stream<DynamicTest> everyTypeIsReadAsEveryOther() {
        return TensorCases.devices().map(device -> DynamicTest.dynamicTest(device.name(), () -> {
            for (DType type : DType.values()) {
                Tensor x = Tensor.of(new int[] {0, 1, 1}).to(device).to(type);
                assertThat(x.toFloatArray()).as("%s", type).containsExactly(0, 1, 1);
                assertThat(x.toDoubleArray()).as("%s", type).containsExactly(0, 1, 1);
                assertThat(x.toLongArray()).as("%s", type).containsExactly(0, 1, 1);
                assertThat(x.toIntArray()).as("%s", type).containsExactly(0, 1, 1);
                assertThat(x.toBooleanArray()).as("%s", type).containsExactly(false, true, true);
                assertThat(x.toByteArray()).as("%s", type).hasSize(3 * type.bytes());
                assertThat(Tensor.scalar(1, type).to(device).item()).as("%s", type).isEqualTo(1);
                assertThat(x.sum().itemLong()).as("%s", type).isEqualTo(2);
            }
        }));
    }

    @TestFactory
    Stream<DynamicTest> gradientsFlowInHalfPrecision() {
        return each((device, type) -> {
            if (!type.isFloatingPoint()) {
                return;
            }
            Tensor w = Tensor.of(1f, 2f, -0.5f).to(device, type).requiresGrad(true);
            Tensor other = Tensor.of(3f, 1f, 2f).to(device, type);
            w.mul(other).square().sum().backward();
            assertThat(w.grad().dtype()).isEqualTo(type);
            assertThat(w.grad().toDoubleArray()).containsExactly(18, 4, -4);
        });
    }

    private interface Check {
        void on(Device device, DType type);
    }

    private static Stream<DynamicTest> each(Check check) {
        return TensorCases.devices().flatMap(device -> new TreeSet<>(answers().keySet())
                .stream().map(type -> DynamicTest.dynamicTest(device.name() + " " + type, () -> check.on(device, type))));
    }
}
