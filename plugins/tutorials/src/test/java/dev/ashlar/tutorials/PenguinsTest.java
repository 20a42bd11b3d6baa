// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.tutorials;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PenguinsTest {
    @TempDir
    private Path folder;

    /** The page prints its weights to four digits; Rprop goes by the signs of gradients, so that its results hardly depend on the fifth. */
    @Test
    void comesToThePagesFigures() throws IOException {
        Runs.of(new Penguins(), folder, false)
                .figure("slope in closed form", 50.1533, 1e-4)
                .figure("loss in closed form", 153790, 1)
                .below("loss of five ReLUs by L-BFGS", 142_000)
                .figure("loss of the linear layer", 154_350, 100)
                .figure("second weight without scaling", 3.6961, 0.01)
                .figure("second bias without scaling", -404.86, 0.1)
                .figure("second weight of the output", 6.5800, 0.02)
                .figure("bias of the output", -405.0275, 0.1)
                .figure("loss without scaling", 153790, 50)
                .figure("model(200) before training", 4015.9004, 0.1)
                .figure("loss with scaling", 139_000, 1000)
                .figure("accuracy of the species", 0.97, 0.02)
                .printed("344 rows, of which 333 have all values", "(0): AddConstant(-200)", "(1): MultiplyByConstant(0.1)",
                        "(step2): ReLU()");
    }
}
