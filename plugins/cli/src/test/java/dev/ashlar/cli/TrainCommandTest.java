// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainCommandTest {
    @TempDir
    private Path folder;

    private Path out() {
        return folder.resolve("runs/first");
    }

    private static Stream<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList().stream();
        }
    }

    @Test
    void withoutArgumentsItLearnsTheCropYields() throws IOException {
        Cli.Result result = Cli.run("train", "--device", "java", "--epochs", 400, "--out", out()).succeeded();

        assertThat(result.out()).contains("apples: RMSE", "oranges: RMSE", "15 training rows");
        assertThat(names(out())).containsExactlyInAnyOrder("model.safetensors", "metrics.json", "loss.png", "fit.png");
        JsonNode metrics = Cli.metrics(out());
        assertThat(metrics.path("task").asText()).isEqualTo("regression");
        assertThat(metrics.path("metricsOn").asText()).isEqualTo("training");
        assertThat(metrics.path("rows").asInt()).isEqualTo(15);
        assertThat(metrics.path("losses").path("training")).hasSize(400);
        assertThat(metrics.path("losses").path("validation")).isEmpty();
        assertThat(metrics.path("perTarget").path("apples").path("rmse").asDouble()).isLessThan(2);
        assertThat(metrics.path("perTarget").path("oranges").path("r2").asDouble()).isGreaterThan(0.99);
    }

    @Test
    void regressionHoldsOutAFifthAndCountsGaps() throws IOException {
        Path data = Cli.table(folder, "data.csv", 100);
        Files.writeString(data, Files.readString(data) + "12,,24,short\n,hill,10,short\n");

        Cli.run("train", data, "--target", "mass", "--device", "java", "--epochs", 60, "--out", out()).succeeded();

        JsonNode metrics = Cli.metrics(out());
        assertThat(metrics.path("device").asText()).isEqualTo("java:0");
        assertThat(metrics.path("rows").asInt()).isEqualTo(100);
        assertThat(metrics.path("droppedRows").asInt()).isEqualTo(2);
        assertThat(metrics.path("metricsOn").asText()).isEqualTo("validation");
        assertThat(metrics.path("metricsRows").asInt()).isEqualTo(20);
        assertThat(metrics.path("losses").path("validation")).hasSize(60);
        assertThat(metrics.path("firstStepLosses")).hasSize(50);
        assertThat(metrics.path("rmse").asDouble()).isLessThan(20);
        assertThat(metrics.path("r2").asDouble()).isGreaterThan(0.9);
        for (String picture : new String[] {"loss.png", "fit.png"}) {
            // The signature of a PNG file, and its width at offset 16.
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(out().resolve(picture)));
            assertThat(bytes.getLong(0)).as(picture).isEqualTo(0x89504E470D0A1A0AL);
            assertThat(bytes.getInt(16)).as(picture).isGreaterThan(400);
        }
    }

    @Test
    void classificationPrintsAConfusionMatrix() throws IOException {
        Path data = Cli.table(folder, "data.csv", 200);

        Cli.Result result = Cli.run("train", data, "--target", "kind", "--features", "length,place", "--device", "java", "--epochs", 60,
                "--out", out()).succeeded();

        assertThat(result.out()).contains("accuracy", "(predicted)", "40 validation rows");
        assertThat(names(out())).containsExactlyInAnyOrder("model.safetensors", "metrics.json", "loss.png", "confusion.png");
        JsonNode metrics = Cli.metrics(out());
        assertThat(metrics.path("accuracy").asDouble()).isGreaterThan(0.9);
        long counted = 0;
        for (JsonNode row : metrics.path("confusion")) {
            for (JsonNode count : row) {
                counted += count.asLong();
            }
        }
        assertThat(counted).isEqualTo(40);
    }

    @Test
    void testFileAndNumberedColumns() throws IOException {
        Path training = Files.writeString(folder.resolve("train.csv"), "0,1,7\n1,0,8\n".repeat(30));
        Path test = Files.writeString(folder.resolve("test.csv"), "0,1,7.0\n1,0,8.0\n0,1,7\n,1,7\n");

        Cli.run("train", training, "--test", test, "--no-header", "--target", 2, "--task", "classification", "--device", "java",
                "--epochs", 30, "--out", out()).succeeded();

        JsonNode metrics = Cli.metrics(out());
        assertThat(metrics.path("trainingRows").asInt()).isEqualTo(60);
        assertThat(metrics.path("metricsOn").asText()).isEqualTo("test");
        assertThat(metrics.path("metricsRows").asInt()).isEqualTo(3);
        assertThat(metrics.path("accuracy").asDouble()).isEqualTo(1);
    }

    @Test
    void sameSeedSameNumbersAnotherSeedOthers() throws IOException {
        Path data = Cli.table(folder, "data.csv", 80);
        Object[] first = {"train", data, "--target", "mass", "--device", "java", "--epochs", 5, "--seed", 4, "--out", folder.resolve("a")};
        Object[] second = first.clone();
        second[second.length - 1] = folder.resolve("b");
        Object[] third = second.clone();
        third[9] = 5;
        third[third.length - 1] = folder.resolve("c");

        Cli.run(first).succeeded();
        Cli.run(second).succeeded();
        Cli.run(third).succeeded();

        JsonNode a = Cli.metrics(folder.resolve("a"));
        JsonNode b = Cli.metrics(folder.resolve("b"));
        JsonNode c = Cli.metrics(folder.resolve("c"));
        assertThat(b.path("losses")).isEqualTo(a.path("losses"));
        assertThat(b.path("firstStepLosses")).isEqualTo(a.path("firstStepLosses"));
        assertThat(b.path("rmse")).isEqualTo(a.path("rmse"));
        assertThat(c.path("losses")).isNotEqualTo(a.path("losses"));
    }

    @Test
    void anotherDeviceTakesTheSameSteps() throws IOException {
        Path data = Cli.table(folder, "data.csv", 60);
        for (String device : new String[] {"java", "minimal"}) {
            Cli.run("train", data, "--target", "mass", "--hidden", 8, "--device", device, "--epochs", 25, "--out", folder.resolve(device))
                    .succeeded();
        }

        JsonNode java = Cli.metrics(folder.resolve("java")).path("firstStepLosses");
        JsonNode minimal = Cli.metrics(folder.resolve("minimal")).path("firstStepLosses");
        assertThat(java).hasSize(50);
        for (int step = 0; step < 50; step++) {
            double loss = java.get(step).asDouble();
            assertThat(minimal.get(step).asDouble()).as("step %d", step).isCloseTo(loss, within(1e-3 * loss));
        }
    }

    @Test
    void everyOptimizerLearns() throws IOException {
        Path data = Cli.table(folder, "data.csv", 100);
        for (String optimizer : new String[] {"adam", "adamw", "SGD", "rprop"}) {
            Cli.run("train", data, "--target", "mass", "--optimizer", optimizer, "--epochs", 60, "--device", "java", "--out", out())
                    .succeeded();
            assertThat(Cli.metrics(out()).path("r2").asDouble()).as(optimizer).isGreaterThan(0.9);
        }
    }

    @Test
    void linearModelAndColumnsFarFromZero() throws IOException {
        StringBuilder text = new StringBuilder("time,value\n");
        for (int i = 0; i < 60; i++) {
            text.append(1_700_000_000L + i).append(',').append(3 * i).append('\n');
        }
        Path data = Files.writeString(folder.resolve("times.csv"), text);

        Cli.run("train", data, "--target", "value", "--hidden", "none", "--device", "java", "--out", out()).succeeded();

        assertThat(Cli.metrics(out()).path("parameters").asInt()).isEqualTo(2);
        assertThat(Cli.metrics(out()).path("r2").asDouble()).isGreaterThan(0.99);
    }

    @Test
    void columnsOfExtremeSize() throws IOException {
        StringBuilder text = new StringBuilder("huge,tiny,value\n");
        for (int i = 0; i < 60; i++) {
            text.append(i).append("e100,").append(i % 7).append("e-200,").append(3 * i + 2 * (i % 7)).append('\n');
        }
        Path data = Files.writeString(folder.resolve("sizes.csv"), text);

        Cli.run("train", data, "--target", "value", "--device", "java", "--epochs", 200, "--out", out()).succeeded();

        assertThat(Cli.metrics(out()).path("r2").asDouble()).isGreaterThan(0.99);
        assertThat(Cli.run("train", data, "--target", "huge", "--device", "java").failed(2)).contains("'huge'", "another unit");
    }

    @Test
    void verboseEndsWithTheMemoryReport() {
        Cli.Result result = Cli.run("train", "--device", "java", "--epochs", 2, "--out", out(), "-v").succeeded();

        assertThat(result.err().lines().toList().getLast()).contains("buffers live", " 0 leaked");
    }
}
