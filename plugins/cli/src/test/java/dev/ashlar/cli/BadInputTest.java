// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BadInputTest {
    @TempDir
    private Path folder;

    private Path data;

    @BeforeEach
    void writeTable() throws IOException {
        data = Cli.table(folder, "data.csv", 40);
    }

    /** Runs train, expects wrong input, and that nothing was created. */
    private String refused(Object... args) {
        Path out = folder.resolve("out");
        Object[] all = new Object[args.length + 3];
        all[0] = "train";
        System.arraycopy(args, 0, all, 1, args.length);
        all[args.length + 1] = "--out";
        all[args.length + 2] = out;
        String message = Cli.run(all).failed(2);
        assertThat(out).doesNotExist();
        return message;
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("bad.csv"), text);
    }

    @Test
    void missingFile() {
        assertThat(refused("nowhere.csv", "--target", "mass")).contains("nowhere.csv", "does not exist", "check the path");
    }

    @Test
    void unknownColumnsAreSuggested() {
        assertThat(refused(data, "--target", "mas")).contains("'mas'", "did you mean 'mass'?");
        assertThat(refused(data, "--target", "mass", "--features", "lenght")).contains("'lenght'", "did you mean 'length'?");
    }

    @Test
    void noTarget() {
        assertThat(refused(data)).contains("--target", "length, place, mass, kind");
    }

    @Test
    void onlyTargets() {
        assertThat(refused(data, "--target", "length,mass", "--features", "mass")).contains("no targets");
    }

    @Test
    void nonNumericCellIsNamedWithItsPlace() throws IOException {
        Path bad = file("a,b\n" + "1,2\n".repeat(30) + "x,2\n");
        assertThat(refused(bad, "--target", "a", "--task", "regression")).contains("bad.csv, line 32, column 'a'", "'x'");
        assertThat(refused(bad, "--target", "b")).contains("bad.csv, line 32, column 'a'", "'x'");
    }

    @Test
    void emptyTables() throws IOException {
        assertThat(refused(file(""), "--target", "a")).contains("empty file");
        assertThat(refused(file("a,b\n"), "--target", "a")).contains("expected rows");
        assertThat(refused(file("a,b\n1,\n2,NA\n"), "--target", "a")).contains("got none of 2", "'b'");
    }

    @Test
    void singleClass() throws IOException {
        assertThat(refused(file("a,b\n" + "1,x\n".repeat(5)), "--target", "b")).contains("two classes", "'x'");
    }

    @Test
    void labelThatTheTrainingRowsLack() throws IOException {
        Path test = file("length,place,mass,kind\n1,hill,2,endless\n");
        assertThat(refused(data, "--target", "kind", "--test", test)).contains("bad.csv, line 2", "'endless'");
    }

    @Test
    void categoryThatTheTrainingRowsLack() throws IOException {
        Path test = file("length,place,mass,kind\n1,moon,2,short\n");
        assertThat(refused(data, "--target", "kind", "--test", test)).contains("bad.csv, line 2, column 'place'", "'moon'");
    }

    @Test
    void unknownDevice() {
        assertThat(refused("--device", "abacus")).contains("'abacus'", "java:0");
    }

    @ParameterizedTest
    @CsvSource({
        "--hidden, '8,,8', --hidden none",
        "--hidden, big, 32",
        "--hidden, -4, 32",
        "--epochs, -1, 1 or more",
        "--epochs, 0, 1 or more",
        "--epochs, many, int",
        "--batch, 0, 1 or more",
        "--lr, -0.1, positive",
        "--lr, NaN, positive",
        "--optimizer, magic, adam",
        "--task, guessing, regression or classification",
        "--epoch, 3, did you mean --epochs",
    })
    void wrongOptions(String option, String value, String told) {
        String message = refused(option, value);
        for (String word : told.split(" (?=none)")) {
            assertThat(message).contains(word);
        }
    }

    @Test
    void outThatIsAFile() throws IOException {
        Path taken = Files.writeString(folder.resolve("taken"), "mine");
        assertThat(Cli.run("train", "--out", taken).failed(2)).contains("taken is a file");
        assertThat(Cli.run("train", "--out", taken.resolve("deeper")).failed(2)).contains("taken is a file");
        assertThat(taken).hasContent("mine");
    }

    @Test
    void diverging() throws IOException {
        Path out = folder.resolve("out");
        String message = Cli.run("train", data, "--target", "mass", "--optimizer", "sgd", "--lr", "1e20", "--device", "java", "--epochs", 5,
                "--out", out).err().lines().filter(line -> line.startsWith("[")).findFirst().orElseThrow();
        assertThat(message).contains("in epoch ", "smaller learning rate", "--lr");
        assertThat(out).doesNotExist();
        assertThat(Cli.run("train", data, "--target", "mass", "--optimizer", "sgd", "--lr", "1e20", "--device", "java", "--epochs", 5,
                "--out", out).code()).isEqualTo(1);
    }

    @Test
    void wrongCommandLines() {
        assertThat(Cli.run().failed(2)).contains("train", "predict", "bench");
        assertThat(Cli.run("trian").failed(2)).contains("'trian'", "did you mean train");
        assertThat(Cli.run("predict").failed(2)).contains("MODEL", "--help");
        assertThat(Cli.run("train", "a.csv", "b.csv").failed(2)).contains("no further argument", "'b.csv'");
        assertThat(Cli.run("bench", "--only", "matmul3").failed(2)).contains("'matmul3'", "matmul512");
        assertThat(Cli.run("conformance", "--backend", "abacus").failed(2)).contains("'abacus'", "java");
    }

    @Test
    void stackTracesOnlyWhenAskedFor() {
        Cli.Result result = Cli.run("train", "nowhere.csv", "--target", "a", "--stacktrace");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("nowhere.csv", "\tat dev.ashlar.");
    }

    @Test
    void helpAndVersion() {
        assertThat(Cli.run("--help").succeeded().out()).contains("train", "devices");
        assertThat(Cli.run("train", "--help").succeeded().out()).contains("--target", "--no-header");
        assertThat(Cli.run("--version").succeeded().out()).startsWith("ashlar ");
    }

    @Test
    void aFailedRunLeavesTheFilesOfAnEarlierOne() throws IOException {
        Path out = folder.resolve("kept");
        Cli.run("train", data, "--target", "mass", "--device", "java", "--epochs", 2, "--out", out).succeeded();
        byte[] before = Files.readAllBytes(out.resolve("model.safetensors"));
        assertThat(Cli.run("train", data, "--target", "nothing", "--out", out).code()).isEqualTo(2);
        assertThat(Files.readAllBytes(out.resolve("model.safetensors"))).isEqualTo(before);
        try (Stream<Path> files = Files.list(out)) {
            assertThat(files).hasSize(4);
        }
    }
}
