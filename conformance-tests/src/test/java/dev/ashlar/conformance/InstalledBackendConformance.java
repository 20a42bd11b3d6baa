// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance;

import dev.ashlar.spi.BackendProvider;
import dev.ashlar.spi.Probe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;

/** Runs the suite on a backend of this project and leaves one line about it in {@code target/conformance}. */
abstract class InstalledBackendConformance extends BackendConformance {
    private static final Path FOLDER = Path.of("target", "conformance");

    private final String name;

    InstalledBackendConformance(String name) {
        this.name = name;
    }

    @Override
    protected final BackendProvider provider() {
        return Providers.named(name);
    }

    @BeforeEach
    final void saysWhyItIsSkipped() {
        if (provider().probe() instanceof Probe.Unavailable unavailable) {
            write("conformance " + name + ": skipped, " + unavailable.reason() + "; " + unavailable.remedy());
        }
    }

    @Override
    protected final void finished(ConformanceReport report) {
        write(report.summary());
    }

    private void write(String line) {
        System.getLogger(InstalledBackendConformance.class.getName()).log(System.Logger.Level.INFO, line);
        try {
            Files.createDirectories(FOLDER);
            Files.writeString(FOLDER.resolve("summary-" + name + ".txt"), line + System.lineSeparator());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
