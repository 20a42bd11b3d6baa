// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.Ashlar;
import dev.ashlar.Tensor;
import dev.ashlar.io.TrainingState;
import dev.ashlar.nn.Linear;
import dev.ashlar.nn.MSELoss;
import dev.ashlar.nn.Parameter;
import dev.ashlar.nn.Sequential;
import dev.ashlar.nn.Tanh;
import dev.ashlar.optim.ASGD;
import dev.ashlar.optim.Adadelta;
import dev.ashlar.optim.Adafactor;
import dev.ashlar.optim.Adagrad;
import dev.ashlar.optim.Adam;
import dev.ashlar.optim.AdamW;
import dev.ashlar.optim.Adamax;
import dev.ashlar.optim.LBFGS;
import dev.ashlar.optim.Muon;
import dev.ashlar.optim.NAdam;
import dev.ashlar.optim.Optimizer;
import dev.ashlar.optim.RAdam;
import dev.ashlar.optim.RMSprop;
import dev.ashlar.optim.Rprop;
import dev.ashlar.optim.SGD;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every optimizer goes on to the bit from a file, with all that it remembers. */
class OptimizerResumptionTest {
    @TempDir
    private Path folder;

    private static Arguments named(String name, Function<List<Parameter>, Optimizer> optimizer) {
        return Arguments.of(name, optimizer);
    }

    static Stream<Arguments> optimizers() {
        return Stream.of(
                named("SGD", parameters -> new SGD(parameters, 0.05).momentum(0.9).nesterov(true)),
                named("Adam", parameters -> new Adam(parameters, 0.05).amsgrad(true)),
                named("AdamW", AdamW::new),
                named("NAdam", NAdam::new),
                named("RAdam", RAdam::new),
                named("Adamax", Adamax::new),
                named("Adagrad", Adagrad::new),
                named("Adadelta", Adadelta::new),
                named("Adafactor", Adafactor::new),
                named("RMSprop", parameters -> new RMSprop(parameters).centered(true).momentum(0.5)),
                named("Rprop", Rprop::new),
                named("ASGD", ASGD::new),
                named("LBFGS", LBFGS::new),
                named("Muon", Muon::new));
    }

    private static void train(Sequential model, Optimizer optimizer, int steps) {
        Tensor x = Tensor.linspace(-1, 1, 24).reshape(6, 4);
        Tensor y = x.square().sum(1).unsqueeze(1);
        for (int i = 0; i < steps; i++) {
            optimizer.step(() -> {
                optimizer.zeroGrad();
                Tensor loss = new MSELoss().forward(model.forward(x), y);
                loss.backward();
                return loss;
            });
        }
    }

    private static float[][] weights(Sequential model) {
        return model.stateDict().values().stream().map(Tensor::toFloatArray).toArray(float[][]::new);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("optimizers")
    void goesOnToTheBit(String name, Function<List<Parameter>, Optimizer> make) {
        Path file = folder.resolve(name);
        Ashlar.seed(8);
        // Weights alone: some optimizers take matrices only.
        var model = new Sequential(new Linear(4, 6, false), new Tanh(), new Linear(6, 1, false));
        var optimizer = make.apply(model.parameters());
        train(model, optimizer, 3);
        new TrainingState(model, optimizer).save(file);
        float[][] saved = weights(model);
        train(model, optimizer, 3);

        var resumed = new Sequential(new Linear(4, 6, false), new Tanh(), new Linear(6, 1, false));
        var resumedOptimizer = make.apply(resumed.parameters());
        train(resumed, resumedOptimizer, 1);
        new TrainingState(resumed, resumedOptimizer).load(file);
        assertThat(weights(resumed)).isDeepEqualTo(saved);
        train(resumed, resumedOptimizer, 3);
        assertThat(weights(resumed)).isDeepEqualTo(weights(model));
        assertThat(Arrays.deepEquals(weights(model), saved)).as("the optimizer changed nothing").isFalse();
    }
}
