// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.type.InvalidArgumentException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A pair of files: what was recorded, and the tensors that it names.
 *
 * @param group the files' name without their endings
 * @param root the JSON file: cases, and what they share
 * @param tensors by name
 */
public record Recording(String group, JsonNode root, Map<String, Data> tensors) {
    public Recording {
        JsonNode cases = root.get("cases");
        if (cases == null || !cases.isArray()) {
            throw new InvalidArgumentException("[vectors] expected a list 'cases' in " + group
                    + ".json, got none; see the format's page");
        }
    }

    /** Returns the recorded cases in their order. */
    public List<JsonNode> cases() {
        List<JsonNode> cases = new ArrayList<>();
        root.get("cases").forEach(cases::add);
        return cases;
    }

    /** Returns a tensor of the files. */
    public Data data(String name) {
        Data data = tensors.get(name);
        if (data == null) {
            throw new InvalidArgumentException("[vectors] expected a tensor '" + name + "' in " + group
                    + ".safetensors, got none; is the file whole?");
        }
        return data;
    }
}
