// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.vectors.modules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.conformance.internal.vectors.Data;
import dev.ashlar.conformance.internal.vectors.Placement;
import dev.ashlar.conformance.internal.vectors.Recorded;
import dev.ashlar.conformance.internal.vectors.Recording;
import dev.ashlar.conformance.internal.vectors.VectorResult;
import dev.ashlar.type.DType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One recorded module with its inputs and answers. */
record RecordedModule(ModuleTable table, Recording recording, JsonNode json) implements Recorded {
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
        return json.get("module").asText();
    }

    DType type() {
        return DType.of(json.get("dtype").asText());
    }

    boolean training() {
        return json.get("training").asBoolean();
    }

    /** Returns tensors that a field names, by key: {@code state}, or {@code gradients} and {@code inputs}. */
    Map<String, Data> data(String... path) {
        JsonNode node = json;
        for (String field : path) {
            node = node.path(field);
        }
        Map<String, Data> result = new LinkedHashMap<>();
        node.properties().forEach(entry -> result.put(entry.getKey(), recording.data(entry.getValue().asText())));
        return result;
    }

    List<Data> outputs() {
        JsonNode names = json.get("outputs");
        return IntStream.range(0, names.size()).mapToObj(i -> recording.data(names.get(i).asText())).toList();
    }

    /** Returns the gradient that flows into an output, or null. */
    @Nullable Data cotangent(int output) {
        JsonNode name = json.path("cotangents").path(output);
        return name.isTextual() ? recording.data(name.asText()) : null;
    }

    boolean hasGradients() {
        return !data("gradients", "parameters").isEmpty() || !data("gradients", "inputs").isEmpty();
    }

    @Override
    public Begun begin(Conditions conditions) {
        ModuleEntry<?> entry = table.entry(subject());
        String reason = entry == null ? "there is no such module" : unfit(conditions);
        if (entry == null || reason != null) {
            return () -> result(null, null, reason);
        }
        Supplier<ModuleTrial> fresh = () -> {
            Random random = conditions.random().get();
            return ModuleTrial.of(this, entry, data -> conditions.placement().place(data, random));
        };
        try {
            ModuleTrial trial = fresh.get();
            return () -> judge(trial, fresh);
        } catch (RuntimeException | StackOverflowError e) {
            return () -> result("expected a result, got " + say(e), null, null);
        }
    }

    private @Nullable String unfit(Conditions conditions) {
        if (conditions.placement() == Placement.EXPANDED) {
            return "with repeated values nothing is recorded";
        }
        return conditions.storage().contains(type()) ? null : "the device does not hold " + type();
    }

    private VectorResult judge(ModuleTrial trial, Supplier<ModuleTrial> fresh) {
        try {
            return result(trial.judgeForward(), trial.judgeBackward(), null);
        } catch (RuntimeException e) {
            // Another case that was computed with this one may be to blame: once more alone.
            try {
                ModuleTrial alone = fresh.get();
                return result(alone.judgeForward(), alone.judgeBackward(), null);
            } catch (RuntimeException own) {
                return result("expected a result, got " + say(own), null, null);
            }
        }
    }

    private static String say(Throwable e) {
        StackTraceElement[] trace = e.getStackTrace();
        return e + (trace.length > 0 ? " at " + trace[0] : "");
    }

    private VectorResult result(@Nullable String forward, @Nullable String backward, @Nullable String reason) {
        return new VectorResult(group(), id(), subject(), type(), forward, backward, hasGradients(), reason);
    }
}
