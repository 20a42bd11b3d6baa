// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.vectors.optimizers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.Tensor;
import dev.ashlar.conformance.internal.vectors.Data;
import dev.ashlar.conformance.internal.vectors.Recorded;
import dev.ashlar.conformance.internal.vectors.Recording;
import dev.ashlar.conformance.internal.vectors.VectorResult;
import dev.ashlar.nn.Layer;
import dev.ashlar.nn.Linear;
import dev.ashlar.nn.Module;
import dev.ashlar.nn.Parameter;
import dev.ashlar.nn.ReLU;
import dev.ashlar.nn.Sequential;
import dev.ashlar.nn.Sigmoid;
import dev.ashlar.nn.Tanh;
import dev.ashlar.optim.Optimizer;
import dev.ashlar.optim.ParameterGroup;
import dev.ashlar.type.DType;
import dev.ashlar.type.InvalidArgumentException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A small model that an optimizer trains with all of its data at every step. */
record RecordedTrajectory(Recording recording, JsonNode json) implements Recorded {
    /** The least tolerance, and how many times what a change of the initial weights by 1e-13 does. */
    private static final double TOLERANCE = 1e-9;

    private static final double SENSITIVITY = 100;

    /** Muon rounds to bfloat16 in between, where another order of additions may turn the scale: this part of the change then. */
    private static final double MUON = 0.01;

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
        return json.get("optimizer").asText();
    }

    @Override
    public Begun begin(Conditions conditions) {
        if (!conditions.storage().contains(DType.FLOAT64)) {
            return () -> result(null, "the device does not hold float64");
        }
        return () -> {
            try {
                return result(difference(), null);
            } catch (RuntimeException e) {
                return result("expected a training, got " + e + (e.getStackTrace().length > 0 ? " at " + e.getStackTrace()[0] : ""), null);
            }
        };
    }

    private VectorResult result(@Nullable String wrong, @Nullable String reason) {
        return new VectorResult(group(), id(), subject(), DType.FLOAT64, wrong, null, false, reason);
    }

    private @Nullable String difference() {
        Map<String, Tensor> initial = new LinkedHashMap<>();
        recording.root().get("initial").properties()
                .forEach(entry -> initial.put(entry.getKey(), recording.data(entry.getValue().asText()).upload()));
        Sequential model = model();
        model.to(DType.FLOAT64);
        model.loadStateDict(initial);
        Tensor x = recording.data(recording.root().get("x").asText()).upload();
        Tensor y = recording.data(recording.root().get("y").asText()).upload();
        Optimizer optimizer = OptimizerTable.make(subject(), groups(model));
        double tolerance = Math.max(TOLERANCE, SENSITIVITY * json.get("sensitivity").asDouble());
        double[] losses = recording.data(json.get("losses").asText()).numbers();
        for (int step = 0; step < losses.length; step++) {
            double loss = optimizer.step(() -> {
                optimizer.zeroGrad();
                Tensor value = loss(model, x, y);
                value.backward();
                return value;
            }).item();
            String wrong = compare("the loss before step " + step, loss, losses[step], tolerance * Math.abs(losses[step])
                    + percent(losses[0] - losses[step]));
            if (wrong != null) {
                return wrong;
            }
        }
        double last = json.get("last_loss").asDouble();
        String wrong = compare("the last loss", loss(model, x, y).item(), last, tolerance * Math.abs(last) + percent(losses[0] - last));
        for (Map.Entry<String, JsonNode> entry : json.get("final").properties()) {
            Data expected = recording.data(entry.getValue().asText());
            double[] numbers = expected.numbers();
            double[] found = model.namedParameters().get(entry.getKey()).tensor().toDoubleArray();
            double[] first = recording.data(recording.root().get("initial").get(entry.getKey()).asText()).numbers();
            double change = 0;
            for (int i = 0; i < numbers.length; i++) {
                change = Math.max(change, Math.abs(numbers[i] - first[i]));
            }
            for (int i = 0; i < numbers.length && wrong == null; i++) {
                wrong = compare("element " + i + " of " + entry.getKey() + " at the end", found[i], numbers[i],
                        tolerance + percent(change));
            }
        }
        return wrong;
    }

    private double percent(double change) {
        return subject().equals("Muon") ? MUON * Math.abs(change) : 0;
    }

    private static @Nullable String compare(String what, double actual, double expected, double tolerance) {
        boolean same = Double.compare(actual, expected) == 0 || Math.abs(actual - expected) <= tolerance;
        return same ? null : "expected " + what + " to be " + expected + " +- " + tolerance + ", got " + actual;
    }

    private static Tensor loss(Layer model, Tensor x, Tensor y) {
        return model.forward(x).sub(y).square().mean();
    }

    private Sequential model() {
        List<Layer> layers = new ArrayList<>();
        for (JsonNode node : recording.root().get("model")) {
            String layer = node.asText();
            layers.add(switch (layer.replaceAll("\\(.*", "")) {
                case "Linear" -> {
                    String[] sizes = layer.replaceAll(".*\\(|\\)|\\s", "").split(",", -1);
                    yield new Linear(Integer.parseInt(sizes[0]), Integer.parseInt(sizes[1]));
                }
                case "Tanh" -> new Tanh();
                case "ReLU" -> new ReLU();
                case "Sigmoid" -> new Sigmoid();
                default -> throw new InvalidArgumentException("[vectors] expected Linear(in,out), Tanh, ReLU or Sigmoid, got " + layer);
            });
        }
        return new Sequential(layers.toArray(Layer[]::new));
    }

    private ParameterGroup[] groups(Module model) {
        Map<String, Parameter> parameters = model.namedParameters();
        List<ParameterGroup> groups = new ArrayList<>();
        if (json.has("groups")) {
            for (JsonNode described : json.get("groups")) {
                List<Parameter> members = new ArrayList<>();
                described.get("parameters").forEach(name -> members.add(parameters.get(name.asText())));
                ParameterGroup group = new ParameterGroup(members);
                OptimizerTable.settings(json.get("args")).forEach(group::set);
                OptimizerTable.settings(described.get("args")).forEach(group::set);
                groups.add(group);
            }
        } else {
            ParameterGroup group = new ParameterGroup(model.parameters());
            OptimizerTable.settings(json.get("args")).forEach(group::set);
            groups.add(group);
        }
        return groups.toArray(ParameterGroup[]::new);
    }
}
