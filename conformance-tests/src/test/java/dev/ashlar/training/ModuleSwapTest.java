// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ashlar.Ashlar;
import dev.ashlar.Device;
import dev.ashlar.Tensor;
import dev.ashlar.nn.BatchNorm1d;
import dev.ashlar.nn.ConcreteModule;
import dev.ashlar.nn.Conv1d;
import dev.ashlar.nn.Embedding;
import dev.ashlar.nn.GRU;
import dev.ashlar.nn.LayerNorm;
import dev.ashlar.nn.Linear;
import dev.ashlar.nn.ModuleDict;
import dev.ashlar.nn.ModuleList;
import dev.ashlar.nn.MultiheadAttention;
import dev.ashlar.nn.Parameter;
import dev.ashlar.nn.ParameterList;
import dev.ashlar.nn.Parametrizations;
import dev.ashlar.nn.Utils;
import dev.ashlar.optim.Adam;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A model of every kind of module goes on training where it was when it moves to another backend between two steps. */
final class ModuleSwapTest {
    private static final class Everything extends ConcreteModule<Everything> {
        private final Embedding table = register("table", new Embedding(7, 6));
        private final ParameterList scales = register("scales", new ParameterList(Tensor.ones(6), Tensor.ones(4)));
        private final Conv1d convolution = register("convolution", Parametrizations.weightNorm(new Conv1d(6, 4, 3, 1, 1)));
        private final BatchNorm1d norm = register("norm", new BatchNorm1d(4));
        private final GRU recurrence = register("recurrence", new GRU(4, 4));
        private final ModuleDict<MultiheadAttention> attention = register("attention", new ModuleDict<>());
        private final ModuleList<Linear> layers = register("layers", new ModuleList<>(new Linear(4, 4), new Linear(4, 1)));
        private final LayerNorm last = register("last", new LayerNorm(4));

        Everything() {
            attention.put("self", new MultiheadAttention(4, 2));
            Parametrizations.spectralNorm(layers.get(0));
        }

        Tensor forward(Tensor numbers) {
            Tensor x = table.forward(numbers).mul(scales.get(0).tensor());
            x = norm.forward(convolution.forward(x.transpose(1, 2))).relu().permute(2, 0, 1);
            x = recurrence.forward(x).output().mul(scales.get(1).tensor());
            x = attention.get("self").forward(x, x, x).output();
            for (int i = 0; i < layers.size(); i++) {
                x = i == 0 ? last.forward(layers.get(i).forward(x)).dropout(0.1, isTraining()) : layers.get(i).forward(x);
            }
            return x.sum(0).squeeze();
        }
    }

    @AfterEach
    void usualDevice() {
        Ashlar.setDefaultDevice(Device.of("java"));
    }

    /** Returns the losses of a training that changes to the other device, and back, or does not. */
    private static List<Double> losses(boolean swapping) {
        Ashlar.seed(11);
        Everything model = new Everything();
        Adam optimizer = new Adam(model.parameters(), 0.02);
        Tensor numbers = Tensor.of(new long[] {0, 1, 2, 3, 4, 5, 6, 5, 4, 3, 2, 1, 0, 2, 4, 6, 1, 3, 5, 0}, 4, 5);
        Tensor wanted = Tensor.of(new float[] {1, -1, 0.5f, -0.5f});
        List<Double> losses = new ArrayList<>();
        for (int step = 0; step < 24; step++) {
            if (swapping && step % 8 == 4) {
                Device device = Device.of(step % 16 == 4 ? "minimal" : "java");
                Ashlar.setDefaultDevice(device);
                model.to(device);
                optimizer.to(device);
                numbers = numbers.to(device);
                wanted = wanted.to(device);
                assertThat(model.stateDict().values()).allMatch(tensor -> tensor.device().equals(device));
            }
            optimizer.zeroGrad();
            Tensor loss = model.forward(numbers).sub(wanted).square().mean();
            loss.backward();
            Utils.clipGradNorm(model.parameters(), 5);
            optimizer.step();
            losses.add(loss.item());
        }
        assertThat(model.parameters()).allMatch(Parameter::requiresGrad);
        return losses;
    }

    @Test
    void trainingGoesOnElsewhere() {
        List<Double> unbroken = losses(false);
        List<Double> swapped = losses(true);
        assertThat(unbroken.getLast()).isLessThan(unbroken.getFirst() / 4);
        for (int step = 0; step < unbroken.size(); step++) {
            assertThat(swapped.get(step)).as("step " + step).isCloseTo(unbroken.get(step), within(1e-3 * (1 + unbroken.get(step))));
        }
    }
}
