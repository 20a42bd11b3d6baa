// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.vectors.trainings;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.conformance.internal.vectors.Part;
import dev.ashlar.conformance.internal.vectors.Recorded;
import dev.ashlar.conformance.internal.vectors.Recording;
import dev.ashlar.type.DType;
import java.util.List;
import java.util.stream.Stream;

/** Whole trainings: the loss of every step. */
public final class TrainingPart implements Part {
    /** What a training may have that is made whatever the device: more take minutes where each step is a driver's launch. */
    private static final int FEW_STEPS = 300;

    @Override
    public String name() {
        return "tutorials";
    }

    @Override
    public String archive() {
        return "trainings.zip";
    }

    @Override
    public boolean reads(JsonNode test) {
        return test.has("optimizer") && test.has("epochs");
    }

    @Override
    public Recorded recorded(Recording recording, JsonNode test) {
        return new RecordedTraining(recording, test, DType.FLOAT32);
    }

    /** Each training was recorded twice. */
    @Override
    public List<Recorded> cases(Recording recording) {
        return recording.cases().stream().filter(this::reads)
                .flatMap(test -> Stream.of(DType.FLOAT32, DType.FLOAT64).<Recorded>map(type -> new RecordedTraining(recording, test, type)))
                .toList();
    }

    /** Returns whether a training is over soon. */
    public static boolean isShort(Recorded training) {
        return training instanceof RecordedTraining recorded && recorded.steps() <= FEW_STEPS;
    }
}
