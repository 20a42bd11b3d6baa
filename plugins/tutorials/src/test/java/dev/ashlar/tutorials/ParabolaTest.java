// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.tutorials;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParabolaTest {
    @TempDir
    private Path folder;

    /** 39.8141 and 2.14585 are what PyTorch comes to with the same seed. The large network is chaotic, and cut short here. */
    @Test
    void comesToWhatPyTorchComesTo() throws IOException {
        Runs.of(new Parabola(), folder, true)
                .figure("second x", -4.8990, 1e-4)
                .figure("MSE of one hidden node", 39.8141, 1e-3)
                .figure("MSE of the right fit", 2.14585, 1e-3)
                .below("MSE of the network that is too large", 65)
                .printed("tensor([[24.8532],", "(hidden_4): Linear(in_features=512, out_features=64, bias=True)");
    }
}
