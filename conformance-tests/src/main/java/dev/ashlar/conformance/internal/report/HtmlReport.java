// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.report;

import dev.ashlar.conformance.ConformanceReport;
import dev.ashlar.conformance.RecordedAnswers;
import dev.ashlar.conformance.TestResult;
import dev.ashlar.conformance.TestResult.Status;
import dev.ashlar.type.DType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The report for people: one page without scripts, what failed first. */
public final class HtmlReport {
    private static final String STYLE = """
            body { font: 14px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 75rem; color: #222; }
            h1 { font-size: 1.4rem; } h2 { font-size: 1.1rem; margin-top: 2rem; }
            table { border-collapse: collapse; } td, th { padding: .15rem .7rem; text-align: right; border-bottom: 1px solid #eee; }
            td:first-child, th:first-child { text-align: left; font-family: ui-monospace, monospace; }
            .passed { background: #e8f5e9; } .failed { background: #ffcdd2; } .none { color: #999; }
            pre { background: #f6f6f6; padding: .5rem; white-space: pre-wrap; }
            """;

    private HtmlReport() {}

    public static void write(ConformanceReport report, Path file) throws IOException {
        StringBuilder out = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Conformance of ")
                .append(text(report.backend())).append("</title><style>\n").append(STYLE).append("</style></head><body>\n");
        out.append("<h1>Conformance of ").append(text(report.backend())).append(": ").append(text(report.counts())).append("</h1>\n<p>")
                .append(text(report.device().name() + ", " + report.device().driver() + ", Java " + Runtime.version() + ", profiles "
                        + report.profiles() + ", seed " + report.seed() + ", " + Math.round(report.seconds()) + " s, "
                        + report.comparisons() + " elements compared"))
                .append("</p>\n");
        failures(out, report);
        rules(out, report);
        recorded(out, report);
        errors(out, report);
        Files.writeString(file, out.append("</body></html>\n"));
    }

    private static void failures(StringBuilder out, ConformanceReport report) {
        for (Status status : new Status[] {Status.FAILED, Status.DEVIATION}) {
            if (report.count(status) > 0) {
                out.append("<h2>").append(status == Status.FAILED ? "Failed" : "Deviations from optional rules").append("</h2>\n");
                report.results().stream().filter(result -> result.status() == status).forEach(result -> out.append("<pre>")
                        .append(text(result.rule() + " " + result.label() + "\n" + result.message() + "\nrepeat: " + result.repeat()))
                        .append("</pre>\n"));
            }
        }
    }

    private static void rules(StringBuilder out, ConformanceReport report) {
        Map<String, Map<Status, Integer>> rules = new LinkedHashMap<>();
        for (TestResult result : report.results()) {
            rules.computeIfAbsent(result.rule(), _ -> new EnumMap<>(Status.class)).merge(result.status(), 1, Integer::sum);
        }
        out.append("<h2>Rules</h2>\n<table><tr><th>rule</th><th>passed</th><th>failed</th><th>not applicable</th><th>deviates</th></tr>\n");
        rules.forEach((rule, counts) -> {
            out.append("<tr class=\"").append(counts.containsKey(Status.FAILED) ? "failed" : "passed").append("\"><td>").append(rule)
                    .append("</td>");
            for (Status status : new Status[] {Status.PASSED, Status.FAILED, Status.NOT_APPLICABLE, Status.DEVIATION}) {
                out.append("<td>").append(counts.getOrDefault(status, 0)).append("</td>");
            }
            out.append("</tr>\n");
        });
        out.append("</table>\n");
    }

    private static void recorded(StringBuilder out, ConformanceReport report) {
        if (report.recorded().isEmpty()) {
            return;
        }
        Map<String, Map<DType, RecordedAnswers>> table = new TreeMap<>();
        Map<DType, Boolean> types = new EnumMap<>(DType.class);
        for (RecordedAnswers answers : report.recorded()) {
            table.computeIfAbsent(answers.operation(), _ -> new EnumMap<>(DType.class)).put(answers.type(), answers);
            types.put(answers.type(), true);
        }
        out.append("<h2>Recorded answers of PyTorch</h2>\n<p>Calls that agree, of all; behind the semicolon those with gradients.</p>\n")
                .append("<table><tr><th>operation</th>");
        types.keySet().forEach(type -> out.append("<th>").append(type).append("</th>"));
        out.append("</tr>\n");
        table.forEach((operation, row) -> {
            out.append("<tr><td>").append(text(operation)).append("</td>");
            for (DType type : types.keySet()) {
                out.append(cell(row.get(type)));
            }
            out.append("</tr>\n");
        });
        out.append("</table>\n");
    }

    private static String cell(@org.jspecify.annotations.Nullable RecordedAnswers answers) {
        if (answers == null) {
            return "<td class=\"none\">&ndash;</td>";
        }
        int forward = answers.forwardPassed() + answers.forwardFailed();
        if (forward == 0) {
            return "<td class=\"none\">n/a " + answers.notApplicable() + "</td>";
        }
        int gradients = answers.gradientPassed() + answers.gradientFailed();
        return "<td class=\"" + (answers.passed() ? "passed" : "failed") + "\">" + answers.forwardPassed() + " / " + forward
                + (gradients == 0 ? "" : "; " + answers.gradientPassed() + " / " + gradients)
                + (answers.notApplicable() == 0 ? "" : ", n/a " + answers.notApplicable()) + "</td>";
    }

    private static void errors(StringBuilder out, ConformanceReport report) {
        if (!report.ulps().isEmpty()) {
            out.append("<h2>Largest errors in units in the last place</h2>\n<table><tr><th>operation</th><th>error</th></tr>\n");
            report.ulps().forEach((key, ulps) -> out.append("<tr><td>").append(text(key)).append("</td><td>")
                    .append(String.format(Locale.ROOT, "%.3f", ulps)).append("</td></tr>\n"));
            out.append("</table>\n");
        }
    }

    private static String text(String raw) {
        return raw.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
