// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.tutorials;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pages show Java that is compiled, and pictures and classes that are there. */
class PagesTest {
    private static final Path SOURCES = Path.of("src/main/java/dev/ashlar/tutorials");
    private static final Pattern JAVA = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("]\\(([^)#]+)\\)");

    static List<Path> pages() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(""))) {
            return files.filter(file -> file.toString().endsWith(".md")).toList();
        }
    }

    /** Without indentation: a page shows a method as if it stood alone. */
    private static String flush(String code) {
        return code.lines().map(String::strip).collect(Collectors.joining("\n"));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void theJavaIsCompiled(Path page) throws IOException {
        String text = Files.readString(page);
        StringBuilder sources = new StringBuilder();
        Matcher link = LINK.matcher(text);
        while (link.find()) {
            Path target = Path.of(link.group(1));
            if (target.startsWith(SOURCES)) {
                sources.append(flush(Files.readString(target))).append('\n');
            }
        }
        Matcher block = JAVA.matcher(text);
        while (block.find()) {
            assertThat(sources.toString()).contains(flush(block.group(1)));
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void linksLeadSomewhere(Path page) throws IOException {
        Matcher link = LINK.matcher(Files.readString(page));
        while (link.find()) {
            if (!link.group(1).startsWith("https://")) {
                assertThat(Path.of(link.group(1))).as("link of %s", page).exists();
            }
        }
    }

    @Test
    void everyTutorialIsInTheIndex() throws IOException {
        String index = Files.readString(Path.of("README.md"));
        assertThat(Tutorials.all()).allSatisfy(tutorial -> assertThat(index).contains("`" + tutorial.name() + "`"));
    }
}
