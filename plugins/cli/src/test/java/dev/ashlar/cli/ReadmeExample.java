// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.cli;

import dev.ashlar.Device;
import dev.ashlar.Tensor;
import dev.ashlar.nn.Linear;
import dev.ashlar.nn.MSELoss;
import dev.ashlar.nn.Sequential;
import dev.ashlar.nn.Tanh;
import dev.ashlar.optim.Adam;

/** The example of the project's README, which shows the lines between the marks. */
final class ReadmeExample {
    private ReadmeExample() {}

    static double run() {
        // begin
        Device device = Device.best();
        Tensor x = Tensor.linspace(-3, 3, 256).reshape(256, 1).to(device);
        Tensor y = x.sin();
        var model = new Sequential(new Linear(1, 32), new Tanh(), new Linear(32, 1)).to(device);
        var optimizer = new Adam(model.parameters(), 0.01);
        for (int step = 0; step < 1000; step++) {
            optimizer.zeroGrad();
            new MSELoss().forward(model.forward(x), y).backward();
            optimizer.step();
        }
        double sineOf1 = model.forward(Tensor.of(1f).to(device)).item();
        // end
        return sineOf1;
    }
}
