// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.tutorials;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DigitsTest {
    @TempDir
    private Path folder;

    /** Two epochs of ten read nine digits of ten. */
    @Test
    void readsMostDigitsAfterAShortTraining() throws IOException {
        Runs run = Runs.of(new Digits(), folder, true)
                .printed("3823 pictures to learn from, 1797 to test on", "The first one is a 0:", "62506 parameters")
                .below("loss of the last epoch", 0.5);
        assertThat(run.figures().get("test accuracy")).isGreaterThan(0.9);
        assertThat(folder.resolve("digits.safetensors")).isNotEmptyFile();
        assertThat(folder.resolve("digits-confusion.png")).isNotEmptyFile();
        assertThat(ImageIO.read(folder.resolve("digits-misread.png").toFile()).getHeight()).isGreaterThan(200);
    }
}
