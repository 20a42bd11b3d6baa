// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.vectors.modules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.Ashlar;
import dev.ashlar.Device;
import dev.ashlar.conformance.internal.vectors.Arguments;
import dev.ashlar.conformance.internal.vectors.Placement;
import dev.ashlar.conformance.internal.vectors.Recorded;
import dev.ashlar.conformance.internal.vectors.Recording;
import dev.ashlar.conformance.internal.vectors.VectorFiles;
import dev.ashlar.conformance.internal.vectors.VectorResult;
import dev.ashlar.conformance.internal.vectors.VectorRun;
import dev.ashlar.type.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Layers that the suite has no recordings of, and further options of the others, agree with what PyTorch 2.13 computed and printed. */
final class RecordedLayersTest {
    private final ModuleTable table = ModuleTable.all();
    private final Device before = Ashlar.defaultDevice();

    static List<Recording> groups() {
        List<Recording> groups = VectorFiles.archive("layers.zip");
        assertThat(groups).hasSize(7);
        return groups;
    }

    @BeforeEach
    void compute() {
        Ashlar.setDefaultDevice(Device.of("java"));
    }

    @AfterEach
    void restore() {
        Ashlar.setDefaultDevice(before);
    }

    @ParameterizedTest
    @MethodSource("groups")
    void resultsGradientsAndStatesAgree(Recording group) {
        ModulePart part = new ModulePart(table);
        List<Recorded> cases = group.cases().stream().map(test -> part.recorded(group, test)).toList();
        List<VectorResult> results = new ArrayList<>();
        new VectorRun(Placement.PLAIN, Set.of(DType.values())).run(cases, results::add);
        assertThat(results).hasSameSizeAs(cases).allMatch(VectorResult::passed);
    }

    @ParameterizedTest
    @MethodSource("groups")
    void layersPrintAsInPyTorch(Recording group) {
        assertThat(group.cases()).isNotEmpty().allSatisfy(test -> {
            ModuleEntry<?> entry = Objects.requireNonNull(table.entry(test.get("module").asText()));
            Arguments arguments = new Arguments(test.get("args"), test.get("kwargs"), name -> group.data(name).upload());
            assertThat(entry.made(arguments).module()).hasToString(printed(test));
        });
    }

    private static String printed(JsonNode test) {
        return test.get("printed").asText();
    }
}
