// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.Ashlar;
import dev.ashlar.Device;
import dev.ashlar.Generator;
import dev.ashlar.Tensor;
import dev.ashlar.nn.AvgPool2d;
import dev.ashlar.nn.Conv2d;
import dev.ashlar.nn.ConvOptions;
import dev.ashlar.nn.CrossEntropyLoss;
import dev.ashlar.nn.Embedding;
import dev.ashlar.nn.Flatten;
import dev.ashlar.nn.Layer;
import dev.ashlar.nn.LayerNorm;
import dev.ashlar.nn.Linear;
import dev.ashlar.nn.MaxPool2d;
import dev.ashlar.nn.ReLU;
import dev.ashlar.nn.Sequential;
import dev.ashlar.optim.AdamW;
import dev.ashlar.type.DType;
import dev.ashlar.type.Shape;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Layers with parameters give PyTorch's results and gradients, and a small convolutional net learns. */
class LayerTest {
    private static final double TOLERANCE = 1e-10;

    static Stream<Arguments> cases() {
        JsonNode cases = Fixtures.read("layers").get("cases");
        return Fixtures.devicesWithFloat64().stream().flatMap(device -> StreamSupport.stream(cases.spliterator(), false)
                .map(recorded -> Arguments.of(device.name(), recorded.get("id").asText(), recorded)));
    }

    private static Layer layer(String id) {
        return switch (id) {
            case "Linear.0" -> new Linear(3, 4);
            case "Linear.2" -> new Linear(3, 1, false);
            case "Linear.4" -> new Linear(3, 2);
            case "Conv2d.0" -> new Conv2d(2, 3, 3);
            case "Conv2d.2" -> new Conv2d(3, 6, pair(3, 2), ConvOptions.defaults().stride(2, 1).padding(1, 0).groups(3));
            case "Embedding.0" -> new Embedding(6, 3);
            case "LayerNorm.0" -> new LayerNorm(4);
            case "LayerNorm.2" -> new LayerNorm(Shape.of(3, 4), 0.01, true);
            case "LayerNorm.4" -> new LayerNorm(Shape.of(5), 1e-5, false);
            default -> throw new IllegalArgumentException(id);
        };
    }

    private static int[] pair(int rows, int columns) {
        return new int[] {rows, columns};
    }

    @ParameterizedTest(name = "{1} on {0}")
    @MethodSource("cases")
    void resultsAndGradientsAreThoseOfPyTorch(String deviceName, String id, JsonNode recorded) {
        Device device = Device.of(deviceName);
        Layer layer = layer(id).to(DType.FLOAT64).to(device);
        layer.loadStateDict(Fixtures.tensors(recorded.get("state"), DType.FLOAT64));
        Tensor input = Fixtures.tensor(recorded.get("input"), DType.FLOAT64).to(device);
        if (recorded.has("inputGradient")) {
            input.requiresGrad(true);
        }
        Tensor output = layer.forward(input);
        assertClose("output", output, recorded.get("output"));
        output.backward(Fixtures.tensor(recorded.get("cotangent"), DType.FLOAT64).to(device), false, false);
        layer.namedParameters().forEach((name, parameter) ->
                assertClose("gradient of " + name, parameter.tensor().grad(), recorded.get("gradients").get(name)));
        if (recorded.has("inputGradient")) {
            assertClose("gradient of the input", input.grad(), recorded.get("inputGradient"));
        }
    }

    private static void assertClose(String what, Tensor actual, JsonNode expected) {
        Tensor wanted = Fixtures.tensor(expected, DType.FLOAT64);
        assertThat(actual.shape()).as(what).isEqualTo(wanted.shape());
        assertThat(actual.toDoubleArray()).as(what).containsExactly(wanted.toDoubleArray(), within(TOLERANCE));
    }

    @Test
    void convolutionalNetLearnsOnEveryDevice() {
        for (Device device : Fixtures.devices()) {
            Ashlar.seed(5);
            Sequential model = new Sequential(
                            new Conv2d(1, 4, 3, 1, 1),
                            new ReLU(),
                            new MaxPool2d(2),
                            new Conv2d(4, 4, 3),
                            new ReLU(),
                            new AvgPool2d(2),
                            new Flatten(),
                            new Linear(4, 2))
                    .to(device);
            // Class 0 has a bright row, class 1 a bright column.
            int images = 16;
            float[] pixels = Tensor.rand(Shape.of(images, 8, 8), DType.FLOAT32, new Generator(1)).mul(0.3).toFloatArray();
            long[] labels = new long[images];
            for (int image = 0; image < images; image++) {
                labels[image] = image % 2;
                for (int i = 0; i < 8; i++) {
                    int row = labels[image] == 0 ? image / 2 : i;
                    int column = labels[image] == 0 ? i : image / 2;
                    pixels[image * 64 + row * 8 + column] += 1;
                }
            }
            Tensor x = Tensor.of(pixels, images, 1, 8, 8).to(device);
            Tensor y = Tensor.of(labels).to(device);
            AdamW optimizer = new AdamW(model.parameters(), 0.02);
            double last = 0;
            for (int step = 0; step < 100; step++) {
                optimizer.zeroGrad();
                Tensor loss = new CrossEntropyLoss().forward(model.forward(x), y);
                loss.backward();
                optimizer.step();
                last = loss.item();
            }
            assertThat(last).as(device.name()).isLessThan(0.1);
        }
    }
}
