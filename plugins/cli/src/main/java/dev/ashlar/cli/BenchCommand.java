// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.cli;

import dev.ashlar.Device;
import dev.ashlar.conformance.bench.Measurement;
import dev.ashlar.conformance.bench.Workload;
import dev.ashlar.conformance.bench.Workloads;
import dev.ashlar.type.AshlarException;
import dev.ashlar.type.InvalidArgumentException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ashlar bench}: how fast a device is. */
@Command(name = "bench", description = "Measure workloads on a device; prints the median of several samples with the smallest and largest.")
final class BenchCommand implements Callable<Integer> {
    private static final double NANO = 1e-9;

    @Spec
    private CommandSpec spec;

    @Option(names = "--device", paramLabel = "D", description = "Where to compute: java, opencl:1, ... (default: the best there is).")
    private @Nullable String device;

    @Option(names = "--only", paramLabel = "NAME", split = ",", description = "Which workloads (default: all).")
    private @Nullable List<String> only;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the figures there too.")
    private @Nullable Path json;

    /** For picocli, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    BenchCommand() {}

    @Override
    public Integer call() throws IOException {
        Device chosen = device == null ? Device.best() : Device.of(device);
        List<Workload> workloads = only == null ? Workloads.all() : only.stream().map(String::strip).map(Workloads::named).toList();
        if (json != null) {
            Path folder = json.toAbsolutePath().getParent();
            if (Files.isDirectory(json) || folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
                throw new InvalidArgumentException("[bench] expected the name of a file in a folder that may be written to as --json, got "
                        + json + "; create the folder, or choose another");
            }
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(chosen);
        out.println(String.format(Locale.ROOT, "%-20s %12s %12s %12s  %s", "workload", "median", "min", "max", "unit"));
        out.flush();
        List<Map<String, Object>> results = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        for (Workload workload : workloads) {
            long start = System.nanoTime();
            try {
                Measurement measured = Measurement.of(workload, chosen);
                out.println(String.format(Locale.ROOT, "%-20s %12s %12s %12s  %s", measured.name(), digits(measured.median()),
                        digits(measured.min()), digits(measured.max()), measured.unit()));
                out.flush();
                results.add(result(measured, (System.nanoTime() - start) * NANO));
            } catch (AshlarException e) {
                // The other figures are still wanted.
                failures.add(workload.name());
                spec.commandLine().getErr().println(workload.name() + ": " + e.getMessage());
            }
        }
        if (json != null) {
            write(json, chosen, results);
        }
        if (!failures.isEmpty()) {
            throw new AshlarException("[bench] expected a figure for every workload, got none for " + String.join(", ", failures)
                    + "; the lines above say why");
        }
        return 0;
    }

    private static Map<String, Object> result(Measurement measured, double seconds) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", measured.name());
        map.put("value", measured.median());
        map.put("unit", measured.unit());
        map.put("higherIsBetter", measured.higherIsBetter());
        map.put("min", measured.min());
        map.put("max", measured.max());
        map.put("samples", measured.figures());
        map.put("runsPerSample", measured.runs());
        map.put("seconds", seconds);
        return map;
    }

    private static void write(Path file, Device device, List<Map<String, Object>> results) throws IOException {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("device", device.name());
        map.put("deviceName", device.description().name());
        map.put("driver", device.description().driver());
        map.put("ashlar", Main.Version.number());
        map.put("jdk", System.getProperty("java.vendor") + " " + Runtime.version());
        map.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        map.put("processors", Runtime.getRuntime().availableProcessors());
        map.put("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        map.put("results", results);
        Path target = file.toAbsolutePath();
        Path partial = target.resolveSibling("." + target.getFileName() + ".part");
        try {
            Files.writeString(partial, Json.write(map));
            OutputFolder.move(partial, target);
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    private static String digits(double value) {
        return value >= 1000 ? String.format(Locale.ROOT, "%.0f", value) : String.format(Locale.ROOT, "%.4g", value);
    }
}
