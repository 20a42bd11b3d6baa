// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The example of the README is compiled, and gives what scikit-learn gives. */
class ReadmeTest {
    @Test
    void showsTheLinesThatAreCompiled() throws IOException {
        String source = Files.readString(Path.of("src/test/java/dev/ashlar/datasets/ReadmeExample.java"));
        String lines = source.substring(source.indexOf("// begin\n") + "// begin\n".length(), source.indexOf("        // end"));
        assertThat(Files.readString(Path.of("README.md"))).contains(lines.stripTrailing().stripIndent());
    }

    @Test
    void theYardstickIsThatOfScikitLearn() {
        assertThat(ReadmeExample.run()).isEqualTo("0.9613");
    }
}
