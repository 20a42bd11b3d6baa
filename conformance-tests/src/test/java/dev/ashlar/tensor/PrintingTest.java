// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.Ashlar;
import dev.ashlar.Device;
import dev.ashlar.Tensor;
import dev.ashlar.type.DType;
import dev.ashlar.type.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code printed.txt} has what PyTorch 2.13 prints, with the names of types as they are here. */
final class PrintingTest {
    private static final double INF = Double.POSITIVE_INFINITY;
    private static final double NAN = Double.NaN;

    static Map<String, String> printed() throws IOException {
        Map<String, String> texts = new LinkedHashMap<>();
        try (InputStream stream = Objects.requireNonNull(PrintingTest.class.getResourceAsStream("printed.txt"))) {
            for (String part : new String(stream.readAllBytes(), StandardCharsets.UTF_8).split("(?m)^### ")) {
                if (!part.isEmpty()) {
                    int end = part.indexOf('\n');
                    texts.put(part.substring(0, end), part.substring(end + 1).stripTrailing());
                }
            }
        }
        return texts;
    }

    static Stream<String> names() throws IOException {
        return printed().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void printsAsPyTorch(String name) throws IOException {
        assertThat(make(name).toString()).isEqualTo(printed().get(name));
    }

    private static Tensor floats(double... values) {
        return Tensor.of(values).to(DType.FLOAT32);
    }

    private static Tensor sequence(long count, long divisor) {
        return Tensor.arange(count).to(DType.FLOAT32).div((double) divisor);
    }

    private static Tensor make(String name) {
        return switch (name) {
            case "scalar" -> Tensor.scalar(3);
            case "scalarHalf" -> Tensor.scalar(0.5);
            case "scalarInt" -> Tensor.scalar(7, DType.INT64);
            case "whole" -> floats(1, 2, -3);
            case "frac" -> Tensor.of(new float[][] {{1.5f, -2.25f}, {100.125f, 0}});
            case "sci" -> floats(1e-5, 1, -123456);
            case "wholeSci" -> floats(1, 0, 20000);
            case "tiny" -> floats(1e-6, 2e-6);
            case "special" -> floats(NAN, INF, -INF, 1, -0.0);
            case "specialFrac" -> floats(NAN, INF, 0.5, -0.0);
            case "onlySpecial" -> floats(NAN, INF, 0);
            case "specialSci" -> floats(NAN, -INF, 1e-7, 0, 5);
            case "ints" -> Tensor.of(new long[][] {{1, -20}, {300, 4}});
            case "bools" -> Tensor.of(new boolean[] {true, false});
            case "i32" -> Tensor.of(new int[] {1, 2});
            case "f64" -> Tensor.of(new double[] {1.0 / 3, 2.0 / 3});
            case "halfeven" -> floats(0.00125, 0.12345, 2.00005, 1.00015);
            case "empty" -> Tensor.zeros(0);
            case "empty03" -> Tensor.zeros(0, 3);
            case "emptyint" -> Tensor.zeros(Shape.of(0, 3), DType.INT64);
            case "emptyf64" -> Tensor.zeros(Shape.of(0), DType.FLOAT64);
            case "cube" -> Tensor.arange(24).reshape(2, 3, 4);
            case "four" -> sequence(16, 8).reshape(2, 2, 2, 2);
            case "wrap" -> sequence(30, 7);
            case "wrapInt" -> Tensor.arange(60);
            case "long" -> Tensor.arange(1001);
            case "matrix" -> sequence(2000, 4).reshape(40, 50);
            case "tall" -> Tensor.arange(3003).reshape(1001, 3);
            case "wide" -> Tensor.arange(2002).reshape(2, 1001);
            case "deep" -> Tensor.arange(8 * 8 * 20).reshape(8, 8, 20);
            case "grad" -> Tensor.of(1f, 2f).requiresGrad(true);
            case "fn" -> Tensor.of(1f, 2f).requiresGrad(true).mul(2.5);
            case "row" -> sequence(11, 1).add(0.5).requiresGrad(true);
            case "big" -> floats(1e9, 1);
            case "i8" -> Tensor.of(new int[] {-1, 127}).to(DType.INT8);
            case "bf16" -> floats(0.1, 3).to(DType.BFLOAT16);
            case "f16" -> floats(0.1, 1000).to(DType.FLOAT16);
            case "exact" -> Tensor.full(1e8, 3);
            case "sub" -> floats(1e-45, 1.5);
            case "nine" -> floats(9.99996, 0.5);
            case "nineSci" -> floats(9.99996e-5, 1);
            case "manyDims" -> Tensor.zeros(1, 1, 1, 2);
            case "f64sci" -> Tensor.of(new double[] {1e-300, 1e200});
            default -> described(name.split(" "));
        };
    }

    /** Makes what a heading describes: kind, type, sizes, and the elements or, of a sequence, step and start. */
    private static Tensor described(String[] parts) {
        DType type = type(parts[1]);
        long[] sizes = parts[2].equals("-") ? new long[0] : Arrays.stream(parts[2].split("x")).mapToLong(Long::parseLong).toArray();
        if (type == DType.INT64 && parts[0].equals("lit")) {
            return Tensor.of(Arrays.stream(parts).skip(3).mapToLong(Long::parseLong).toArray()).reshape(sizes);
        }
        double[] numbers = Arrays.stream(parts).skip(3).mapToDouble(Double::parseDouble).toArray();
        if (parts[0].equals("seq")) {
            double step = numbers[0];
            double start = numbers[1];
            numbers = new double[Math.toIntExact(Shape.of(sizes).elements())];
            for (int i = 0; i < numbers.length; i++) {
                double value = i * step + start;
                numbers[i] = type == DType.BOOL ? i % 3 == 0 ? 1 : 0 : type == DType.UINT8 ? value % 256 : value;
            }
        }
        Tensor tensor = Tensor.of(numbers).to(type).reshape(sizes);
        return parts[0].equals("grad") ? tensor.requiresGrad(true) : tensor;
    }

    private static DType type(String name) {
        return switch (name) {
            case "f64" -> DType.FLOAT64;
            case "f32" -> DType.FLOAT32;
            case "f16" -> DType.FLOAT16;
            case "bf16" -> DType.BFLOAT16;
            case "i8" -> DType.INT8;
            case "i16" -> DType.INT16;
            case "i32" -> DType.INT32;
            case "i64" -> DType.INT64;
            case "u8" -> DType.UINT8;
            default -> DType.BOOL;
        };
    }

    static Stream<Device> devices() {
        return TensorCases.devices();
    }

    @ParameterizedTest
    @MethodSource("devices")
    void namesADeviceThatIsNotTheDefault(Device device) {
        String note = device.equals(Ashlar.defaultDevice()) ? "" : ", device='" + device.name() + "'";
        assertThat(Tensor.of(1f, 2f).to(device)).hasToString("tensor([1., 2.]" + note + ")");
        assertThat(Tensor.of(1f, 2f).to(device).requiresGrad(true)).hasToString("tensor([1., 2.]" + note + ", requires_grad=True)");
    }

    @Test
    void printingChangesNothing() {
        Tensor x = Tensor.arange(3000).to(DType.FLOAT32).div(7.0);
        Tensor printed = x.sin().mul(3.0);
        Tensor silent = x.sin().mul(3.0);
        assertThat(printed.toString()).startsWith("tensor([0.0000, 0.4271").contains(" ..., ");
        assertThat(printed.add(1.0).toFloatArray()).isEqualTo(silent.add(1.0).toFloatArray());
    }
}
