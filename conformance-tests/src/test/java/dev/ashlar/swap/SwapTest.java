// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.swap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.Ashlar;
import dev.ashlar.Device;
import dev.ashlar.Scope;
import dev.ashlar.Tensor;
import dev.ashlar.autograd.Autograd;
import dev.ashlar.nn.Linear;
import dev.ashlar.nn.MSELoss;
import dev.ashlar.nn.Parameter;
import dev.ashlar.nn.Sequential;
import dev.ashlar.nn.Tanh;
import dev.ashlar.optim.Adam;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A live training moves to another backend and goes on as if nothing had happened. */
class SwapTest {
    private static final int STEPS = 100;
    private static final int SWAP_AT = 50;

    private static boolean exists(String name) {
        List<String> names = Device.all().stream().map(Device::name).toList();
        return names.contains(name);
    }

    /**
     * @param perturbation relative change of the initial weights
     * @return the loss of each step
     */
    private static double[] train(String first, String second, double perturbation) {
        Ashlar.seed(11);
        Device device = Device.of(first);
        Tensor x = Tensor.linspace(-2, 2, 64).reshape(64, 1);
        Tensor y = x.mul(2.0).sin().add(x.mul(0.5));
        var model = new Sequential(new Linear(1, 16), new Tanh(), new Linear(16, 16), new Tanh(), new Linear(16, 1)).to(device);
        if (perturbation != 0) {
            try (Scope _ = Autograd.noGrad()) {
                for (Parameter parameter : model.parameters()) {
                    parameter.tensor().mulAssign(1 + perturbation);
                }
            }
        }
        Tensor input = x.to(device);
        Tensor target = y.to(device);
        var optimizer = new Adam(model.parameters(), 0.01);
        var lossFunction = new MSELoss();
        double[] losses = new double[STEPS];
        for (int step = 0; step < STEPS; step++) {
            if (step == SWAP_AT && !second.equals(first)) {
                Device other = Device.of(second);
                model.to(other);
                optimizer.to(other);
                input = input.to(other);
                target = target.to(other);
            }
            optimizer.zeroGrad();
            Tensor loss = lossFunction.forward(model.forward(input), target);
            loss.backward();
            optimizer.step();
            losses[step] = loss.item();
        }
        return losses;
    }

    private static double largestDifference(double[] a, double[] b) {
        double largest = 0;
        for (int i = SWAP_AT; i < STEPS; i++) {
            largest = Math.max(largest, Math.abs(a[i] - b[i]) / Math.abs(b[i]));
        }
        return largest;
    }

    @ParameterizedTest(name = "{0} to {1}")
    @CsvSource({"java:0, opencl:0", "opencl:0, java:0", "java:0, minimal:0"})
    void theLossGoesOnAsInAnUnbrokenRun(String first, String second) {
        Assumptions.assumeTrue(exists(first) && exists(second), () -> "needs " + first + " and " + second + "; " + Ashlar.diagnose());
        double[] unbroken = train(first, first, 0);
        double sensitivity = largestDifference(train(first, first, 1e-7), unbroken);
        assertThat(sensitivity).as("sensitivity of the model itself").isLessThan(2e-5);
        double[] moved = train(first, second, 0);
        assertThat(moved[SWAP_AT - 1]).isEqualTo(unbroken[SWAP_AT - 1]);
        assertThat(largestDifference(moved, unbroken)).isLessThan(1e-4);
        assertThat(moved[STEPS - 1]).isLessThan(moved[0] / 2);
    }
}
