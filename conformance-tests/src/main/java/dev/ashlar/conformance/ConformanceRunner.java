// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance;

import dev.ashlar.conformance.internal.report.Console;
import dev.ashlar.conformance.internal.report.HtmlReport;
import dev.ashlar.conformance.internal.report.JsonReport;
import dev.ashlar.conformance.internal.report.JunitReport;
import dev.ashlar.conformance.internal.suite.RuleTest;
import dev.ashlar.conformance.internal.suite.SuiteRun;
import dev.ashlar.spi.BackendProvider;
import dev.ashlar.spi.Options;
import dev.ashlar.type.DeviceNotFoundException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs the suite without JUnit: {@code ConformanceRunner.forBackend("opencl:0").only("MAP*").run(out)}. Immutable; every setter returns a
 * changed copy.
 */
public final class ConformanceRunner {
    /** The seed that is used unless another is asked for. */
    public static final long DEFAULT_SEED = 20130;

    private final BackendProvider provider;
    private final int device;
    private final Options options;
    private final Set<Profile> profiles;
    private final String only;
    private final long seed;
    private final @Nullable Path reports;

    private ConformanceRunner(
            BackendProvider provider, int device, Options options, Set<Profile> profiles, String only, long seed, @Nullable Path reports) {
        this.provider = provider;
        this.device = device;
        this.options = options;
        this.profiles = profiles;
        this.only = only;
        this.seed = seed;
        this.reports = reports;
    }

    /** Returns a runner for the first device of a provider, all profiles, all tests and the default seed. */
    public static ConformanceRunner of(BackendProvider provider) {
        return new ConformanceRunner(provider, 0, Options.fromSystemProperties(provider.name()), Profile.standard(), "*",
                DEFAULT_SEED, null);
    }

    /**
     * Finds a backend through {@link ServiceLoader}.
     *
     * @param name a provider's name, or with the number of a device: {@code opencl:1}
     * @throws DeviceNotFoundException if there is no such provider; the message names those that are there
     */
    public static ConformanceRunner forBackend(String name) {
        int colon = name.indexOf(':');
        String wanted = colon < 0 ? name : name.substring(0, colon);
        List<String> found = new ArrayList<>();
        var providers = ServiceLoader.load(BackendProvider.class).iterator();
        while (true) {
            try {
                if (!providers.hasNext()) {
                    break;
                }
                BackendProvider provider = providers.next();
                if (provider.name().equals(wanted)) {
                    ConformanceRunner runner = of(provider);
                    return colon < 0 ? runner : runner.device(index(name, colon));
                }
                found.add(provider.name());
            } catch (ServiceConfigurationError e) {
                // A broken jar must not hide the others; it is named among what was found.
                found.add("(" + e.getMessage() + ")");
            }
        }
        throw new DeviceNotFoundException("[conformance] expected one of the backends " + found + ", got '" + wanted
                + "'; put its jar on the class path or module path");
    }

    private static int index(String name, int colon) {
        try {
            return Integer.parseInt(name.substring(colon + 1));
        } catch (NumberFormatException _) {
            throw new DeviceNotFoundException("[conformance] expected a device number behind the colon, got '" + name + "'; write "
                    + name.substring(0, colon) + ":0");
        }
    }

    /** Chooses a device of the provider by its number. */
    public ConformanceRunner device(int index) {
        return new ConformanceRunner(provider, index, options, profiles, only, seed, reports);
    }

    /** Sets the options with which the device is opened. */
    public ConformanceRunner options(Options values) {
        return new ConformanceRunner(provider, device, values, profiles, only, seed, reports);
    }

    /** Chooses the profiles. */
    public ConformanceRunner profiles(Collection<Profile> values) {
        return new ConformanceRunner(provider, device, options, EnumSet.copyOf(values), only, seed, reports);
    }

    /**
     * Chooses tests.
     *
     * @param pattern of rule numbers ({@code MAP*}), labels ({@code add(float32,*)}) or both with a space between; {@code *} stands for
     *     anything
     */
    public ConformanceRunner only(String pattern) {
        return new ConformanceRunner(provider, device, options, profiles, pattern, seed, reports);
    }

    /** Sets the seed of the random numbers. */
    public ConformanceRunner seed(long value) {
        return new ConformanceRunner(provider, device, options, profiles, only, value, reports);
    }

    /**
     * Writes {@code conformance.json}, {@code conformance.xml} (JUnit's format) and the page {@code conformance.html} into a folder, which
     * is made if necessary.
     */
    public ConformanceRunner reports(Path folder) {
        return new ConformanceRunner(provider, device, options, profiles, only, seed, folder);
    }

    /**
     * Runs, and prints each failure when it happens, a table of the rules and the closing line.
     *
     * @throws DeviceNotFoundException if the provider finds no such device; the message has its reason and remedy
     */
    public ConformanceReport run(PrintWriter out) {
        Console console = new Console(out);
        ConformanceReport report = run(console::result);
        console.table(report);
        if (reports != null) {
            try {
                Files.createDirectories(reports);
                JsonReport.write(report, reports.resolve("conformance.json"));
                HtmlReport.write(report, reports.resolve("conformance.html"));
                JunitReport.write(report, reports.resolve("conformance.xml"));
            } catch (IOException e) {
                throw new UncheckedIOException("[conformance] expected to write reports to " + reports + ", got " + e
                        + "; choose another folder with --report", e);
            }
        }
        return report;
    }

    /** Runs, and passes each result on when it is known. */
    public ConformanceReport run(Consumer<TestResult> listener) {
        try (SuiteRun run = start()) {
            for (RuleTest test : run.tests()) {
                listener.accept(run.execute(test));
            }
            return run.report();
        }
    }

    /** Opens the device and chooses the tests; the caller executes them. */
    SuiteRun start() {
        return SuiteRun.start(provider, device, options, profiles, only, seed);
    }
}
