// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ashlar.Device;
import dev.ashlar.Tensor;
import dev.ashlar.nn.BCEWithLogitsLoss;
import dev.ashlar.nn.CrossEntropyLoss;
import dev.ashlar.nn.Layer;
import dev.ashlar.nn.Linear;
import dev.ashlar.nn.Loss;
import dev.ashlar.nn.MSELoss;
import dev.ashlar.nn.Module;
import dev.ashlar.nn.ReLU;
import dev.ashlar.nn.Sequential;
import dev.ashlar.nn.Sigmoid;
import dev.ashlar.nn.Tanh;
import dev.ashlar.optim.Adam;
import dev.ashlar.optim.AdamW;
import dev.ashlar.optim.Optimizer;
import dev.ashlar.optim.Rprop;
import dev.ashlar.optim.SGD;
import dev.ashlar.type.DType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Devices to test on, and recorded trainings. */
final class Fixtures {
    private Fixtures() {}

    // ---- devices ----------------------------------------------------------------------------------------------------------------

    /** Returns the first device of every backend that is there. */
    static List<Device> devices() {
        Map<String, Device> first = new LinkedHashMap<>();
        Device.all().forEach(device -> first.putIfAbsent(device.provider(), device));
        return List.copyOf(first.values());
    }

    /** Returns those of {@link #devices()} that compute in float64. */
    static List<Device> devicesWithFloat64() {
        return devices().stream().filter(device -> device.capabilities().arithmetic().contains(DType.FLOAT64)).toList();
    }

    // ---- records ----------------------------------------------------------------------------------------------------------------

    static JsonNode read(String name) {
        try (InputStream in = Objects.requireNonNull(Fixtures.class.getResourceAsStream(name + ".json"), name)) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static double[] numbers(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).mapToDouble(JsonNode::asDouble).toArray();
    }

    /** Returns a recorded array: int64 if its numbers are whole, else of the given type. */
    static Tensor tensor(JsonNode array, DType type) {
        long[] sizes = StreamSupport.stream(array.get("shape").spliterator(), false).mapToLong(JsonNode::asLong).toArray();
        JsonNode data = array.get("data");
        if (data.get(0).isIntegralNumber()) {
            return Tensor.of(StreamSupport.stream(data.spliterator(), false).mapToLong(JsonNode::asLong).toArray(), sizes);
        }
        double[] values = numbers(data);
        if (type == DType.FLOAT64) {
            return Tensor.of(values, sizes);
        }
        float[] narrow = new float[values.length];
        for (int i = 0; i < narrow.length; i++) {
            narrow[i] = (float) values[i];
        }
        return Tensor.of(narrow, sizes);
    }

    static Map<String, Tensor> tensors(JsonNode named, DType type) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        named.properties().forEach(entry -> tensors.put(entry.getKey(), tensor(entry.getValue(), type)));
        return tensors;
    }

    // ---- what trainings are made of -----------------------------------------------------------------------------------------------

    static Sequential model(JsonNode layers) {
        return new Sequential(StreamSupport.stream(layers.spliterator(), false).map(Fixtures::layer).toArray(Layer[]::new));
    }

    private static Layer layer(JsonNode description) {
        double value = description.path("value").asDouble();
        return switch (description.get("layer").asText()) {
            case "Linear" -> new Linear(description.get("in").asLong(), description.get("out").asLong());
            case "ReLU" -> new ReLU();
            case "Sigmoid" -> new Sigmoid();
            case "Tanh" -> new Tanh();
            case "add" -> input -> input.add(value);
            case "sub" -> input -> input.sub(value);
            case "mul" -> input -> input.mul(value);
            case "div" -> input -> input.div(value);
            default -> throw new IllegalArgumentException(description.toString());
        };
    }

    static Loss loss(String name) {
        return switch (name) {
            case "MSELoss" -> new MSELoss();
            case "BCEWithLogitsLoss" -> new BCEWithLogitsLoss();
            case "CrossEntropyLoss" -> new CrossEntropyLoss();
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** Returns an optimizer for all parameters with PyTorch's names for its arguments. */
    static Optimizer optimizer(String name, Module model, JsonNode arguments) {
        return switch (name) {
            case "SGD" -> sgd(new SGD(model.parameters()), arguments);
            case "Adam" -> adam(new Adam(model.parameters()), arguments);
            case "AdamW" -> adamW(new AdamW(model.parameters()), arguments);
            case "Rprop" -> rprop(new Rprop(model.parameters()), arguments);
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static Stream<Map.Entry<String, JsonNode>> entries(JsonNode arguments) {
        return arguments.properties().stream();
    }

    private static SGD sgd(SGD sgd, JsonNode arguments) {
        entries(arguments).forEach(argument -> {
            JsonNode value = argument.getValue();
            switch (argument.getKey()) {
                case "lr" -> sgd.lr(value.asDouble());
                case "momentum" -> sgd.momentum(value.asDouble());
                case "dampening" -> sgd.dampening(value.asDouble());
                case "weight_decay" -> sgd.weightDecay(value.asDouble());
                case "nesterov" -> sgd.nesterov(value.asBoolean());
                case "maximize" -> sgd.maximize(value.asBoolean());
                default -> throw new IllegalArgumentException(argument.toString());
            }
        });
        return sgd;
    }

    private static Adam adam(Adam adam, JsonNode arguments) {
        entries(arguments).forEach(argument -> {
            JsonNode value = argument.getValue();
            switch (argument.getKey()) {
                case "lr" -> adam.lr(value.asDouble());
                case "betas" -> adam.betas(value.get(0).asDouble(), value.get(1).asDouble());
                case "eps" -> adam.eps(value.asDouble());
                case "weight_decay" -> adam.weightDecay(value.asDouble());
                case "amsgrad" -> adam.amsgrad(value.asBoolean());
                case "maximize" -> adam.maximize(value.asBoolean());
                default -> throw new IllegalArgumentException(argument.toString());
            }
        });
        return adam;
    }

    private static AdamW adamW(AdamW adam, JsonNode arguments) {
        entries(arguments).forEach(argument -> {
            JsonNode value = argument.getValue();
            switch (argument.getKey()) {
                case "lr" -> adam.lr(value.asDouble());
                case "weight_decay" -> adam.weightDecay(value.asDouble());
                case "amsgrad" -> adam.amsgrad(value.asBoolean());
                default -> throw new IllegalArgumentException(argument.toString());
            }
        });
        return adam;
    }

    private static Rprop rprop(Rprop rprop, JsonNode arguments) {
        entries(arguments).forEach(argument -> {
            JsonNode value = argument.getValue();
            switch (argument.getKey()) {
                case "lr" -> rprop.lr(value.asDouble());
                case "etas" -> rprop.etas(value.get(0).asDouble(), value.get(1).asDouble());
                case "step_sizes" -> rprop.stepSizes(value.get(0).asDouble(), value.get(1).asDouble());
                default -> throw new IllegalArgumentException(argument.toString());
            }
        });
        return rprop;
    }
}
