// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.vectors;

import com.fasterxml.jackson.databind.JsonNode;

/** Calls of operations. */
public final class OperationPart implements Part {
    private final Table table;

    public OperationPart(Table table) {
        this.table = table;
    }

    @Override
    public String name() {
        return "ops";
    }

    @Override
    public String archive() {
        return "operations.zip";
    }

    @Override
    public boolean reads(JsonNode test) {
        return test.has("op");
    }

    @Override
    public Recorded recorded(Recording recording, JsonNode test) {
        return new Call(table, recording.group(), new VectorCase(test, recording.tensors()));
    }

    private record Call(Table table, String group, VectorCase test) implements Recorded {
        @Override
        public String id() {
            return test.id();
        }

        @Override
        public String subject() {
            return test.operation();
        }

        @Override
        public Begun begin(Conditions conditions) {
            Attempt attempt = Attempt.begin(table, test, conditions.placement(), conditions.storage(), conditions.random());
            return () -> attempt.judge(group);
        }
    }
}
