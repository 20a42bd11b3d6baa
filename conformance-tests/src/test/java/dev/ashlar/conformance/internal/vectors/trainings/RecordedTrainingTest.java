// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.vectors.trainings;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ashlar.Ashlar;
import dev.ashlar.Device;
import dev.ashlar.conformance.internal.vectors.Data;
import dev.ashlar.conformance.internal.vectors.Placement;
import dev.ashlar.conformance.internal.vectors.Recorded;
import dev.ashlar.conformance.internal.vectors.Recording;
import dev.ashlar.conformance.internal.vectors.VectorFiles;
import dev.ashlar.conformance.internal.vectors.VectorResult;
import dev.ashlar.type.DType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** That a training which goes another way is noticed: what is recorded is changed a little. */
class RecordedTrainingTest {
    private final Recording recording = VectorFiles.archive(new TrainingPart().archive()).getFirst();
    private final JsonNode crops = recording.cases().stream()
            .filter(test -> test.get("id").asText().equals("crops")).findFirst().orElseThrow();
    private final Device before = Ashlar.defaultDevice();

    @BeforeEach
    void computeInJava() {
        Ashlar.setDefaultDevice(Device.of("java"));
    }

    @AfterEach
    void computeWhereBefore() {
        Ashlar.setDefaultDevice(before);
    }

    private static VectorResult play(Recording from, JsonNode test, DType type) {
        return new RecordedTraining(from, test, type)
                .begin(new Recorded.Conditions(Placement.PLAIN, EnumSet.allOf(DType.class), Random::new)).judge();
    }

    /** Returns the recording with one loss of the crops multiplied. */
    private Recording withLoss(DType type, int step, double factor) {
        String name = crops.get(type.label()).get("losses").asText();
        Data data = recording.data(name);
        byte[] bytes = data.bytes().clone();
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (type == DType.FLOAT64) {
            buffer.putDouble(8 * step, buffer.getDouble(8 * step) * factor);
        } else {
            buffer.putFloat(4 * step, (float) (buffer.getFloat(4 * step) * factor));
        }
        Map<String, Data> tensors = new HashMap<>(recording.tensors());
        tensors.put(name, new Data(data.type(), data.sizes(), bytes));
        return new Recording(recording.group(), recording.root(), tensors);
    }

    @Test
    void theRecordedOnePasses() {
        assertThat(play(recording, crops, DType.FLOAT32).passed()).isTrue();
        assertThat(play(recording, crops, DType.FLOAT64).passed()).isTrue();
    }

    @Test
    void anotherLossFails() {
        assertThat(play(withLoss(DType.FLOAT32, 57, 1.002), crops, DType.FLOAT32).forward()).contains("loss before step 57");
        assertThat(play(withLoss(DType.FLOAT64, 99, 1 + 1e-8), crops, DType.FLOAT64).forward()).contains("loss before step 99");
        assertThat(play(withLoss(DType.FLOAT64, 0, Double.NaN), crops, DType.FLOAT64).forward()).contains("loss before step 0");
    }

    @Test
    void anotherEndFails() {
        ObjectNode other = crops.deepCopy();
        ((ObjectNode) other.get("float32")).put("last_loss", crops.get("float32").get("last_loss").asDouble() * 1.03);
        assertThat(play(recording, other, DType.FLOAT32).forward()).contains("loss at the end");
    }

    @Test
    void whatIsNotKnownIsSaid() {
        ObjectNode other = crops.deepCopy();
        other.put("optimizer", "Sisyphus");
        assertThat(play(recording, other, DType.FLOAT32).forward()).contains("Sisyphus");
    }
}
