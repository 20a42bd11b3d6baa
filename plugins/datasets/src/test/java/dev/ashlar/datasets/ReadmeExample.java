// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.datasets;

import dev.ashlar.Tensor;
import dev.ashlar.data.Batch;
import dev.ashlar.data.DataLoader;
import dev.ashlar.data.TensorDataset;
import dev.ashlar.type.DType;
import java.util.Locale;

/** The example of this module's README, which shows the lines between the marks. */
final class ReadmeExample {
    private ReadmeExample() {}

    static String run() {
        // begin
        var data = Synthetic.makeRegression().nSamples(500).nFeatures(1).noise(10).randomState(0).make();
        var rows = new TrainTestSplit().testSize(0.2).randomState(42).of(500);
        var line = new LinearRegression().fit(data.x().rows(rows.train()), data.y().rows(rows.train()));
        double yardstick = line.score(data.x().rows(rows.test()), data.y().rows(rows.test()));

        var scaler = new StandardScaler().fit(data.x().rows(rows.train()));
        Tensor x = scaler.transform(data.x()).toTensor().to(DType.FLOAT32);
        Tensor y = data.y().toTensor().to(DType.FLOAT32);
        var training = new TensorDataset(rows.train(x), rows.train(y));
        for (Batch batch : new DataLoader(training).batchSize(50).shuffle(true)) {
            // batch.get(0) has shape [50, 1], and so has batch.get(1)
        }
        // end
        return String.format(Locale.ROOT, "%.4f", yardstick);
    }
}
