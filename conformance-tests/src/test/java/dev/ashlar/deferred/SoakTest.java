// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.deferred;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.Ashlar;
import dev.ashlar.Device;
import dev.ashlar.MemoryReport;
import dev.ashlar.Tensor;
import dev.ashlar.nn.Linear;
import dev.ashlar.nn.MSELoss;
import dev.ashlar.nn.ReLU;
import dev.ashlar.nn.Sequential;
import dev.ashlar.optim.Adam;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A training with a freshly uploaded batch in each step, some of whose predictions are kept, runs in constant memory and leaks nothing.
 * {@code -Dashlar.soak.steps=100000} with a 64 MB heap is the long form.
 */
class SoakTest {
    private static final int STEPS = Integer.getInteger("ashlar.soak.steps", 2000);

    @ParameterizedTest
    @CsvSource({"java:0, false", "java:0, true", "opencl:0, false", "opencl:0, true"})
    void memoryStaysFlat(String name, boolean keepsPredictions) throws InterruptedException {
        boolean exists = Device.all().stream().anyMatch(candidate -> candidate.name().equals(name));
        Assumptions.assumeTrue(exists, () -> "needs " + name + "; " + Ashlar.diagnose());
        Device device = Device.of(name);
        settle(device);
        long before = device.memory().liveBuffers();
        long largest = train(device, keepsPredictions);
        MemoryReport after = settle(device);
        // Between two collections each step leaves a few small buffers behind; without any they would be six times the steps.
        assertThat(largest).isLessThan(before + 20_000);
        assertThat(after.leakedBuffers()).isZero();
        assertThat(after.liveBuffers()).as("%s after %s before", after, before).isLessThanOrEqualTo(before + after.internalBuffers());
    }

    private static long train(Device device, boolean keepsPredictions) {
        Ashlar.seed(4);
        var model = new Sequential(
                        new Linear(1, 10), new ReLU(), new Linear(10, 10), new ReLU(), new Linear(10, 10), new ReLU(), new Linear(10, 1))
                .to(device);
        var optimizer = new Adam(model.parameters(), 1e-3);
        var lossFunction = new MSELoss();
        Random random = new Random(1);
        Deque<Tensor> kept = new ArrayDeque<>();
        long largest = 0;
        double last = 0;
        for (int step = 1; step <= STEPS; step++) {
            float[] x = new float[25];
            float[] y = new float[25];
            for (int i = 0; i < x.length; i++) {
                x[i] = random.nextFloat() * 4 - 2;
                y[i] = (float) Math.sin(x[i]);
            }
            optimizer.zeroGrad();
            Tensor prediction = model.forward(Tensor.of(x, 25, 1).to(device));
            Tensor loss = lossFunction.forward(prediction, Tensor.of(y, 25, 1).to(device));
            loss.backward();
            optimizer.step();
            if (keepsPredictions) {
                kept.add(prediction);
                if (kept.size() > 10) {
                    kept.remove();
                }
            }
            if (step % 500 == 0) {
                last = loss.item();
                largest = Math.max(largest, device.memory().liveBuffers());
            }
        }
        assertThat(last).isLessThan(0.5);
        if (keepsPredictions) {
            assertThat(kept.getLast().toFloatArray()).hasSize(25);
        }
        return largest;
    }

    /** Lets unreachable tensors go and waits until their buffers are back. */
    private static MemoryReport settle(Device device) throws InterruptedException {
        MemoryReport report = device.memory();
        for (int i = 0; i < 50; i++) {
            System.gc();
            Thread.sleep(20);
            MemoryReport next = device.memory();
            if (i > 2 && next.liveBuffers() == report.liveBuffers()) {
                return next;
            }
            report = next;
        }
        return report;
    }
}
