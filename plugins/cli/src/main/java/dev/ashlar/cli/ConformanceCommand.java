// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.cli;

import dev.ashlar.conformance.ConformanceReport;
import dev.ashlar.conformance.ConformanceRunner;
import dev.ashlar.conformance.Fuzzer;
import dev.ashlar.conformance.Profile;
import dev.ashlar.conformance.VectorRunner;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ashlar conformance}: whether a backend may be trusted. */
@Command(name = "conformance", description = "Check a backend against the rules that every backend keeps.")
final class ConformanceCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--backend", paramLabel = "NAME", required = true,
            description = "The backend: java, opencl, or one of its devices: opencl:1.")
    private String backend;

    @Option(names = "--profile", paramLabel = "P", split = ",", description = "What to check: ${COMPLETION-CANDIDATES}; without it, all.")
    private @Nullable Set<Profile> profiles;

    @Option(names = "--only", paramLabel = "PATTERN",
            description = "Rules, cases or both, with * for anything: 'MAP*', 'add(float32,*)', 'MAP-03 add*'.")
    private @Nullable String only;

    @Option(names = "--seed", paramLabel = "S", defaultValue = "" + ConformanceRunner.DEFAULT_SEED,
            description = "Seed of the random inputs (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--report", paramLabel = "DIR", description = "Write conformance.html, .json and .xml there.")
    private @Nullable Path report;

    @Option(names = "--vectors", paramLabel = "DIR", arity = "0..1", fallbackValue = "",
            description = "Play back recorded answers of PyTorch instead: a folder of them, or without DIR those that come with Ashlar.")
    private @Nullable Path vectors;

    @Option(names = "--layout", paramLabel = "L", defaultValue = "plain",
            description = "With --vectors: how operands lie in memory: plain, transposed, stepped, shifted, flipped, mixed, expanded.")
    private String layout;

    @Option(names = "--fuzz", paramLabel = "MINUTES",
            description = "Run random programs for so long instead, from number --seed on; 0 runs just that one.")
    private @Nullable Double minutes;

    /** For picocli, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    ConformanceCommand() {}

    @Override
    public Integer call() {
        if (vectors != null) {
            VectorRunner player = VectorRunner.forBackend(backend).layout(layout);
            Path folder = vectors.toString().isEmpty() ? null : vectors;
            return (only == null ? player : player.only(only)).run(folder, spec.commandLine().getOut()) ? 0 : 1;
        }
        if (minutes != null) {
            Fuzzer fuzzer = Fuzzer.forBackend(backend).seed(seed);
            PrintWriter out = spec.commandLine().getOut();
            int failures = minutes > 0 ? fuzzer.run(Duration.ofMillis(Math.round(minutes * 60_000)), out) : fuzzer.run(1, out);
            return failures == 0 ? 0 : 1;
        }
        ConformanceRunner runner = ConformanceRunner.forBackend(backend).seed(seed);
        if (profiles != null) {
            runner = runner.profiles(profiles);
        }
        if (only != null) {
            runner = runner.only(only);
        }
        if (report != null) {
            runner = runner.reports(report);
        }
        ConformanceReport result = runner.run(spec.commandLine().getOut());
        return result.passed() ? 0 : 1;
    }
}
