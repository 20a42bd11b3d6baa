// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.tutorials;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LectureTest {
    @TempDir
    private Path folder;

    /**
     * The page's figures where it prints the weights that they come from. To PyTorch's with the same seed: the losses of lines, circles and
     * blobs. The three trainings of a thousand epochs are cut short.
     */
    @Test
    void comesToThePagesFigures() throws IOException {
        Runs.of(new Lecture(), folder, true)
                .figure("w.grad of three points", -9.3333, 1e-4)
                .figure("closed form w0", -0.77, 0.005)
                .figure("closed form w1", 45.50, 0.005)
                .figure("model(X_t[0]) before training", -0.0088, 1e-4)
                .figure("y_t[0]", 31.0760, 1e-4)
                .figure("trained w0", -0.78, 0.05)
                .figure("trained w1", 45.48, 0.05)
                .figure("w0 after 20 epochs more", -0.76, 0.05)
                .figure("w1 after 20 epochs more", 45.49, 0.05)
                .figure("three features, closed form w0", 0.43, 0.005)
                .figure("three features, closed form w1", 0.62, 0.005)
                .figure("three features, closed form w2", 55.99, 0.005)
                .figure("three features, closed form w3", 11.14, 0.005)
                .figure("parameters of the 1-3-1 net", 10, 0)
                .figure("loss of epoch 30", 93.3235, 1e-3)
                .figure("trained w0", -0.7961, 1e-3)
                .figure("trained w1", 45.4748, 1e-3)
                .figure("three features, trained w0", 0.474, 1e-3)
                .figure("three features, trained w1", 0.587, 1e-3)
                .figure("three features, trained w2", 55.934, 1e-3)
                .figure("three features, trained w3", 11.137, 1e-3)
                .figure("circles: loss of epoch 20", 0.0472, 1e-3)
                .figure("circles: logit at (0, 0)", 13.96, 0.1)
                .figure("circles: logit at (-1, -1)", -13.65, 0.1)
                .figure("blobs: loss of epoch 10", 0.0006, 1e-4)
                .figure("blobs: class at (-1, -1)", 1, 0)
                .figure("blobs: class at (0, 0)", 2, 0)
                .printed("w_0: -0.77 (bias/intercept)", "w_1: 45.50", "Total params: 10",
                        "closed form     0.43    0.62   55.99   11.14");
    }
}
