// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.Ashlar;
import dev.ashlar.Scope;
import dev.ashlar.Tensor;
import dev.ashlar.nn.BatchNorm1d;
import dev.ashlar.nn.ConcreteModule;
import dev.ashlar.nn.Conv2d;
import dev.ashlar.nn.Dropout;
import dev.ashlar.nn.Embedding;
import dev.ashlar.nn.Flatten;
import dev.ashlar.nn.LSTM;
import dev.ashlar.nn.Layer;
import dev.ashlar.nn.Linear;
import dev.ashlar.nn.MaxPool2d;
import dev.ashlar.nn.Parameter;
import dev.ashlar.nn.ReLU;
import dev.ashlar.nn.Sequential;
import dev.ashlar.nn.Sigmoid;
import dev.ashlar.nn.Summary;
import dev.ashlar.type.DType;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table of modules; layout and figures are those of torchsummary. */
final class SummaryTest {
    private static final class Regression extends ConcreteModule<Regression> implements Layer {
        private final Sequential main = register("main", new Sequential(new Linear(1, 3), new Sigmoid(), new Linear(3, 1)));

        @Override
        public Tensor forward(Tensor input) {
            return hooked(input, main::forward);
        }
    }

    private static final class Difference extends ConcreteModule<Difference> {
        private final Linear shared = register("left", new Linear(2, 3));
        private final Linear same = register("right", shared);

        Tensor forward(Tensor left, Tensor right) {
            return hooked(left, right, (a, b) -> shared.forward(a).sub(same.forward(b)));
        }
    }

    @Test
    void aSmallNet() {
        assertThat(Summary.of(new Regression(), 1)).hasToString("""
                ==========================================================================================
                Layer (type:depth-idx)                   Output Shape              Param #
                ==========================================================================================
                ├─Sequential: 1-1                        [-1, 1]                   --
                |    └─Linear: 2-1                       [-1, 3]                   6
                |    └─Sigmoid: 2-2                      [-1, 3]                   --
                |    └─Linear: 2-3                       [-1, 1]                   4
                ==========================================================================================
                Total params: 10
                Trainable params: 10
                Non-trainable params: 0
                Total mult-adds (M): 0.00
                ==========================================================================================
                Input size (MB): 0.00
                Forward/backward pass size (MB): 0.00
                Params size (MB): 0.00
                Estimated Total Size (MB): 0.00
                ==========================================================================================""");
        assertThat(Summary.of(new Regression()).toString(1)).isEqualTo("""
                =================================================================
                Layer (type:depth-idx)                   Param #
                =================================================================
                ├─Sequential: 1-1                        10
                =================================================================
                Total params: 10
                Trainable params: 10
                Non-trainable params: 0
                =================================================================""");
    }

    private static Sequential digits() {
        return new Sequential(new Conv2d(1, 10, 5), new MaxPool2d(2), new ReLU(), new Conv2d(10, 20, 5), new MaxPool2d(2), new ReLU(),
                new Flatten(), new Linear(320, 50), new BatchNorm1d(50), new Dropout(), new Linear(50, 10));
    }

    @Test
    void figuresByHand() {
        Sequential model = digits();
        model.get(10).freeze();
        Summary summary = Summary.of(model, 1, 28, 28);
        assertThat(summary.parameters()).isEqualTo(260 + 5_020 + 16_050 + 100 + 510);
        assertThat(summary.trainable()).isEqualTo(summary.parameters() - 510);
        assertThat(summary.multiplyAdds()).isEqualTo(250 * 24 * 24 + 5_000 * 8 * 8 + 16_000 + 50 + 500);
        assertThat(summary.inputBytes()).isEqualTo(4 * 28 * 28);
        assertThat(summary.passBytes()).isEqualTo(2 * 4 * (10 * 24 * 24 + 20 * 8 * 8 + 50 + 50 + 10));
        assertThat(summary.parameterBytes()).isEqualTo(4 * summary.parameters());
        assertThat(summary.toString()).contains("├─Conv2d: 1-4                            [-1, 20, 8, 8]            5,020\n")
                .contains("├─Linear: 1-11                           [-1, 10]                  (510)\n").contains("mult-adds (M): 0.48\n");
    }

    @Test
    void severalInputsAndOutputs() {
        Summary summary = Summary.of(new Difference(), model -> model.forward(Tensor.ones(7, 2), Tensor.ones(7, 2)));
        assertThat(summary.toString()).contains("├─Linear: 1-1                            [7, 3]                    9\n")
                .contains("├─Linear: 1-2                            [7, 3]                    (recursive)\n");
        assertThat(summary.parameters()).isEqualTo(9);
        assertThat(summary.inputBytes()).isEqualTo(2 * 4 * 14);
        Summary recurrent = Summary.of(new LSTM(3, 4), model -> model.forward(Tensor.ones(5, 2, 3)));
        assertThat(recurrent.rows().getFirst().output()).containsExactly(5L, 2L, 4L);
    }

    private static Map<String, String> state(Sequential model) {
        return model.stateDict().entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, entry -> java.util.Arrays.toString(
                entry.getValue().toByteArray()), (a, _) -> a, TreeMap::new));
    }

    @Test
    void changesNothing() {
        Sequential model = new Sequential(new Embedding(5, 4, null, 0.1, 2, false), new Flatten(), new BatchNorm1d(12), new Dropout(),
                new Linear(12, 1));
        model.get(2).eval();
        model.forward(Tensor.of(new long[] {1, 2, 3, 4, 1, 2}, 2, 3)).sum().backward();
        List<Tensor> gradients = model.parameters().stream().map(Parameter::gradOrNull).toList();
        Map<String, String> before = state(model);
        byte[] random = Ashlar.generator().getState();
        assertThat(Summary.of(model, DType.INT64, 3).rows().getLast().output()).containsExactly(-1L, 1L);
        assertThat(state(model)).isEqualTo(before);
        assertThat(Ashlar.generator().getState()).isEqualTo(random);
        assertThat(model.parameters().stream().map(Parameter::gradOrNull)).containsExactlyElementsOf(gradients);
        assertThat(model.namedModules().values()).allSatisfy(module ->
                assertThat(module.isTraining()).isEqualTo(module != model.get(2)));
    }

    @Test
    void whatADryRunAssignsIsUndone() {
        Tensor computed = Tensor.of(new float[] {1, 2}).clone();
        computed.assign(computed.mul(2.0)).realize();
        Tensor pending = Tensor.ones(2).clone();
        Ashlar.dryRun(() -> {
            computed.addAssign(1);
            computed.addAssign(1);
            assertThat(computed.toFloatArray()).containsExactly(4, 6);
            pending.addAssign(5);
        });
        assertThat(computed.toFloatArray()).containsExactly(2, 4);
        assertThat(pending.toFloatArray()).containsExactly(1, 1);
        for (int i = 0; i < 3; i++) {
            computed.addAssign(computed);
            pending.addAssign(1);
        }
        assertThat(computed.toFloatArray()).containsExactly(16, 32);
        assertThat(pending.toFloatArray()).containsExactly(4, 4);
    }

    @Test
    void computesNothing() {
        Sequential model = digits();
        state(model);
        AtomicInteger launches = new AtomicInteger();
        try (Scope _ = Ashlar.trace((_, _, _, _) -> launches.incrementAndGet())) {
            Summary.of(model, 1, 28, 28);
            assertThat(launches).hasValue(0);
            assertThat(Tensor.ones(3).mul(2.0).exp().toFloatArray()).hasSize(3);
            assertThat(launches).hasValue(1);
        }
    }
}
