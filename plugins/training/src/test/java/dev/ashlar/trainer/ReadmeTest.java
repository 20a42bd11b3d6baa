// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ashlar.Ashlar;
import dev.ashlar.Tensor;
import dev.ashlar.data.DataLoader;
import dev.ashlar.data.TensorDataset;
import dev.ashlar.nn.CrossEntropyLoss;
import dev.ashlar.nn.Linear;
import dev.ashlar.nn.Sequential;
import dev.ashlar.nn.Tanh;
import dev.ashlar.optim.Adam;
import dev.ashlar.optim.StepLR;
import dev.ashlar.trainer.Trainer.When;
import dev.ashlar.type.DType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README shows this program and what it prints. */
class ReadmeTest {
    @TempDir
    private Path folder;

    private static History program(Path folder) {
        // begin
        Ashlar.seed(1);
        Tensor x = Tensor.randn(600, 2);
        Tensor y = x.select(1, 0).mul(x.select(1, 1)).gt(0.0).to(DType.INT64);   // are the signs the same?
        var data = new TensorDataset(x.narrow(0, 0, 500), y.narrow(0, 0, 500));
        var heldOut = new TensorDataset(x.narrow(0, 500, 100), y.narrow(0, 500, 100));

        var model = new Sequential(new Linear(2, 16), new Tanh(), new Linear(16, 2));
        var optimizer = new Adam(model.parameters(), 0.05);
        History history = new Trainer(model, new CrossEntropyLoss(), optimizer)
                .validation(new DataLoader(heldOut).batchSize(100))
                .metrics(new Accuracy(), new RocAuc())
                .scheduler(new StepLR(optimizer, 4), When.EPOCH)
                .callbacks(new EarlyStopping("val_loss").patience(3).restoreBest(true), new TensorBoard(folder.resolve("events")))
                .checkpoints(folder.resolve("checkpoints"))
                .fit(new DataLoader(data).batchSize(50).shuffle(true), 6);
        System.out.println(history);
        // end
        return history;
    }

    private static List<String> between(List<String> lines, String begin, String end) {
        int from = lines.indexOf(begin) + 1;
        return lines.subList(from, from + lines.subList(from, lines.size()).indexOf(end));
    }

    @Test
    void theProgramIsTheOneOfTheReadmeAndPrintsWhatStandsBesideIt() throws IOException {
        List<String> readme = Files.readAllLines(Path.of("README.md"));
        List<String> source = Files.readAllLines(Path.of("src/test/java/dev/ashlar/trainer/ReadmeTest.java")).stream()
                .map(line -> line.startsWith("        ") ? line.substring(8) : line)
                .toList();
        assertThat(between(readme, "```java", "```")).isEqualTo(between(source, "// begin", "// end"));
        List<String> shown = between(readme, "```text", "```");
        List<String> printed = program(folder).toString().lines().toList();
        assertThat(shown.getFirst()).isEqualTo(printed.getFirst());
        assertThat(shown).hasSameSizeAs(printed);
        for (int i = 1; i < shown.size(); i++) {
            String[] expected = shown.get(i).strip().split(" +");
            String[] found = printed.get(i).strip().split(" +");
            for (int j = 0; j < expected.length; j++) {
                assertThat(Double.parseDouble(found[j]))
                        .as(shown.getFirst() + "\n" + shown.get(i))
                        .isCloseTo(Double.parseDouble(expected[j]), within(0.03));
            }
        }
        assertThat(folder.resolve("events")).isNotEmptyDirectory();
    }
}
