// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ashlar.Ashlar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReadmeTest {
    @Test
    void theReadmeShowsTheLinesThatAreCompiled() throws IOException {
        String source = Files.readString(Path.of("src/test/java/dev/ashlar/cli/ReadmeExample.java"));
        String lines = between(source, "// begin\n", "        // end").stripTrailing().stripIndent();
        String readme = Files.readString(Path.of("../../README.md"));
        String block = between(readme, "```java\n", "```");
        assertThat(block).contains(lines);
        for (String line : source.lines().filter(line -> line.startsWith("import ")).toList()) {
            assertThat(block).contains(line);
        }
    }

    @Test
    void theExampleLearnsTheSine() {
        Ashlar.seed(123);
        assertThat(ReadmeExample.run()).isCloseTo(Math.sin(1), within(0.05));
    }

    private static String between(String text, String from, String to) {
        int start = text.indexOf(from);
        assertThat(start).as("position of %s", from).isNotNegative();
        int begin = start + from.length();
        int end = text.indexOf(to, begin);
        assertThat(end).as("position of %s", to).isNotNegative();
        return text.substring(begin, end);
    }
}
