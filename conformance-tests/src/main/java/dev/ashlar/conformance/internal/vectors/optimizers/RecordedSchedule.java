// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.vectors.optimizers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.Tensor;
import dev.ashlar.conformance.internal.vectors.Data;
import dev.ashlar.conformance.internal.vectors.Recorded;
import dev.ashlar.conformance.internal.vectors.Recording;
import dev.ashlar.conformance.internal.vectors.VectorResult;
import dev.ashlar.nn.Parameter;
import dev.ashlar.optim.LRScheduler;
import dev.ashlar.optim.ParameterGroup;
import dev.ashlar.optim.ReduceLROnPlateau;
import dev.ashlar.optim.SGD;
import dev.ashlar.type.DType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Learning rates, and momenta, of an optimizer whose scheduler steps. */
record RecordedSchedule(Recording recording, JsonNode json) implements Recorded {
    private static final double RELATIVE = 1e-12;
    private static final double ABSOLUTE = 1e-16;

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
        return json.get("scheduler").asText();
    }

    @Override
    public Begun begin(Conditions conditions) {
        return () -> {
            String wrong;
            try {
                wrong = difference();
            } catch (RuntimeException e) {
                wrong = "expected a schedule, got " + e + (e.getStackTrace().length > 0 ? " at " + e.getStackTrace()[0] : "");
            }
            return new VectorResult(group(), id(), subject(), DType.FLOAT64, wrong, null, false, null);
        };
    }

    private @Nullable String difference() {
        JsonNode base = json.get("base");
        ParameterGroup[] groups = new ParameterGroup[base.size()];
        for (int i = 0; i < groups.length; i++) {
            groups[i] = new ParameterGroup(Parameter.listOf(Tensor.of(0f).requiresGrad(true))).lr(base.get(i).asDouble());
        }
        SGD optimizer = new SGD(groups);
        if (json.has("momentum")) {
            optimizer.momentum(json.get("momentum").asDouble());
        }
        LRScheduler scheduler = SchedulerTable.make(subject(), json.get("args"), optimizer);
        Data rates = recording.data(json.get("learning_rates").asText());
        int steps = (int) rates.sizes()[rates.sizes().length - 1];
        double[] metrics = json.has("metrics") ? recording.data(json.get("metrics").asText()).numbers() : new double[0];
        for (int step = 0; step < steps; step++) {
            String wrong = compare(optimizer.groups(), "lr", rates.numbers(), step, steps);
            if (wrong == null && json.has("momenta")) {
                wrong = compare(optimizer.groups(), "momentum", recording.data(json.get("momenta").asText()).numbers(), step, steps);
            }
            if (wrong != null) {
                return wrong;
            }
            if (step == steps - 1) {
                return null;
            }
            if (scheduler instanceof ReduceLROnPlateau plateau) {
                plateau.step(metrics[step]);
            } else {
                scheduler.step();
            }
        }
        return null;
    }

    private static @Nullable String compare(List<ParameterGroup> groups, String setting, double[] expected, int step, int steps) {
        for (int i = 0; i < groups.size(); i++) {
            double wanted = expected[i * steps + step];
            double found = groups.get(i).get(setting);
            if (!(Math.abs(found - wanted) <= ABSOLUTE + RELATIVE * Math.abs(wanted)) && Double.compare(found, wanted) != 0) {
                return "expected " + setting + " " + wanted + " of group " + i + " in step " + step + ", got " + found;
            }
        }
        return null;
    }
}
