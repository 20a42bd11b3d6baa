// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.writer.CsvWriter;
import dev.ashlar.Ashlar;
import dev.ashlar.Tensor;
import dev.ashlar.data.DataLoader;
import dev.ashlar.data.TensorDataset;
import dev.ashlar.io.Checkpoint;
import dev.ashlar.io.CheckpointFolder;
import dev.ashlar.nn.Linear;
import dev.ashlar.nn.MSELoss;
import dev.ashlar.nn.Sequential;
import dev.ashlar.optim.SGD;
import java.io.BufferedReader;
import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import me.tongfei.progressbar.ProgressBar;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A process that is asked to end comes to a good one: a checkpoint of its last step, and a line that says so. */
class InterruptionTest {
    @TempDir
    private Path folder;

    /** A program that trains until it is ended, or ends itself. */
    static final class Endless {
        private Endless() {}

        static void main(String[] arguments) {
            Ashlar.seed(1);
            Sequential model = model();
            Tensor x = Tensor.randn(8, 1);
            Callback words = new Callback() {
                @Override
                public void onBatchEnd(Trainer trainer, Tensor loss) {
                    if (arguments.length > 1) {
                        System.exit(7);
                    }
                    System.out.println(trainer.step());
                }
            };
            new Trainer(model, new MSELoss(), new SGD(model.parameters(), 0.01))
                    .quiet(true)
                    .checkpoints(Path.of(arguments[0]))
                    .callbacks(words)
                    .fit(new DataLoader(new TensorDataset(x, x)).batchSize(1), Long.MAX_VALUE);
            System.out.println("not here");
        }
    }

    private static Sequential model() {
        return new Sequential(new Linear(1, 1));
    }

    private Process start(String... more) throws Exception {
        Set<String> roots = new LinkedHashSet<>();
        for (Class<?> type : new Class<?>[] {
            Endless.class, Trainer.class, Tensor.class, ObjectMapper.class,
            JsonFactory.class, JsonCreator.class,
            ProgressBar.class, CsvWriter.class}) {
            roots.add(root(type));
        }
        roots.add(root(Class.forName("dev.ashlar.runtime.java.JavaBackendProvider")));
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1", "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED", "-cp", String.join(File.pathSeparator, roots), Endless.class.getName(),
                folder.toString()));
        command.addAll(List.of(more));
        return new ProcessBuilder(command).start();
    }

    private static String root(Class<?> type) {
        String inside = type.getName().replace('.', '/') + ".class";
        String text = Objects.requireNonNull(type.getResource("/" + inside), inside).toString();
        return text.startsWith("jar:")
                ? Path.of(URI.create(text.substring(4, text.indexOf("!/")))).toString()
                : Path.of(URI.create(text.substring(0, text.length() - inside.length()))).toString();
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 13})
    void endsWithACheckpoint(int steps) throws Exception {
        Process process = start();
        try (BufferedReader output = process.inputReader(); BufferedReader errors = process.errorReader()) {
            for (int i = 0; i < steps; i++) {
                assertThat(output.readLine()).isNotNull();
            }
            // A signal, as Ctrl-C sends one; Process.destroy would close the streams, too.
            process.toHandle().destroy();
            String last = output.lines().reduce(String.valueOf(steps), (_, line) -> line);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            String said = errors.lines().filter(line -> line.startsWith("[trainer]")).collect(Collectors.joining("\n"));
            assertThat(said).contains("after step " + last + ";").contains(folder.toString()).contains("start again");
            Sequential model = model();
            Path newest = new CheckpointFolder(folder).files().getLast();
            assertThat(CheckpointFolder.step(newest)).isEqualTo(Long.parseLong(last));
            Checkpoint.load(newest, model);
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void aCallbackMayEndTheProcess() throws Exception {
        Process process = start("exit");
        try {
            assertThat(process.waitFor(50, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(7);
        } finally {
            process.destroyForcibly();
        }
    }
}
