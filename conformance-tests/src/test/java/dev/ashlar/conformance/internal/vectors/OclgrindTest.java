// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One small call of every distinct kernel that the recorded calls launch, under a simulator that sees accesses out of bounds and data
 * races. Reads of uninitialised memory are looked for only where kernels are launched without the core: here the simulator reports them
 * in great number, and why is not known yet. {@code -Dashlar.oclgrind.calls=0} makes all of them; without it a sample is made, because the
 * simulator takes long.
 */
final class OclgrindTest {
    private static final int SAMPLE = 100;

    @TempDir
    Path folder;

    @Test
    void theKernelsOfRecordedCallsAreClean() throws Exception {
        Path vendors = Files.createDirectories(folder.resolve("vendors"));
        Files.writeString(vendors.resolve("oclgrind.icd"), library() + "\n");
        Path output = folder.resolve("output");
        Path log = folder.resolve("log");
        int calls = Integer.getInteger("ashlar.oclgrind.calls", SAMPLE);
        // The simulator does not know the funnel shifts that its compiler makes of shifts and ors when it optimises; without a pool every
        // buffer has the size that was asked for, so an overrun by one element is seen.
        ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx1g",
                "--enable-native-access=ALL-UNNAMED", "-Dashlar.opencl.pool=off", "-Dashlar.opencl.cache=off",
                "-Dashlar.opencl.flags=-cl-opt-disable", "-cp", ClassPath.ofThisTest(), OclgrindMain.class.getName(),
                Integer.toString(calls)).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(Map.of(
                "OCL_ICD_VENDORS", vendors.toString(),
                "OCLGRIND_DATA_RACES", "1",
                "OCLGRIND_CHECK_API", "1",
                "OCLGRIND_LOG", log.toString()));
        Process process = builder.start();
        boolean ended = process.waitFor(calls == 0 ? 120 : 12, TimeUnit.MINUTES);
        process.destroyForcibly();
        String said = Files.readString(output);
        System.getLogger(OclgrindTest.class.getName()).log(Level.INFO, said.strip());
        assertThat(ended).as("the child process ended by itself: " + said).isTrue();
        assertThat(Files.exists(log) ? Files.readString(log) : "").as("what oclgrind saw").isEmpty();
        assertThat(process.exitValue()).as(said).isZero();
        assertThat(said).contains("distinct kernels");
    }

    /** Returns the simulator's driver, or skips the test. */
    private static Path library() throws IOException {
        for (Path start : List.of(Path.of("/usr/lib"), Path.of("/usr/local/lib"), Path.of("/opt/homebrew/lib"))) {
            if (Files.isDirectory(start)) {
                try (Stream<Path> folders = Files.walk(start, 2)) {
                    for (Path folder : folders.filter(Files::isDirectory).filter(Files::isReadable).toList()) {
                        try (Stream<Path> files = Files.list(folder)) {
                            var found = files.filter(file -> file.getFileName().toString().startsWith("liboclgrind-rt-icd.")).findFirst();
                            if (found.isPresent()) {
                                return found.get();
                            }
                        }
                    }
                }
            }
        }
        String reason = "oclgrind is not installed, kernels are not checked for wild accesses and races;"
                + " install it with `sudo apt-get install -y oclgrind ocl-icd-libopencl1`";
        System.getLogger(OclgrindTest.class.getName()).log(Level.WARNING, "skipped, " + reason);
        Assumptions.abort(reason);
        throw new IllegalStateException(reason);
    }
}
