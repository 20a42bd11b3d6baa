// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.suite;

import dev.ashlar.conformance.ConformanceReport;
import dev.ashlar.conformance.Profile;
import dev.ashlar.conformance.TestResult;
import dev.ashlar.conformance.TestResult.Status;
import dev.ashlar.conformance.internal.rules.AllRules;
import dev.ashlar.spi.BackendProvider;
import dev.ashlar.spi.DeviceDescription;
import dev.ashlar.spi.Options;
import dev.ashlar.spi.Probe;
import dev.ashlar.type.DeviceNotFoundException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;

/** One run: the open device, the chosen tests and their results so far. Used by one thread. */
public final class SuiteRun implements AutoCloseable {
    private final BackendProvider provider;
    private final Set<Profile> profiles;
    private final long seed;
    private final List<RuleTest> tests;
    private final Session session;
    private final List<TestResult> results = new ArrayList<>();
    private final long started = System.nanoTime();

    private SuiteRun(BackendProvider provider, Set<Profile> profiles, long seed, List<RuleTest> tests, Session session) {
        this.provider = provider;
        this.profiles = profiles;
        this.seed = seed;
        this.tests = tests;
        this.session = session;
    }

    /**
     * Opens the device and chooses the tests.
     *
     * @param only pattern of rule numbers and labels
     */
    public static SuiteRun start(
            BackendProvider provider, int device, Options options, Set<Profile> profiles, String only, long seed) {
        Pattern pattern = glob(only);
        List<RuleTest> tests = AllRules.tests(Specification.load()).stream()
                .filter(test -> profiles.contains(test.profile()))
                .filter(test -> pattern.matcher(test.rule().id()).matches() || pattern.matcher(test.label()).matches()
                        || pattern.matcher(test.key()).matches())
                .toList();
        Session session = new Session(provider, describe(provider, device), options, seed, tests);
        return new SuiteRun(provider, profiles, seed, tests, session);
    }

    private static DeviceDescription describe(BackendProvider provider, int index) {
        return switch (provider.probe()) {
            case Probe.Unavailable unavailable -> throw new DeviceNotFoundException("[conformance] expected a device of "
                    + provider.name() + ", got none: " + unavailable.reason() + "; " + unavailable.remedy());
            case Probe.Available available -> available.devices().stream().filter(device -> device.index() == index).findFirst()
                    .orElseThrow(() -> new DeviceNotFoundException("[conformance] expected a device of " + provider.name() + " in "
                            + available.devices().stream().map(DeviceDescription::index).toList() + ", got " + index));
        };
    }

    private static Pattern glob(String pattern) {
        StringBuilder regex = new StringBuilder();
        for (char c : pattern.toCharArray()) {
            regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
        }
        return Pattern.compile(regex.toString());
    }

    public List<RuleTest> tests() {
        return tests;
    }

    /** Runs one test. Never throws what the backend threw: that is the result. */
    public TestResult execute(RuleTest test) {
        long start = System.nanoTime();
        Status status = Status.PASSED;
        String message = "";
        try {
            run(test);
        } catch (NotApplicable e) {
            status = Status.NOT_APPLICABLE;
            message = e.getMessage();
        } catch (Throwable e) {
            // Errors too: a backend that overflows the stack must not take the suite with it.
            status = test.rule().kind() == Rule.Kind.OPTIONAL ? Status.DEVIATION : Status.FAILED;
            message = e instanceof RuleFailure ? e.getMessage()
                    : "[" + test.key() + "] expected no exception, got " + e + " at " + origin(e);
        }
        TestResult result = new TestResult(test.rule().id(), test.rule().kind().name().toLowerCase(Locale.ROOT), test.label(), status,
                message.isEmpty() || status == Status.NOT_APPLICABLE ? message : message + "; look at " + test.rule().lookAt(),
                (System.nanoTime() - start) / 1e9, repeat(test));
        results.add(result);
        return result;
    }

    private void run(RuleTest test) throws Exception {
        if (!test.applies().test(session.capabilities())) {
            throw new NotApplicable("not claimed in the capabilities");
        }
        Random random = session.random(test.key());
        Executor executor = new Executor(session, test.key());
        for (Trial trial : test.trials()) {
            executor.run(trial, random, test.twice());
        }
        test.action().run(session);
    }

    private static String origin(Throwable e) {
        StackTraceElement[] trace = e.getStackTrace();
        return trace.length == 0 ? "an unknown place" : trace[0].toString();
    }

    private String repeat(RuleTest test) {
        return "./ashlar conformance --backend " + provider.name() + ":" + session.device().index() + " --only '" + test.key()
                + "' --seed " + seed;
    }

    /** Returns the results so far. */
    public ConformanceReport report() {
        return new ConformanceReport(provider.name(), session.device(), profiles, seed, results, session.ulps(),
                session.recorded(), session.comparisons(),
                (System.nanoTime() - started) / 1e9);
    }

    @Override
    public void close() {
        session.close();
    }
}
