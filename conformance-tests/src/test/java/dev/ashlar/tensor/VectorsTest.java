// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ashlar.Device;
import dev.ashlar.Index;
import dev.ashlar.Tensor;
import dev.ashlar.type.DType;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Results and gradients that PyTorch 2.13 gives for the same inputs; see {@code vectors.jsonl}, one case on a line. */
final class VectorsTest {
    static Stream<Arguments> cases() throws IOException {
        List<Arguments> cases = new ArrayList<>();
        ObjectMapper mapper = new ObjectMapper();
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(VectorsTest.class.getResourceAsStream("vectors.jsonl")), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                JsonNode node = mapper.readTree(line);
                for (Device device : Device.all()) {
                    cases.add(Arguments.of(node.get("id").asText() + " on " + device.name(), node, device));
                }
            }
        }
        assertThat(cases).isNotEmpty();
        return cases.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void agrees(String name, JsonNode node, Device device) {
        List<Tensor> inputs = new ArrayList<>();
        boolean differentiated = node.has("gradients");
        for (int i = 0; i < node.get("inputs").size(); i++) {
            Tensor input = tensor(node.get("inputs").get(i), device);
            inputs.add(differentiated && !node.get("gradients").get(i).isNull() ? input.requiresGrad(true) : input);
        }
        Tensor output = apply(node, inputs);
        JsonNode expected = node.get("output");
        assertThat(output.shape().toArray()).as(name).isEqualTo(longs(expected.get("shape")));
        assertThat(output.dtype().label()).as(name).isEqualTo(expected.get("dtype").asText());
        TensorCases.assertClose(name, output, doubles(expected.get("data")));
        if (!differentiated) {
            return;
        }
        output.backward(tensor(node.get("cotangent"), device), false, false);
        for (int i = 0; i < inputs.size(); i++) {
            JsonNode gradient = node.get("gradients").get(i);
            if (!gradient.isNull()) {
                TensorCases.assertClose(name + ", gradient of input " + i, inputs.get(i).grad(), doubles(gradient.get("data")));
            }
        }
    }

    private static Tensor apply(JsonNode node, List<Tensor> in) {
        Tensor x = in.get(0);
        JsonNode args = node.path("args");
        return switch (node.get("op").asText()) {
            case "conv2d" -> x.conv2d(
                    in.get(1),
                    in.size() > 2 ? in.get(2) : null,
                    ints(node.get("stride")),
                    ints(node.get("padding")),
                    ints(node.get("dilation")),
                    node.get("groups").asInt());
            case "max_pool2d" -> x.maxPool2d(
                    ints(node.get("kernel")), ints(node.get("stride")), ints(node.get("padding")), ints(node.get("dilation")));
            case "avg_pool2d" -> x.avgPool2d(ints(node.get("kernel")), ints(node.get("stride")), ints(node.get("padding")));
            case "gather" -> x.gather(args.get(1).asInt(), argument(args.get(2), in));
            case "scatter_add" -> x.scatterAdd(args.get(1).asInt(), argument(args.get(2), in), argument(args.get(3), in));
            case "index_select" -> x.indexSelect(args.get(1).asInt(), argument(args.get(2), in));
            case "index_add" -> {
                Tensor source = argument(args.get(3), in);
                JsonNode alpha = node.get("kwargs").path("alpha");
                Tensor scaled = alpha.isMissingNode() ? source : alpha.isInt() ? source.mul(alpha.asLong()) : source.mul(alpha.asDouble());
                yield x.indexAdd(args.get(1).asInt(), argument(args.get(2), in), scaled);
            }
            case "one_hot" -> x.oneHot(node.get("kwargs").get("num_classes").asLong());
            case "__getitem__" -> x.get(indices(args.get(1), in));
            case "atan" -> x.atan();
            case "erf" -> x.erf();
            default -> throw new AssertionError("no such operation: " + node.get("op"));
        };
    }

    private static Tensor argument(JsonNode node, List<Tensor> inputs) {
        return inputs.get(node.get("input").asInt());
    }

    private static Index[] indices(JsonNode list, List<Tensor> inputs) {
        List<Index> indices = new ArrayList<>();
        for (JsonNode node : list) {
            if (node.isNull()) {
                indices.add(Index.newAxis());
            } else if (node.isInt()) {
                indices.add(Index.at(node.asLong()));
            } else if (node.has("ellipsis")) {
                indices.add(Index.ellipsis());
            } else if (node.isArray()) {
                indices.add(Index.of(longs(node)));
            } else if (node.has("input")) {
                indices.add(Index.of(argument(node, inputs)));
            } else {
                JsonNode slice = node.get("slice");
                long start = slice.get(0).asLong(0);
                long end = slice.get(1).isNull() ? Long.MAX_VALUE : slice.get(1).asLong();
                indices.add(Index.range(start, end, slice.get(2).asLong(1)));
            }
        }
        return indices.toArray(Index[]::new);
    }

    private static Tensor tensor(JsonNode node, Device device) {
        DType type = DType.of(node.get("dtype").asText());
        long[] shape = longs(node.get("shape"));
        JsonNode data = node.get("data");
        Tensor flat = type.isFloatingPoint() ? Tensor.of(doubles(data)) : Tensor.of(longs(data));
        return flat.to(device).to(type).reshape(shape).clone();
    }

    private static double[] doubles(JsonNode data) {
        double[] values = new double[data.size()];
        for (int i = 0; i < values.length; i++) {
            String text = data.get(i).asText();
            values[i] = switch (text) {
                case "inf" -> Double.POSITIVE_INFINITY;
                case "-inf" -> Double.NEGATIVE_INFINITY;
                case "nan" -> Double.NaN;
                default -> Double.parseDouble(text);
            };
        }
        return values;
    }

    private static long[] longs(JsonNode data) {
        long[] values = new long[data.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = data.get(i).asLong();
        }
        return values;
    }

    private static int[] ints(JsonNode data) {
        int[] values = new int[data.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = data.get(i).asInt();
        }
        return values;
    }
}
