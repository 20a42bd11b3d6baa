// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.report;

import dev.ashlar.conformance.ConformanceReport;
import dev.ashlar.conformance.RecordedAnswers;
import dev.ashlar.conformance.TestResult;
import dev.ashlar.conformance.TestResult.Status;
import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The console: failures when they happen, at the end a table of the rules. */
public final class Console {
    private final PrintWriter out;

    public Console(PrintWriter out) {
        this.out = out;
    }

    /** Prints a result that somebody should read. */
    public void result(TestResult result) {
        if (result.status() == Status.FAILED || result.status() == Status.DEVIATION) {
            String word = result.status() == Status.FAILED ? "FAILED" : "deviates";
            out.println(word + " " + result.rule() + " " + result.kind() + " [" + result.label() + "]");
            out.println("  " + result.message());
            out.println("  repeat: " + result.repeat());
            out.flush();
        }
    }

    /** Prints rules by results, the largest errors, and the closing line. */
    public void table(ConformanceReport report) {
        Map<String, Map<Status, Integer>> rules = new LinkedHashMap<>();
        for (TestResult result : report.results()) {
            rules.computeIfAbsent(result.rule(), rule -> new EnumMap<>(Status.class)).merge(result.status(), 1, Integer::sum);
        }
        out.println(String.format(Locale.ROOT, "%-8s %8s %8s %8s %9s", "rule", "passed", "failed", "n/a", "deviates"));
        rules.forEach((rule, counts) -> out.println(String.format(Locale.ROOT, "%-8s %8s %8s %8s %9s", rule,
                cell(counts, Status.PASSED), cell(counts, Status.FAILED), cell(counts, Status.NOT_APPLICABLE),
                cell(counts, Status.DEVIATION))));
        if (!report.ulps().isEmpty()) {
            out.println("largest errors in units in the last place:");
            report.ulps().forEach((key, ulps) -> out.println(String.format(Locale.ROOT, "  %-16s %8.3f", key, ulps)));
        }
        if (!report.recorded().isEmpty()) {
            int passed = report.recorded().stream().mapToInt(RecordedAnswers::forwardPassed).sum();
            int failed = report.recorded().stream().mapToInt(RecordedAnswers::forwardFailed).sum();
            int gradients = report.recorded().stream().mapToInt(RecordedAnswers::gradientPassed).sum();
            int wrong = report.recorded().stream().mapToInt(RecordedAnswers::gradientFailed).sum();
            int left = report.recorded().stream().mapToInt(RecordedAnswers::notApplicable).sum();
            out.println("recorded calls of PyTorch: " + passed + " of " + (passed + failed) + " results agree, " + gradients + " of "
                    + (gradients + wrong) + " gradients, " + left + " not applicable");
        }
        out.println(report.comparisons() + " elements compared on " + report.device().name() + " (" + report.device().driver() + ")");
        out.println(report.summary());
        out.println(report.counts());
        out.flush();
    }

    private static String cell(Map<Status, Integer> counts, Status status) {
        Integer count = counts.get(status);
        return count == null ? "." : count.toString();
    }
}
