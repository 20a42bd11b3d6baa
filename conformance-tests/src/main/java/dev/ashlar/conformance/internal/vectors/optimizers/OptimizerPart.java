// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.vectors.optimizers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.conformance.internal.vectors.Part;
import dev.ashlar.conformance.internal.vectors.Recorded;
import dev.ashlar.conformance.internal.vectors.Recording;

/** Optimizers: losses and parameters of a small training; schedulers: learning rates and momenta. */
public final class OptimizerPart implements Part {
    @Override
    public String name() {
        return "optim";
    }

    @Override
    public String archive() {
        return "optimizers.zip";
    }

    @Override
    public boolean reads(JsonNode test) {
        return test.has("scheduler") || test.has("optimizer") && test.has("losses");
    }

    @Override
    public Recorded recorded(Recording recording, JsonNode test) {
        return test.has("scheduler") ? new RecordedSchedule(recording, test) : new RecordedTrajectory(recording, test);
    }
}
