// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TutorialCommandTest {
    @TempDir
    private Path folder;

    @Test
    void listsThem() {
        String alone = Cli.run("tutorial").succeeded().out();
        assertThat(alone.lines()).anyMatch(line -> line.startsWith("crops "));
        assertThat(Cli.run("tutorial", "--list").succeeded().out()).isEqualTo(alone);
    }

    @Test
    void runsOneAndLeavesItsPictures() {
        Path out = folder.resolve("deep").resolve("out");
        Cli.Result result = Cli.run("tutorial", "crops", "--device", "java", "--out", out).succeeded();
        assertThat(result.out()).contains("on java:0", "== Figures ==", "28446.8027", "crops-loss.svg");
        assertThat(result.err()).isEmpty();
        assertThat(out).isDirectoryContaining("glob:**/crops-loss.png").isDirectoryContaining("glob:**/crops-loss.svg");
    }

    @Test
    void wrongInputLeavesNothing() throws IOException {
        Path out = folder.resolve("out");
        assertThat(Cli.run("tutorial", "corps", "--out", out).failed(2)).contains("'corps'", "crops");
        assertThat(Cli.run("tutorial", "crops", "--device", "abacus", "--out", out).failed(2)).contains("'abacus'");
        assertThat(out).doesNotExist();
        Path taken = Files.writeString(folder.resolve("taken"), "mine");
        assertThat(Cli.run("tutorial", "crops", "--device", "java", "--out", taken).failed(2)).contains("[tutorial]", "taken is a file");
        assertThat(taken).hasContent("mine");
    }
}
