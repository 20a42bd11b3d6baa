// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance;

import dev.ashlar.conformance.internal.suite.RuleTest;
import dev.ashlar.conformance.internal.suite.SuiteRun;
import dev.ashlar.spi.BackendProvider;
import dev.ashlar.spi.Options;
import dev.ashlar.spi.Probe;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The suite under JUnit 5, for the build of a backend's author:
 *
 * <pre>{@code
 * final class MyBackendConformance extends BackendConformance {
 *     protected BackendProvider provider() {
 *         return new MyProvider();
 *     }
 * }
 * }</pre>
 *
 * <p>Every test is named {@code RULE-nn kind: text [case]}; a failure prints the command line that repeats it alone. Where the provider
 * finds no device, the tests are skipped with its reason and remedy.
 */
public abstract class BackendConformance {
    /** For subclasses. */
    protected BackendConformance() {}

    /** Returns the provider of the backend to be tested. */
    protected abstract BackendProvider provider();

    /** Returns the number of the device to be tested. */
    protected int device() {
        return 0;
    }

    /** Returns the options with which the device is opened. */
    protected Options options() {
        return Options.fromSystemProperties(provider().name());
    }

    /** Returns what to run; {@link Profile#CORE} must be among it for a backend that is to be trusted. */
    protected Set<Profile> profiles() {
        return Profile.standard();
    }

    /** Returns the seed of all random numbers. */
    protected long seed() {
        return ConformanceRunner.DEFAULT_SEED;
    }

    /** Called behind the last test. */
    protected void finished(ConformanceReport report) {}

    /** Opens the device and returns one test for each case of each rule; JUnit calls it. */
    @TestFactory
    public final Stream<DynamicTest> conformance() {
        if (provider().probe() instanceof Probe.Unavailable unavailable) {
            Assumptions.abort("no device of " + provider().name() + ": " + unavailable.reason() + "; " + unavailable.remedy());
        }
        SuiteRun run = ConformanceRunner.of(provider()).device(device()).options(options()).profiles(profiles()).seed(seed()).start();
        return run.tests().stream().map(test -> DynamicTest.dynamicTest(test.name(), () -> execute(run, test))).onClose(() -> {
            ConformanceReport report = run.report();
            run.close();
            finished(report);
        });
    }

    private static void execute(SuiteRun run, RuleTest test) {
        TestResult result = run.execute(test);
        switch (result.status()) {
            case PASSED -> {}
            case FAILED -> throw new AssertionError(result.message() + System.lineSeparator() + "repeat: " + result.repeat());
            // JUnit has no word for a deviation that is allowed: it is skipped with its message, and counted in the report.
            case DEVIATION -> Assumptions.abort("deviates: " + result.message());
            case NOT_APPLICABLE -> Assumptions.abort("not applicable: " + result.message());
        }
    }
}
