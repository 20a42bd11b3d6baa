// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.tutorials;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CropYieldsTest {
    @TempDir
    private Path folder;

    /** The page prints its weights to four digits, from which its other figures follow to about as many. */
    @Test
    void comesToThePagesFigures() throws IOException {
        Runs.of(new CropYields(), folder, false)
                .figure("first prediction for apples", -110.2458, 0.01)
                .figure("loss at the start", 28446.8027, 2)
                .figure("first gradient of w", -17068.8770, 0.5)
                .figure("first gradient of b", -201.0826, 0.01)
                .figure("first weight after one step", -1.6261, 1e-4)
                .figure("loss after one step", 19416.9238, 2)
                .figure("loss after 101 steps", 244.4488, 0.05)
                .figure("prediction after 101 steps", 54.5130, 0.005)
                .figure("loss of the layer at the start", 12648.0908, 2)
                .below("loss of the layer at the end", 60);
    }
}
