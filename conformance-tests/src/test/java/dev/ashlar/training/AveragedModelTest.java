// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ashlar.Tensor;
import dev.ashlar.autograd.Autograd;
import dev.ashlar.nn.BatchNorm1d;
import dev.ashlar.nn.Layer;
import dev.ashlar.nn.Linear;
import dev.ashlar.nn.Sequential;
import dev.ashlar.optim.AveragedModel;
import dev.ashlar.optim.SwaUtils;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Averaged weights beside the means of the numbers. */
class AveragedModelTest {
    private static final double[] VALUES = {1, 2, 4, -3};

    private static Linear filled(double value) {
        Linear linear = new Linear(1, 1);
        set(linear, value);
        return linear;
    }

    private static void set(Linear linear, double value) {
        try (var _ = Autograd.noGrad()) {
            linear.parameters().forEach(parameter -> parameter.tensor().fill(value));
        }
    }

    private static double weight(Linear linear) {
        return linear.parameters().getFirst().tensor().item();
    }

    @Test
    void isTheMeanOfAllModels() {
        Linear model = filled(7);
        AveragedModel<Linear> averaged = new AveragedModel<>(model, new Linear(1, 1));
        assertThat(weight(averaged.module())).isEqualTo(7);
        double sum = 0;
        for (int i = 0; i < VALUES.length; i++) {
            set(model, VALUES[i]);
            averaged.updateParameters(model);
            sum += VALUES[i];
            assertThat(weight(averaged.module())).isCloseTo(sum / (i + 1), within(1e-6));
        }
        assertThat(averaged.stateDict().keySet()).containsExactlyInAnyOrder("n_averaged", "module.weight", "module.bias");
        assertThat(averaged.stateDict().get("n_averaged").item()).isEqualTo(VALUES.length);
        assertThat(averaged.forward(Tensor.of(2f)).item()).isCloseTo(3, within(1e-6));
    }

    @Test
    void forgetsExponentially() {
        Linear model = filled(7);
        AveragedModel<Linear> averaged = new AveragedModel<>(model, new Linear(1, 1), SwaUtils.getEmaAvgFn(0.75), true);
        double mean = VALUES[0];
        for (double value : VALUES) {
            set(model, value);
            averaged.updateParameters(model);
            mean = 0.75 * mean + 0.25 * value;
        }
        assertThat(weight(averaged.module())).isCloseTo(mean, within(1e-6));
        assertThat(weight(model)).isEqualTo(-3);
    }

    @Test
    void goesOnFromItsState() {
        Linear model = filled(1);
        AveragedModel<Linear> first = new AveragedModel<>(model, new Linear(1, 1));
        first.updateParameters(model);
        AveragedModel<Linear> second = new AveragedModel<>(model, new Linear(1, 1));
        second.loadStateDict(first.stateDict());
        set(model, 4);
        second.updateParameters(model);
        assertThat(weight(second.module())).isCloseTo(2.5, within(1e-6));
    }

    @Test
    void renewsRunningStatistics() {
        BatchNorm1d norm = new BatchNorm1d(1);
        Layer model = new Sequential(norm).eval();
        SwaUtils.updateBn(List.of(Tensor.of(new float[] {0, 2}, 2, 1), Tensor.of(new float[] {4, 8}, 2, 1)), model);
        assertThat(norm.runningMean().item()).isCloseTo((1 + 6) / 2.0, within(1e-6));
        assertThat(norm.runningVar().item()).isCloseTo((2 + 8) / 2.0, within(1e-5));
        assertThat(model.isTraining()).isFalse();
        norm.train();
        norm.forward(Tensor.of(new float[] {1, 1}, 2, 1));
        assertThat(norm.runningMean().item()).as("the momentum is back").isCloseTo(0.9 * 3.5 + 0.1, within(1e-6));
    }

    @Test
    void refusesWhatMakesNoSense() {
        Linear model = filled(1);
        assertThatThrownBy(() -> new AveragedModel<>(model, model)).hasMessageContaining("two models");
        assertThatThrownBy(() -> SwaUtils.getEmaAvgFn(1.5)).hasMessageContaining("from 0 to 1");
        assertThatThrownBy(() -> new AveragedModel<>(model, new Linear(1, 1)).updateParameters(new Sequential()))
                .hasMessageContaining("2 parameters");
    }
}
