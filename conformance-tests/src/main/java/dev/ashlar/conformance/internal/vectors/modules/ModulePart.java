// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.vectors.modules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.conformance.internal.vectors.Part;
import dev.ashlar.conformance.internal.vectors.Recorded;
import dev.ashlar.conformance.internal.vectors.Recording;

/** Modules with parameters: outputs, gradients, and the state afterwards. */
public final class ModulePart implements Part {
    private final ModuleTable table;

    public ModulePart(ModuleTable table) {
        this.table = table;
    }

    @Override
    public String name() {
        return "nn";
    }

    @Override
    public String archive() {
        return "modules.zip";
    }

    @Override
    public boolean reads(JsonNode test) {
        return test.has("module");
    }

    @Override
    public Recorded recorded(Recording recording, JsonNode test) {
        return new RecordedModule(table, recording, test);
    }
}
