// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OtherCommandsTest {
    @TempDir
    private Path folder;

    @Test
    void devicesAreALineEach() {
        Cli.Result result = Cli.run("devices").succeeded();
        assertThat(result.out().lines()).anyMatch(line -> line.startsWith("java:0  "));
        assertThat(result.out().lines()).anyMatch(line -> line.startsWith("minimal:0  "));
        assertThat(result.out().lines().toList().getLast()).startsWith("Best: ");
    }

    @Test
    void verboseDevicesSayWhatTheyCanDo() {
        String out = Cli.run("devices", "-v").succeeded().out();
        assertThat(out).contains("computes in", "float32", "products in", "Backends:");
    }

    @Test
    void conformanceRunsChosenRules() throws IOException {
        Path report = folder.resolve("report");
        Cli.Result result = Cli.run("conformance", "--backend", "minimal", "--only", "MAP-01*", "--report", report).succeeded();
        assertThat(result.out()).contains("MAP-01", " 0 failed");
        assertThat(report.resolve("conformance.json")).isNotEmptyFile();
    }

    @Test
    void conformancePlaysTheRecordedAnswersBackThatComeWithIt() {
        Cli.Result result = Cli.run("conformance", "--backend", "java", "--vectors", "--only", "abs", "--layout", "mixed").succeeded();
        assertThat(result.out().lines().toList().getLast()).isEqualTo("11 passed, 0 failed, 0 not applicable");
    }

    @Test
    void aFolderWithoutRecordedAnswersIsRefused() {
        Cli.Result result = Cli.run("conformance", "--backend", "java", "--vectors", folder);
        assertThat(result.code()).isNotZero();
        assertThat(result.err()).contains("[vectors] expected pairs of NAME.json and NAME.safetensors");
    }

    @Test
    void conformanceRunsARandomProgram() {
        Cli.Result result = Cli.run("conformance", "--backend", "java", "--fuzz", "0", "--seed", "3").succeeded();
        assertThat(result.out()).contains("1 random programs on java:0 from seed 3, 0 failed");
    }

    @Test
    void benchMeasuresAndWritesJson() throws IOException {
        Path json = folder.resolve("bench.json");
        Cli.Result result = Cli.run("bench", "--device", "java", "--only", "matmul128", "--json", json).succeeded();
        assertThat(result.out()).contains("matmul128", "GFLOP/s");
        JsonNode tree = new ObjectMapper().readTree(Files.readString(json));
        assertThat(tree.path("device").asText()).isEqualTo("java:0");
        JsonNode first = tree.path("results").path(0);
        assertThat(first.path("name").asText()).isEqualTo("matmul128");
        assertThat(first.path("unit").asText()).isEqualTo("GFLOP/s");
        assertThat(first.path("value").asDouble()).isPositive();
        assertThat(first.path("min").asDouble()).isLessThanOrEqualTo(first.path("value").asDouble());
    }
}
