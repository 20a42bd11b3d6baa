// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.type.DType;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One recorded call with its answer. The format is described beside the files. */
public final class VectorCase {
    private final JsonNode json;
    private final Map<String, Data> tensors;

    VectorCase(JsonNode json, Map<String, Data> tensors) {
        this.json = json;
        this.tensors = tensors;
    }

    public String id() {
        return json.get("id").asText();
    }

    public String operation() {
        return json.get("op").asText();
    }

    public DType type() {
        return DType.of(json.get("dtype").asText());
    }

    JsonNode positional() {
        return json.get("args");
    }

    JsonNode named() {
        return json.get("kwargs");
    }

    /** Returns the results in order. */
    public List<Data> outputs() {
        return IntStream.range(0, json.get("outputs").size()).mapToObj(i -> data(json.get("outputs").get(i).asText())).toList();
    }

    /** Returns the gradient that flows into a result, or null. */
    public @Nullable Data cotangent(int output) {
        JsonNode name = json.get("cotangents").get(output);
        return name == null || name.isNull() ? null : data(name.asText());
    }

    /** Returns what flows into the inputs, by name. */
    public Map<String, Data> gradients() {
        return named("gradients");
    }

    /** Returns inputs that the call changes, with their values afterwards. */
    public Map<String, Data> mutated() {
        return named("mutated");
    }

    private Map<String, Data> named(String field) {
        Map<String, Data> result = new LinkedHashMap<>();
        JsonNode node = json.get(field);
        if (node != null) {
            node.properties().forEach(entry -> result.put(entry.getKey(), data(entry.getValue().asText())));
        }
        return result;
    }

    /** Returns the positions of results that are one of several right answers. */
    public Set<Integer> unspecified() {
        Set<Integer> result = new LinkedHashSet<>();
        JsonNode node = json.get("unspecified");
        if (node != null) {
            node.forEach(position -> result.add(position.asInt()));
        }
        return result;
    }

    /** Returns the names of the tensors among the arguments. */
    Set<String> inputNames() {
        Set<String> names = new LinkedHashSet<>();
        json.get("args").findValuesAsText("tensor", new java.util.ArrayList<>()).forEach(names::add);
        json.get("kwargs").findValuesAsText("tensor", new java.util.ArrayList<>()).forEach(names::add);
        return names;
    }

    /** Returns a tensor of the files. */
    public Data data(String name) {
        Data data = tensors.get(name);
        if (data == null) {
            throw new IllegalArgumentException("[vectors] expected a tensor '" + name + "' for " + id() + ", got none; is the file whole?");
        }
        return data;
    }

    @Override
    public String toString() {
        return operation() + "(" + positional() + ", " + named() + ")";
    }
}
