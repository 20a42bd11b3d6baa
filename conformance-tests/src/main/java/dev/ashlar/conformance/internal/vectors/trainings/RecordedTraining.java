// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.vectors.trainings;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.Tensor;
import dev.ashlar.autograd.Autograd;
import dev.ashlar.conformance.internal.vectors.Data;
import dev.ashlar.conformance.internal.vectors.Recorded;
import dev.ashlar.conformance.internal.vectors.Recording;
import dev.ashlar.conformance.internal.vectors.VectorResult;
import dev.ashlar.conformance.internal.vectors.optimizers.OptimizerTable;
import dev.ashlar.data.Batch;
import dev.ashlar.data.DataLoader;
import dev.ashlar.data.TensorDataset;
import dev.ashlar.nn.BCELoss;
import dev.ashlar.nn.BCEWithLogitsLoss;
import dev.ashlar.nn.CrossEntropyLoss;
import dev.ashlar.nn.ELU;
import dev.ashlar.nn.GELU;
import dev.ashlar.nn.HuberLoss;
import dev.ashlar.nn.L1Loss;
import dev.ashlar.nn.Layer;
import dev.ashlar.nn.LeakyReLU;
import dev.ashlar.nn.Linear;
import dev.ashlar.nn.LogSigmoid;
import dev.ashlar.nn.LogSoftmax;
import dev.ashlar.nn.Loss;
import dev.ashlar.nn.MSELoss;
import dev.ashlar.nn.NLLLoss;
import dev.ashlar.nn.Parameter;
import dev.ashlar.nn.ReLU;
import dev.ashlar.nn.SELU;
import dev.ashlar.nn.Sequential;
import dev.ashlar.nn.SiLU;
import dev.ashlar.nn.Sigmoid;
import dev.ashlar.nn.SmoothL1Loss;
import dev.ashlar.nn.Softplus;
import dev.ashlar.nn.Tanh;
import dev.ashlar.optim.Optimizer;
import dev.ashlar.optim.ParameterGroup;
import dev.ashlar.type.DType;
import dev.ashlar.type.InvalidArgumentException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A whole training as PyTorch went through it, in float32 and in float64 from the same weights.
 *
 * <p>In float32 the loss of each of the first hundred steps has to agree to one part in a thousand, and the loss after the last step to two
 * in a hundred, however sensitive the training is: a recorded one whose losses move more than that when a weight is rounded otherwise is no
 * measure of anything, and fails here rather than being excused. In float64 every loss, the last one and the predictions have to agree to
 * 1e-9 of themselves, or to a hundred times the recorded sensitivity (what a change of the weights by 1e-13 does to a loss) where that is
 * more; the message says which.
 */
record RecordedTraining(Recording recording, JsonNode json, DType type) implements Recorded {
    private static final int FIRST_STEPS = 100;
    private static final double FIRST_LOSSES = 1e-3;
    private static final double LAST_LOSS = 0.02;
    private static final double DOUBLE_LOSSES = 1e-9;
    private static final double SENSITIVITIES = 100;

    @Override
    public String group() {
        return recording.group();
    }

    @Override
    public String id() {
        return json.get("id").asText();
    }

    @Override
    public String subject() {
        return json.get("id").asText();
    }

    /** Returns how often the weights are changed. */
    int steps() {
        return json.get("epochs").asInt() * Math.ceilDiv((int) data("x").sizes()[0], json.get("batch").asInt());
    }

    /** Nothing is gained by beginning two trainings together: each step waits for the one before. */
    @Override
    public Begun begin(Conditions conditions) {
        return () -> judge(conditions);
    }

    private VectorResult judge(Conditions conditions) {
        if (!conditions.storage().contains(type)) {
            return result(null, "the device does not hold " + type);
        }
        try {
            return result(play(), null);
        } catch (RuntimeException e) {
            return result("expected a training, got " + e, null);
        }
    }

    private VectorResult result(@Nullable String wrong, @Nullable String reason) {
        return new VectorResult(group(), id(), subject(), type, wrong, null, false, reason);
    }

    /**
     * Goes through the training on the default device; returns what is different, in a line, or null if nothing is.
     *
     * @throws InvalidArgumentException if there is no such layer, loss or optimizer here
     */
    private @Nullable String play() {
        Tensor x = data("x").upload().to(type);
        Tensor y = data("y").upload();
        if (y.dtype().isFloatingPoint()) {
            y = y.to(type);
        }
        Sequential model = new Sequential();
        json.get("model").forEach(layer -> model.add(layer(layer)));
        model.to(type);
        Map<String, Tensor> initial = new LinkedHashMap<>();
        json.get("initial").properties().forEach(entry -> initial.put(entry.getKey(), tensor(entry.getValue()).upload().to(type)));
        model.loadStateDict(initial);
        Loss lossFunction = loss(json.get("loss").asText());
        Optimizer optimizer = optimizer(model.parameters());

        JsonNode expected = json.get(type.label());
        double[] losses = tensor(expected.get("losses")).numbers();
        double sensitivity = expected.get("sensitivity").asDouble();
        boolean wide = type != DType.FLOAT64;
        double tolerance = wide ? FIRST_LOSSES : Math.max(DOUBLE_LOSSES, SENSITIVITIES * sensitivity);
        DataLoader loader = new DataLoader(new TensorDataset(x, y)).batchSize(json.get("batch").asInt());
        int step = 0;
        for (int epoch = 0; epoch < json.get("epochs").asInt(); epoch++) {
            for (Batch batch : loader) {
                double loss = optimizer.step(() -> {
                    optimizer.zeroGrad();
                    Tensor value = lossFunction.forward(model.forward(batch.get(0)), batch.get(1));
                    value.backward();
                    return value;
                }).item();
                if (!wide || step < FIRST_STEPS) {
                    String wrong = difference("loss before step " + step, loss, losses[step], tolerance, sensitivity);
                    if (wrong != null) {
                        return wrong;
                    }
                }
                step++;
            }
        }
        if (step != losses.length) {
            return "expected " + losses.length + " steps, got " + step;
        }
        try (var _ = Autograd.noGrad()) {
            Tensor predictions = model.forward(x);
            double last = lossFunction.forward(predictions, y).item();
            String wrong = difference("loss at the end", last, expected.get("last_loss").asDouble(), wide ? LAST_LOSS : tolerance,
                    sensitivity);
            return wrong != null || wide ? wrong : compare(predictions, tensor(expected.get("predictions")), tolerance, sensitivity);
        }
    }

    private @Nullable String compare(Tensor actual, Data expected, double tolerance, double sensitivity) {
        double[] found = Data.of(actual).numbers();
        double[] wanted = expected.numbers();
        if (found.length != wanted.length) {
            return "expected " + wanted.length + " predictions, got " + found.length;
        }
        // Predictions cross 0, where no relative error says anything: each is measured by the largest.
        double largest = 0;
        for (double value : wanted) {
            largest = Math.max(largest, Math.abs(value));
        }
        for (int i = 0; i < wanted.length; i++) {
            String wrong = difference("prediction " + i + " (to the largest)", largest + found[i] - wanted[i], largest, tolerance,
                    sensitivity);
            if (wrong != null) {
                return wrong;
            }
        }
        return null;
    }

    private static @Nullable String difference(String what, double actual, double expected, double tolerance, double sensitivity) {
        double off = Math.abs(actual - expected);
        // Written so that NaN is different.
        return off <= tolerance * Math.abs(expected) ? null : String.format(Locale.ROOT,
                "expected the %s to be %.10g, got %.10g: %.3g of it off, %.3g are allowed (recorded sensitivity %.3g)", what, expected,
                actual, off / Math.abs(expected), tolerance, sensitivity);
    }

    private Data data(String field) {
        return tensor(json.get(field));
    }

    private Data tensor(JsonNode name) {
        return recording.data(name.asText());
    }

    private static Layer layer(JsonNode node) {
        double value = node.path("value").asDouble();
        return switch (node.get("layer").asText()) {
            case "Linear" -> new Linear(node.get("in").asLong(), node.get("out").asLong(), node.path("bias").asBoolean(true));
            case "add" -> input -> input.add(value);
            case "sub" -> input -> input.sub(value);
            case "mul" -> input -> input.mul(value);
            case "div" -> input -> input.div(value);
            case "ReLU" -> new ReLU();
            case "LeakyReLU" -> new LeakyReLU();
            case "ELU" -> new ELU();
            case "SELU" -> new SELU();
            case "GELU" -> new GELU();
            case "SiLU" -> new SiLU();
            case "Sigmoid" -> new Sigmoid();
            case "LogSigmoid" -> new LogSigmoid();
            case "Softplus" -> new Softplus();
            case "Tanh" -> new Tanh();
            case "LogSoftmax" -> new LogSoftmax(-1);
            default -> throw new InvalidArgumentException("[vectors] expected a layer that trainings have here, got " + node);
        };
    }

    private static Loss loss(String name) {
        return switch (name) {
            case "MSELoss" -> new MSELoss();
            case "L1Loss" -> new L1Loss();
            case "SmoothL1Loss" -> new SmoothL1Loss();
            case "HuberLoss" -> new HuberLoss();
            case "BCELoss" -> new BCELoss();
            case "BCEWithLogitsLoss" -> new BCEWithLogitsLoss();
            case "CrossEntropyLoss" -> new CrossEntropyLoss();
            case "NLLLoss" -> new NLLLoss();
            default -> throw new InvalidArgumentException("[vectors] expected a loss that trainings have here, got " + name);
        };
    }

    private Optimizer optimizer(List<Parameter> parameters) {
        ParameterGroup group = new ParameterGroup(parameters);
        OptimizerTable.settings(json.get("args")).forEach(group::set);
        return OptimizerTable.make(json.get("optimizer").asText(), group);
    }
}
