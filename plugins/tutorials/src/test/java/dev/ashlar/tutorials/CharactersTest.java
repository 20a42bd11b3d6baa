// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.tutorials;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.io.Checkpoint;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CharactersTest {
    @TempDir
    private Path folder;

    /** A guess without any knowledge costs log 65 = 4.17 nats; that of how often characters come 3.3. */
    @Test
    void knowsMoreThanNothingAfterAShortTraining() throws IOException {
        Runs run = Runs.of(new Characters(), folder, true)
                .printed("1115394 characters, 65 different ones", "818241 parameters", "ROMEO:")
                .below("validation loss, nats per character", 3.5);
        assertThat(run.text().indexOf("== What it writes ==")).isPositive();
        assertThat(Checkpoint.read(folder.resolve("characters.safetensors")).metadata().get("alphabet")).hasSize(65);
    }
}
