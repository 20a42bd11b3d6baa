// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance;

import dev.ashlar.spi.DeviceDescription;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * How a backend did.
 *
 * @param backend name of its provider
 * @param device on which it ran
 * @param profiles what was run
 * @param seed of all random numbers
 * @param results of the tests, in the order in which they ran
 * @param ulps largest error seen for each scalar operation and type, in units in the last place
 * @param recorded how recorded calls of PyTorch were answered, by operation and type
 * @param comparisons how many elements were compared with the oracle
 * @param seconds how long all took
 */
public record ConformanceReport(
        String backend,
        DeviceDescription device,
        Collection<Profile> profiles,
        long seed,
        List<TestResult> results,
        Map<String, Double> ulps,
        List<RecordedAnswers> recorded,
        long comparisons,
        double seconds) {
    public ConformanceReport {
        profiles = new TreeSet<>(profiles);
        results = List.copyOf(results);
        ulps = new TreeMap<>(ulps);
        recorded = List.copyOf(recorded);
    }

    public long count(TestResult.Status status) {
        return results.stream().filter(result -> result.status() == status).count();
    }

    /** Returns whether no required rule was broken, and anything was run at all. */
    public boolean passed() {
        return count(TestResult.Status.FAILED) == 0 && count(TestResult.Status.PASSED) > 0;
    }

    /** Returns the closing line: {@code N passed, N failed, N not applicable}, and deviations from optional rules if there are any. */
    public String counts() {
        long deviations = count(TestResult.Status.DEVIATION);
        return count(TestResult.Status.PASSED) + " passed, " + count(TestResult.Status.FAILED) + " failed, "
                + count(TestResult.Status.NOT_APPLICABLE) + " not applicable"
                + (deviations == 0 ? "" : ", " + deviations + " deviations from optional rules");
    }

    /** Returns one line that says it all. */
    public String summary() {
        return "conformance " + backend + ": " + counts() + " (profiles "
                + profiles.stream().map(Profile::name).collect(Collectors.joining(", ")) + "; seed " + seed + "; " + Math.round(seconds)
                + " s)";
    }
}
