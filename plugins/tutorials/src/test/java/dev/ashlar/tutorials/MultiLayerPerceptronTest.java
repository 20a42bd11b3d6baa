// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.tutorials;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MultiLayerPerceptronTest {
    @TempDir
    private Path folder;

    /** The losses are PyTorch's with the same seed, the data numpy's. 500 epochs instead of the page's 50,000. */
    @Test
    void comesToWhatPyTorchComesTo() throws IOException {
        Runs.of(new MultiLayerPerceptron(), folder, true)
                .figure("first x of the data", -1.25459881, 1e-8)
                .figure("first y of the data", -17.45526675, 1e-8)
                .figure("first x of the first batch", 4.8689, 1e-4)
                .figure("loss after the first epoch", 13461.6989, 0.1)
                .figure("loss after the last epoch", 9618.4020, 1)
                .below("loss of XOR", 1e-3)
                .printed("(activation_input): ReLU()", "3 x: tensor([-2.0786, -1.7467, -1.8902, -0.6805,");
    }
}
