// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ashlar.Ashlar;
import dev.ashlar.MatrixOps;
import dev.ashlar.Tensor;
import dev.ashlar.amp.Autocast;
import dev.ashlar.amp.GradScaler;
import dev.ashlar.conformance.internal.vectors.Recording;
import dev.ashlar.conformance.internal.vectors.VectorFiles;
import dev.ashlar.nn.GELU;
import dev.ashlar.nn.LayerNorm;
import dev.ashlar.nn.Linear;
import dev.ashlar.nn.Parameter;
import dev.ashlar.nn.Sequential;
import dev.ashlar.nn.Tanh;
import dev.ashlar.optim.AdamW;
import dev.ashlar.optim.SGD;
import dev.ashlar.type.DType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Autocast scopes and the scaling of gradients. */
class MixedPrecisionTest {
    /** Losses of PyTorch on a CPU with autocast to bfloat16: SGD, rate 0.1, momentum 0.9, from the initial weights of recorded paths. */
    private static final double[] LOSSES = {
        1.03264356, 0.788792789, 0.530079305, 0.412498176, 0.418317378, 0.444424123, 0.427387595, 0.373689294, 0.323867768, 0.300201267,
        0.289156199, 0.279101312, 0.281352729, 0.297452599, 0.291447818, 0.249351174, 0.201592356, 0.191282734, 0.207158342, 0.209439158,
        0.192488134, 0.175228223, 0.165894464, 0.151431859, 0.13300547
    };

    private static final Tensor X = Tensor.of(new float[] {1, 2, 3, 4.001f}, 2, 2);
    private static final Tensor HALF = X.to(DType.BFLOAT16);

    @Test
    void choosesTheTypeOfEachOperation() {
        Map<String, DType> expected = new LinkedHashMap<>();
        Map<String, Supplier<Tensor>> calls = new LinkedHashMap<>();
        Map<DType, Map<String, Supplier<Tensor>>> table = Map.of(
                DType.BFLOAT16, Map.of(
                        "matmul", () -> X.matmul(X),
                        "linear", () -> X.linear(X, X.select(0, 0)),
                        "einsum", () -> MatrixOps.einsum("ij,jk->ik", X, X),
                        "conv", () -> X.reshape(1, 1, 2, 2).conv2d(X.reshape(1, 1, 2, 2), X.select(0, 0).narrow(0, 0, 1)),
                        "relu", HALF::relu,
                        "dot", () -> HALF.select(0, 0).dot(HALF.select(0, 0))),
                DType.FLOAT32, Map.of(
                        "exp", HALF::exp,
                        "softmax", () -> HALF.softmax(1),
                        "sum", HALF::sum,
                        "norm", HALF::norm,
                        "layerNorm", () -> HALF.layerNorm(2),
                        "mseLoss", () -> HALF.mseLoss(HALF),
                        "add", () -> HALF.add(X),
                        "wide dot", () -> X.select(0, 0).dot(HALF.select(0, 0)),
                        "crossEntropy", () -> HALF.crossEntropy(Tensor.of(new long[] {0, 1}, 2))),
                DType.FLOAT64, Map.of("never float64", () -> X.to(DType.FLOAT64).matmul(X.to(DType.FLOAT64))));
        table.forEach((type, named) -> named.forEach((name, call) -> {
            expected.put(name, type);
            calls.put(name, call);
        }));
        try (var _ = Autocast.to(DType.BFLOAT16)) {
            calls.forEach((name, call) -> assertThat(call.get().dtype()).as(name).isEqualTo(expected.get(name)));
        }
        assertThat(X.matmul(X).dtype()).isEqualTo(DType.FLOAT32);
        assertThat(HALF.exp().dtype()).isEqualTo(DType.BFLOAT16);
    }

    @Test
    void nestsAndBelongsToTheThread() throws InterruptedException {
        assertThat(Autocast.isEnabled()).isFalse();
        boolean[] other = new boolean[1];
        try (var _ = Autocast.to(DType.FLOAT16)) {
            assertThat(Autocast.type()).isEqualTo(DType.FLOAT16);
            try (var _ = Autocast.off()) {
                assertThat(X.matmul(X).dtype()).isEqualTo(DType.FLOAT32);
                try (var _ = Autocast.to(DType.BFLOAT16)) {
                    assertThat(X.matmul(X).dtype()).isEqualTo(DType.BFLOAT16);
                }
            }
            assertThat(X.matmul(X).dtype()).isEqualTo(DType.FLOAT16);
            Thread thread = new Thread(() -> other[0] = Autocast.isEnabled());
            thread.start();
            thread.join();
        }
        assertThat(other[0]).isFalse();
        assertThat(Autocast.isEnabled()).isFalse();
        assertThatThrownBy(() -> Autocast.to(DType.FLOAT64)).hasMessageContaining("bfloat16 or float16");
    }

    @Test
    void productsAreThoseOfRoundedOperands() {
        Tensor rounded = HALF.to(DType.FLOAT32);
        try (var _ = Autocast.to(DType.BFLOAT16)) {
            assertThat(X.matmul(X).to(DType.FLOAT32).toFloatArray())
                    .isEqualTo(rounded.to(DType.FLOAT32).to(DType.BFLOAT16).matmul(HALF).to(DType.FLOAT32).toFloatArray());
        }
    }

    private static Sequential model() {
        Ashlar.seed(5);
        return new Sequential(new Linear(4, 16), new LayerNorm(16), new GELU(), new Linear(16, 1));
    }

    @Test
    void trainsWeightsInFloat32() {
        for (DType half : new DType[] {DType.BFLOAT16, DType.FLOAT16}) {
            Sequential model = model();
            AdamW optimizer = new AdamW(model.parameters(), 0.01);
            GradScaler scaler = new GradScaler();
            Tensor x = Tensor.randn(32, 4);
            Tensor y = x.sum(1, true).sin();
            double first = 0;
            double last = 0;
            for (int step = 0; step < 40; step++) {
                optimizer.zeroGrad();
                Tensor loss;
                try (var _ = Autocast.to(half)) {
                    loss = model.forward(x).mseLoss(y);
                }
                scaler.scale(loss).backward();
                assertThat(scaler.step(optimizer)).isTrue();
                scaler.update();
                last = loss.item();
                first = step == 0 ? last : first;
            }
            assertThat(last).as(half.toString()).isLessThan(0.5 * first);
            for (Parameter parameter : model.parameters()) {
                assertThat(parameter.dtype()).isEqualTo(DType.FLOAT32);
                assertThat(parameter.tensor().grad().dtype()).isEqualTo(DType.FLOAT32);
            }
        }
    }

    @Test
    void followsPyTorchThroughATraining() {
        Recording recording = VectorFiles.archive("optimizers.zip").getFirst();
        Map<String, Tensor> initial = new LinkedHashMap<>();
        recording.root().get("initial").properties()
                .forEach(entry -> initial.put(entry.getKey(), recording.data(entry.getValue().asText()).upload()));
        Sequential model = new Sequential(new Linear(3, 8), new Tanh(), new Linear(8, 8), new Tanh(), new Linear(8, 2));
        model.loadStateDict(initial);
        Tensor x = recording.data("x").upload().to(DType.FLOAT32);
        Tensor y = recording.data("y").upload().to(DType.FLOAT32);
        SGD optimizer = new SGD(model.parameters(), 0.1).momentum(0.9);
        for (int step = 0; step < LOSSES.length; step++) {
            optimizer.zeroGrad();
            Tensor loss;
            try (var _ = Autocast.to(DType.BFLOAT16)) {
                loss = model.forward(x).mseLoss(y);
            }
            loss.backward();
            optimizer.step();
            assertThat(loss.item()).as("loss before step %d", step).isCloseTo(LOSSES[step], within(1e-6 * LOSSES[step]));
        }
    }

    @Test
    void gradientRulesAreNotCast() {
        Tensor weight = X.clone().requiresGrad(true);
        try (var _ = Autocast.to(DType.BFLOAT16)) {
            weight.exp().sum().backward();
        }
        assertThat(weight.grad().toFloatArray()).isEqualTo(X.exp().toFloatArray());
    }

    @Test
    void leavesBadStepsOutAndFindsTheFactor() {
        Tensor weight = Tensor.of(1f).requiresGrad(true);
        SGD optimizer = new SGD(Parameter.listOf(weight), 0.5);
        GradScaler scaler = new GradScaler(8, 2, 0.25, 2, true);
        double[] factors = {1, Double.POSITIVE_INFINITY, 1, 1, Double.NaN};
        double[] scales = {8, 2, 2, 4, 1};
        double[] weights = {0.5, 0.5, 0, -0.5, -0.5};
        for (int i = 0; i < factors.length; i++) {
            optimizer.zeroGrad();
            scaler.scale(weight.mul(factors[i]).sum()).backward();
            assertThat(scaler.step(optimizer)).isEqualTo(Double.isFinite(factors[i]));
            scaler.update();
            assertThat(scaler.getScale()).as("step %d", i).isEqualTo(scales[i]);
            assertThat(weight.item()).as("step %d", i).isEqualTo(weights[i]);
        }
        GradScaler resumed = new GradScaler();
        resumed.loadState(scaler.state());
        assertThat(resumed.state()).isEqualTo(scaler.state());
        assertThatThrownBy(() -> new GradScaler(0, 2, 0.5, 2000, true)).hasMessageContaining("finite factor > 0, got 0.0;");
        assertThatThrownBy(() -> scaler.update(Double.NaN)).hasMessageContaining("finite factor > 0, got NaN;");
        assertThatThrownBy(() -> scaler.setGrowthInterval(0)).hasMessageContaining("good steps >= 1, got 0;");
    }

    @Test
    void unscalesOnceForClipping() {
        Tensor weight = Tensor.of(1f).requiresGrad(true);
        SGD optimizer = new SGD(Parameter.listOf(weight), 0.5);
        GradScaler scaler = new GradScaler();
        assertThatThrownBy(scaler::update).hasMessageContaining("step(optimizer)");
        scaler.scale(weight.sum()).backward();
        assertThat(weight.grad().item()).isEqualTo(65536);
        scaler.unscale(optimizer);
        assertThat(weight.grad().item()).isEqualTo(1);
        assertThatThrownBy(() -> scaler.unscale(optimizer)).hasMessageContaining("unscaled");
        assertThat(scaler.step(optimizer)).isTrue();
        assertThatThrownBy(() -> scaler.step(optimizer)).hasMessageContaining("update()");
        assertThat(weight.item()).isCloseTo(0.5, within(0.0));
    }
}
