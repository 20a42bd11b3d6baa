// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.vectors.optimizers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.optim.ASGD;
import dev.ashlar.optim.Adadelta;
import dev.ashlar.optim.Adafactor;
import dev.ashlar.optim.Adagrad;
import dev.ashlar.optim.Adam;
import dev.ashlar.optim.AdamW;
import dev.ashlar.optim.Adamax;
import dev.ashlar.optim.LBFGS;
import dev.ashlar.optim.Muon;
import dev.ashlar.optim.NAdam;
import dev.ashlar.optim.Optimizer;
import dev.ashlar.optim.ParameterGroup;
import dev.ashlar.optim.RAdam;
import dev.ashlar.optim.RMSprop;
import dev.ashlar.optim.Rprop;
import dev.ashlar.optim.SGD;
import dev.ashlar.type.InvalidArgumentException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which of our optimizers is which of PyTorch's, and what its arguments are called here. */
public final class OptimizerTable {
    /** Choices between implementations that compute the same. */
    private static final Set<String> IMPLEMENTATION = Set.of("foreach", "fused", "capturable", "differentiable");

    /** Pairs and triples of PyTorch, and the settings that they are. */
    private static final Map<String, List<String>> PARTS = Map.of(
            "betas", List.of("beta1", "beta2"), "etas", List.of("etaMinus", "etaPlus"), "step_sizes", List.of("minStep", "maxStep"),
            "eps", List.of("eps1", "eps2"), "ns_coefficients", List.of("nsA", "nsB", "nsC"));

    private OptimizerTable() {}

    /**
     * Makes an optimizer.
     *
     * @param name PyTorch's
     * @throws InvalidArgumentException if there is none of that name here
     */
    public static Optimizer make(String name, ParameterGroup... groups) {
        return switch (name) {
            case "SGD" -> new SGD(groups);
            case "Adam" -> new Adam(groups);
            case "AdamW" -> new AdamW(groups);
            case "NAdam" -> new NAdam(groups);
            case "RAdam" -> new RAdam(groups);
            case "Adamax" -> new Adamax(groups);
            case "Adagrad" -> new Adagrad(groups);
            case "Adadelta" -> new Adadelta(groups);
            case "Adafactor" -> new Adafactor(groups);
            case "RMSprop" -> new RMSprop(groups);
            case "Rprop" -> new Rprop(groups);
            case "ASGD" -> new ASGD(groups);
            case "LBFGS" -> new LBFGS(groups[0]);
            case "Muon" -> new Muon(groups);
            default -> throw new InvalidArgumentException("[vectors] expected an optimizer that there is here, got " + name);
        };
    }

    /** Returns settings by their names here. */
    public static Map<String, Double> settings(JsonNode arguments) {
        Map<String, Double> settings = new LinkedHashMap<>();
        arguments.properties().forEach(entry -> {
            String name = entry.getKey();
            JsonNode value = entry.getValue();
            if (value.isArray()) {
                for (int i = 0; i < value.size(); i++) {
                    settings.put(PARTS.get(name).get(i), value.get(i).isNull() ? -1 : value.get(i).asDouble());
                }
            } else if (name.equals("line_search_fn")) {
                settings.put("strongWolfe", value.isNull() ? 0.0 : 1.0);
            } else if (name.equals("adjust_lr_fn")) {
                Muon.AdjustLr way = value.isNull() ? Muon.AdjustLr.ORIGINAL : Muon.AdjustLr.valueOf(value.asText().toUpperCase(
                        java.util.Locale.ROOT));
                settings.put("adjustLr", (double) way.ordinal());
            } else if (!IMPLEMENTATION.contains(name)) {
                settings.put(camel(name), value.isNull() ? -1 : value.isBoolean() ? (value.asBoolean() ? 1.0 : 0.0) : value.asDouble());
            }
        });
        return settings;
    }

    private static String camel(String snake) {
        StringBuilder name = new StringBuilder();
        for (String part : snake.split("_", -1)) {
            name.append(name.isEmpty() ? part : Character.toUpperCase(part.charAt(0)) + part.substring(1));
        }
        return name.toString();
    }
}
