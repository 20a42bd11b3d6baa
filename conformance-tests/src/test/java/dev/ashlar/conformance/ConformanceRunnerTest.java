// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ashlar.type.DeviceNotFoundException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

final class ConformanceRunnerTest {
    @TempDir
    private Path folder;

    @Test
    void printsATableAndWritesReports() throws Exception {
        StringWriter out = new StringWriter();
        ConformanceReport report = ConformanceRunner.forBackend("minimal").only("NUM-0*").seed(5).reports(folder.resolve("new"))
                .run(new PrintWriter(out));
        assertThat(report.passed()).isTrue();
        assertThat(out.toString()).contains("NUM-01").contains("exp float32").contains("seed 5")
                .endsWith(report.counts() + System.lineSeparator());
        assertThat(report.ulps().get("exp float32")).isBetween(0.0, 3.0);
        assertThat(folder.resolve("new/conformance.html")).content().contains("<title>Conformance of minimal</title>", "NUM-01");
        JsonNode json = new ObjectMapper().readTree(folder.resolve("new/conformance.json").toFile());
        assertThat(json.path("passed").asLong()).isEqualTo(report.count(TestResult.Status.PASSED));
        assertThat(json.path("results")).hasSize(report.results().size());
        Element xml = DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(Files.newInputStream(folder.resolve("new/conformance.xml"))).getDocumentElement();
        assertThat(xml.getAttribute("failures")).isEqualTo("0");
        assertThat(xml.getElementsByTagName("testcase").getLength()).isEqualTo(report.results().size());
    }

    @Test
    void choosesTests() {
        assertThat(ConformanceRunner.forBackend("minimal:0").only("add(float32,*)").run(result -> {}).results())
                .extracting(TestResult::label).contains("add(float32,float32)").allSatisfy(label -> assertThat(label).startsWith("add("));
        assertThat(ConformanceRunner.forBackend("minimal").only("GRP-04 group(params)").run(result -> {}).results()).hasSize(1);
        assertThat(ConformanceRunner.forBackend("minimal").profiles(Set.of(Profile.DTYPES)).only("CAP*").run(result -> {}).results())
                .extracting(TestResult::rule).containsExactly("CAP-07");
    }

    @Test
    void runningNothingIsNotPassing() {
        assertThat(ConformanceRunner.forBackend("minimal").only("nothing").run(result -> {}).passed()).isFalse();
    }

    @Test
    void unknownBackendsAndDevicesAreNamed() {
        assertThatThrownBy(() -> ConformanceRunner.forBackend("nosuch")).isInstanceOf(DeviceNotFoundException.class)
                .hasMessageContaining("minimal").hasMessageContaining("'nosuch'");
        assertThatThrownBy(() -> ConformanceRunner.forBackend("minimal:x")).isInstanceOf(DeviceNotFoundException.class)
                .hasMessageContaining("minimal:0");
        assertThatThrownBy(() -> ConformanceRunner.forBackend("minimal:7").run(result -> {})).isInstanceOf(DeviceNotFoundException.class)
                .hasMessageContaining("got 7");
    }
}
