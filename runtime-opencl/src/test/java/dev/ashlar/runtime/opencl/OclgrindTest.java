// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.opencl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Runs kernels of all kinds under oclgrind, a simulator that sees accesses out of bounds, uninitialised reads and data races. Its own
 * wrapper does not see programs that open the loader themselves, so it is made the only driver of a child process instead; it exits
 * with 0 whatever it finds, so its log is what counts.
 */
class OclgrindTest {
    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0} kernels from seed {1}, {2}")
    @CsvSource({"140, 100000, loops", "70, 200000, groups"})
    void kernelsAreClean(int count, long seed, String style) throws Exception {
        Path log = folder.resolve("log");
        Run run = run(log, "kernels", Long.toString(seed), Integer.toString(count), style);
        assertThat(run.log()).as("what oclgrind saw").isEmpty();
        assertThat(run.output()).as("wrong results").doesNotContain("instead of");
        assertThat(run.exit()).as(run.output()).isZero();
    }

    @Test
    void aPlantedBugIsSeen() throws Exception {
        Run run = run(folder.resolve("log"), "bug");
        assertThat(run.log()).contains("Invalid write of size 4").contains("planted");
    }

    private record Run(int exit, String output, String log) {}

    private Run run(Path log, String... arguments) throws Exception {
        Path vendors = Files.createDirectories(folder.resolve("vendors"));
        Files.writeString(vendors.resolve("oclgrind.icd"), library() + "\n");
        Path output = folder.resolve("output");
        List<String> command = new ArrayList<>(ChildJvm.command(OclgrindSmoke.class, "-Xmx256m"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(Map.of(
                "OCL_ICD_VENDORS", vendors.toString(),
                "OCLGRIND_DATA_RACES", "1",
                "OCLGRIND_UNINITIALIZED", "1",
                "OCLGRIND_CHECK_API", "1",
                "OCLGRIND_LOG", log.toString()));
        Process process = builder.start();
        boolean ended = process.waitFor(9, TimeUnit.MINUTES);
        process.destroyForcibly();
        assertThat(ended).as("the child process ended by itself: " + Files.readString(output)).isTrue();
        return new Run(process.exitValue(), Files.readString(output), Files.exists(log) ? Files.readString(log) : "");
    }

    /** Returns the simulator's driver, or skips the test. */
    private static Path library() throws IOException {
        List<Path> folders = List.of(Path.of("/usr/lib"), Path.of("/usr/local/lib"), Path.of("/opt/homebrew/lib"));
        for (Path start : folders) {
            if (Files.isDirectory(start)) {
                try (Stream<Path> found = Files.find(start, 3, (path, attributes) -> isDriver(path))) {
                    var first = found.findFirst();
                    if (first.isPresent()) {
                        return first.get();
                    }
                } catch (UncheckedIOException e) {
                    System.getLogger(OclgrindTest.class.getName()).log(Level.DEBUG, "not all of " + start + " can be read", e);
                }
            }
        }
        String reason = "oclgrind is not installed, kernels are not checked for wild accesses and races;"
                + " install it with `sudo apt-get install -y oclgrind ocl-icd-libopencl1`";
        System.getLogger(OclgrindTest.class.getName()).log(Level.WARNING, "skipped, " + reason);
        Assumptions.abort(reason);
        throw new IllegalStateException(reason);
    }

    private static boolean isDriver(Path path) {
        String name = path.getFileName().toString();
        return name.startsWith("liboclgrind-rt-icd.") && !Files.isDirectory(path);
    }
}
