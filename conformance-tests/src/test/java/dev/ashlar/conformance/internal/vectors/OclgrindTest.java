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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One small call of every distinct kernel that the recorded calls launch, under a simulator that sees accesses out of bounds,
 * reads of uninitialised memory and data races. {@code -Dashlar.oclgrind.calls=all} makes all of them; without it one of fifty is made,
 * because the simulator takes long.
 */
final class OclgrindTest {
    private static final int SAMPLE_EVERY = 50;
    /** The simulator knows 65,536 buffers, and none of a process is given back: see the option "pool" below. */
    private static final int CALLS_PER_PROCESS = 500;
    private static final Pattern SUMMARY = Pattern.compile("in all \\d+ in (\\d+) calls\\s*$");

    @TempDir
    Path folder;

    @Test
    void theKernelsOfRecordedCallsAreClean() throws Exception {
        Path vendors = Files.createDirectories(folder.resolve("vendors"));
        Files.writeString(vendors.resolve("oclgrind.icd"), library() + "\n");
        boolean all = System.getProperty("ashlar.oclgrind.calls", "sample").equals("all");
        int every = all ? 1 : SAMPLE_EVERY;
        int first = 0;
        int calls = Integer.MAX_VALUE;
        while (first < calls) {
            String said = run(vendors, every, first);
            Matcher summary = SUMMARY.matcher(said);
            assertThat(summary.find()).as("the child process came to its end: " + said).isTrue();
            System.getLogger(OclgrindTest.class.getName()).log(Level.INFO, "from call {0}: {1}", first, said.strip());
            calls = Integer.parseInt(summary.group(1));
            first += CALLS_PER_PROCESS * every;
        }
        assertThat(calls).isPositive();
    }

    private String run(Path vendors, int every, int first) throws Exception {
        Path output = folder.resolve("output");
        Path log = folder.resolve("log");
        // The simulator does not know the funnel shifts that its compiler makes of shifts and ors when it optimises. Without a pool every
        // buffer has the size that was asked for, so an overrun by one element is seen.
        ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx1g",
                "--enable-native-access=ALL-UNNAMED", "-Dashlar.opencl.pool=keep", "-Dashlar.opencl.cache=off",
                "-Dashlar.opencl.flags=-cl-opt-disable", "-cp", ClassPath.ofThisTest(), OclgrindMain.class.getName(),
                Integer.toString(every), Integer.toString(first), Integer.toString(CALLS_PER_PROCESS))
                .redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(Map.of(
                "OCL_ICD_VENDORS", vendors.toString(),
                "OCLGRIND_DATA_RACES", "1",
                "OCLGRIND_UNINITIALIZED", "1",
                "OCLGRIND_CHECK_API", "1",
                "OCLGRIND_LOG", log.toString()));
        Process process = builder.start();
        boolean ended = process.waitFor(20, TimeUnit.MINUTES);
        process.destroyForcibly();
        String said = Files.readString(output);
        assertThat(ended).as("the child process ended by itself: " + said).isTrue();
        assertThat(Files.exists(log) ? Files.readString(log) : "").as("what oclgrind saw").isEmpty();
        assertThat(process.waitFor()).as(said).isZero();
        return said;
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
