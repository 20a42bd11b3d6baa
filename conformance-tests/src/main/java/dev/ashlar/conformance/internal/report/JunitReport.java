// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.report;

import dev.ashlar.conformance.ConformanceReport;
import dev.ashlar.conformance.TestResult;
import dev.ashlar.conformance.TestResult.Status;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** The report for build servers: JUnit's XML. */
public final class JunitReport {
    private JunitReport() {}

    public static void write(ConformanceReport report, Path file) throws IOException {
        try (Writer writer = Files.newBufferedWriter(file)) {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(writer);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("testsuite");
            xml.writeAttribute("name", "conformance " + report.backend());
            xml.writeAttribute("tests", Integer.toString(report.results().size()));
            xml.writeAttribute("failures", Long.toString(report.count(Status.FAILED)));
            xml.writeAttribute("skipped", Long.toString(report.count(Status.NOT_APPLICABLE) + report.count(Status.DEVIATION)));
            xml.writeAttribute("time", String.format(Locale.ROOT, "%.3f", report.seconds()));
            for (TestResult result : report.results()) {
                test(xml, report.backend(), result);
            }
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IOException(e);
        }
    }

    private static void test(XMLStreamWriter xml, String backend, TestResult result) throws XMLStreamException {
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", "conformance." + backend + "." + result.rule());
        xml.writeAttribute("name", result.rule() + " " + result.kind() + " [" + result.label() + "]");
        xml.writeAttribute("time", String.format(Locale.ROOT, "%.3f", result.seconds()));
        if (result.status() != Status.PASSED) {
            xml.writeStartElement(result.status() == Status.FAILED ? "failure" : "skipped");
            xml.writeAttribute("message", result.message());
            if (result.status() == Status.FAILED) {
                xml.writeCharacters(result.message() + "\nrepeat: " + result.repeat());
            }
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }
}
