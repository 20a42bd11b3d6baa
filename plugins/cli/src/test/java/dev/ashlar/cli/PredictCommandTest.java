// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictCommandTest {
    @TempDir
    private Path folder;

    private Path data;
    private Path model;

    @BeforeEach
    void writeTable() throws IOException {
        data = Cli.table(folder, "data.csv", 120);
        model = folder.resolve("model");
    }

    private Path rows(String text) throws IOException {
        return Files.writeString(folder.resolve("rows.csv"), text);
    }

    @Test
    void numbersInTheirOwnUnits() throws IOException {
        Cli.run("train", data, "--target", "mass", "--features", "length,place", "--device", "java", "--epochs", 150, "--out", model)
                .succeeded();

        List<String> lines = Cli.run("predict", model, rows("place,length\nhill,30\nlake,70\n"), "--device", "java").succeeded().out()
                .lines().toList();

        assertThat(lines).hasSize(3);
        assertThat(lines.getFirst()).isEqualTo("predicted_mass");
        assertThat(Double.parseDouble(lines.get(1))).isCloseTo(60, within(10.0));
        assertThat(Double.parseDouble(lines.get(2))).isCloseTo(140, within(10.0));
    }

    @Test
    void theSameOnAnotherDeviceAndFromTheFileItself() throws IOException {
        Cli.run("train", data, "--target", "mass", "--device", "java", "--epochs", 5, "--out", model).succeeded();

        String java = Cli.run("predict", model, data, "--device", "java").succeeded().out();
        String minimal = Cli.run("predict", model.resolve("model.safetensors"), data, "--device", "minimal").succeeded().out();

        List<String> expected = java.lines().skip(1).toList();
        List<String> given = minimal.lines().skip(1).toList();
        assertThat(given).hasSize(120);
        for (int i = 0; i < 120; i++) {
            double value = Double.parseDouble(expected.get(i));
            assertThat(Double.parseDouble(given.get(i))).isCloseTo(value, within(1e-4 * Math.max(1, Math.abs(value))));
        }
    }

    @Test
    void classesWithProbabilities() throws IOException {
        Cli.run("train", data, "--target", "kind", "--features", "length", "--device", "java", "--epochs", 150, "--out", model).succeeded();
        Path out = folder.resolve("predictions.csv");

        Cli.Result result = Cli.run("predict", model, rows("length\n5\n\n95\n"), "--device", "java", "--out", out).succeeded();

        assertThat(result.out()).isEmpty();
        List<String> lines = Files.readAllLines(out);
        assertThat(lines.getFirst()).isEqualTo("predicted_kind,probability");
        assertThat(lines.get(1)).startsWith("short,");
        assertThat(lines.getLast()).startsWith("long,");
        assertThat(Double.parseDouble(lines.getLast().split(",")[1])).isBetween(0.9, 1.0);
    }

    @Test
    void gapsGiveEmptyPredictionsAndAreCounted() throws IOException {
        Cli.run("train", data, "--target", "mass", "--features", "length,place", "--device", "java", "--epochs", 2, "--out", model)
                .succeeded();

        Cli.Result result = Cli.run("predict", model, rows("length,place\n1,hill\nNA,hill\n2,\n3,town\n"), "--device", "java").succeeded();

        List<String> lines = result.out().lines().toList();
        assertThat(lines).hasSize(5);
        assertThat(lines.get(2)).isEmpty();
        assertThat(lines.get(3)).isEmpty();
        assertThat(lines.get(4)).isNotEmpty();
        assertThat(result.err()).contains("2 of 4 rows");
    }

    @Test
    void badInputIsRefused() throws IOException {
        Cli.run("train", data, "--target", "mass", "--features", "length,place", "--device", "java", "--epochs", 2, "--out", model)
                .succeeded();

        assertThat(Cli.run("predict", folder.resolve("none"), data).failed(2)).contains("none", "does not exist");
        assertThat(Cli.run("predict", folder, data).failed(2)).contains("has no model.safetensors");
        assertThat(Cli.run("predict", model, rows("length\n1\n")).failed(2)).contains("'place'");
        assertThat(Cli.run("predict", model, rows("length,place\n1,moon\n")).failed(2)).contains("rows.csv, line 2", "'moon'");
        assertThat(Cli.run("predict", model, rows("length,place\nlong,hill\n")).failed(2)).contains("rows.csv, line 2", "'long'");
        assertThat(Cli.run("predict", model, data, "--out", folder.resolve("no/where.csv")).failed(2)).contains("where.csv");
        assertThat(Cli.run("predict", model, data, "--device", "java:9").failed(2)).contains("java:9");
    }

    @Test
    void damagedModelIsRefused() throws IOException {
        Cli.run("train", data, "--target", "mass", "--device", "java", "--epochs", 2, "--out", model).succeeded();
        Path file = model.resolve("model.safetensors");
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length / 2));

        assertThat(Cli.run("predict", model, data, "--device", "java").failed(2)).contains("model.safetensors");
    }
}
