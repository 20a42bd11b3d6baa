// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.io.Checkpoint;
import dev.ashlar.io.CheckpointFolder;
import dev.ashlar.spi.BackendProvider;
import java.io.File;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that trains and saves is killed at random moments; each time the newest checkpoint is whole, and a run that goes on from the
 * last one ends with the bits of an unbroken one. {@code -Dashlar.kills=50} kills 50 times; without it the test kills for some seconds.
 * {@code -Dashlar.kills.seed} repeats the moments, as far as a machine does.
 */
class KillTest {
    private static final int SECONDS = 20;
    private static final int AT_LEAST = 3;

    @TempDir
    private Path folder;

    @Test
    void aKilledRunGoesOnToTheBit() throws IOException, InterruptedException {
        int kills = Integer.getInteger("ashlar.kills", 0);
        long seed = Long.getLong("ashlar.kills.seed", System.nanoTime());
        Random random = new Random(seed);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        long reached = 0;
        int leftovers = 0;
        int killed = 0;
        while (kills > 0 ? killed < kills : killed < AT_LEAST || System.nanoTime() < end) {
            killAfter(1 + random.nextInt(20), random.nextInt(30));
            killed++;
            leftovers += Objects.requireNonNull(folder.toFile().list((_, name) -> name.endsWith(".tmp"))).length;
            var checkpoints = new CheckpointFolder(folder);
            assertThat(folder.toFile().list((_, name) -> name.endsWith(".tmp"))).as("leftovers, seed %d", seed).isEmpty();
            for (Path file : checkpoints.files()) {
                Checkpoint.read(file);
            }
            var training = new KilledTraining();
            training.load(folder);
            long step = training.step();
            assertThat(CheckpointFolder.step(checkpoints.files().getLast())).isEqualTo(step);
            assertThat(step).as("steps after kill %d, seed %d", killed, seed).isGreaterThanOrEqualTo(reached);
            reached = step;
        }
        System.getLogger(KillTest.class.getName()).log(
                Level.INFO, killed + " kills in " + reached + " steps, " + leftovers + " while a file was half-written; seed " + seed);
        assertThat(reached).as("steps before the last kill, seed %d", seed).isPositive();
        // One after the other: the default generator belongs to both.
        var unbroken = new KilledTraining();
        unbroken.advanceTo(reached);
        float[][] then = unbroken.weights();
        unbroken.advanceTo(reached + 20);
        var broken = new KilledTraining();
        broken.load(folder);
        assertThat(broken.weights()).as("after %d steps, seed %d", reached, seed).isDeepEqualTo(then);
        broken.advanceTo(reached + 20);
        assertThat(broken.weights()).as("20 steps later, seed %d", seed).isDeepEqualTo(unbroken.weights());
    }

    /** Starts the training in a process of its own and kills it some milliseconds after it has said that so many steps are saved. */
    private void killAfter(int steps, int milliseconds) throws IOException, InterruptedException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Process process = new ProcessBuilder(
                java.toString(), "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--add-modules", "jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED", "-cp", classPath(), KilledTraining.class.getName(), folder.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var output = process.inputReader()) {
            for (int i = 0; i < steps; i++) {
                assertThat(output.readLine()).as("what the process says after step %d of %d", i + 1, steps).isNotNull();
            }
            assertThat(process.waitFor(milliseconds, TimeUnit.MILLISECONDS)).as("the process ended by itself").isFalse();
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    /** Returns where these tests and the parts of the library were read from, for a process that starts without modules. */
    private static String classPath() {
        Set<String> roots = new LinkedHashSet<>();
        for (Class<?> type : List.of(KilledTraining.class, Checkpoint.class)) {
            roots.add(root(type));
        }
        ServiceLoader.load(BackendProvider.class).stream()
                .filter(provider -> provider.type().getName().contains(".java."))
                .forEach(provider -> roots.add(root(provider.type())));
        return String.join(File.pathSeparator, roots);
    }

    private static String root(Class<?> type) {
        String inside = type.getName().replace('.', '/') + ".class";
        URL url = Objects.requireNonNull(type.getResource("/" + inside), inside);
        String text = url.toString();
        return text.startsWith("jar:")
                ? Path.of(URI.create(text.substring(4, text.indexOf("!/")))).toString()
                : Path.of(URI.create(text.substring(0, text.length() - inside.length()))).toString();
    }
}
