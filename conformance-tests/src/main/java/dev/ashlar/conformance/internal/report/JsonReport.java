// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ashlar.conformance.ConformanceReport;
import dev.ashlar.conformance.RecordedAnswers;
import dev.ashlar.conformance.TestResult;
import dev.ashlar.conformance.TestResult.Status;
import dev.ashlar.spi.SpecVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** The report for programs. */
public final class JsonReport {
    private JsonReport() {}

    public static void write(ConformanceReport report, Path file) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode root = mapper.createObjectNode();
        root.put("backend", report.backend());
        root.put("device", report.device().name());
        root.put("vendor", report.device().vendor());
        root.put("driver", report.device().driver());
        root.put("jdk", Runtime.version().toString());
        root.put("spec", SpecVersion.CURRENT.toString());
        root.put("seed", report.seed());
        ArrayNode profiles = root.putArray("profiles");
        report.profiles().forEach(profile -> profiles.add(profile.name()));
        root.put("passed", report.count(Status.PASSED));
        root.put("failed", report.count(Status.FAILED));
        root.put("notApplicable", report.count(Status.NOT_APPLICABLE));
        root.put("deviations", report.count(Status.DEVIATION));
        root.put("comparisons", report.comparisons());
        root.put("seconds", report.seconds());
        ObjectNode ulps = root.putObject("ulps");
        report.ulps().forEach(ulps::put);
        ArrayNode recorded = root.putArray("recorded");
        for (RecordedAnswers answers : report.recorded()) {
            ObjectNode node = recorded.addObject();
            node.put("operation", answers.operation());
            node.put("type", answers.type().label());
            node.put("forwardPassed", answers.forwardPassed());
            node.put("forwardFailed", answers.forwardFailed());
            node.put("gradientPassed", answers.gradientPassed());
            node.put("gradientFailed", answers.gradientFailed());
            node.put("notApplicable", answers.notApplicable());
        }
        ArrayNode results = root.putArray("results");
        for (TestResult result : report.results()) {
            ObjectNode node = results.addObject();
            node.put("rule", result.rule());
            node.put("kind", result.kind());
            node.put("case", result.label());
            node.put("status", result.status().name().toLowerCase(Locale.ROOT));
            node.put("seconds", result.seconds());
            if (!result.message().isEmpty()) {
                node.put("message", result.message());
                node.put("repeat", result.repeat());
            }
        }
        mapper.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), root);
    }
}
