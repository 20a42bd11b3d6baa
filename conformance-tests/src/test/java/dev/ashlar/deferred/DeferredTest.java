// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.deferred;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.Ashlar;
import dev.ashlar.Device;
import dev.ashlar.Generator;
import dev.ashlar.Scope;
import dev.ashlar.Tensor;
import dev.ashlar.autograd.Autograd;
import dev.ashlar.spi.Kernel;
import dev.ashlar.spi.KernelArgs;
import dev.ashlar.spi.KernelCode;
import dev.ashlar.type.AshlarException;
import dev.ashlar.type.DType;
import dev.ashlar.type.IndexOutOfRangeException;
import dev.ashlar.type.ShapeMismatchException;
import dev.ashlar.type.TensorClosedException;
import dev.ashlar.type.ValueNotKeptException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** "Deferred, but it feels eager": each rule of it. */
class DeferredTest {
    private record Launch(KernelCode code, List<Long> params, List<long[]> strides) {}

    private static List<Launch> launches(Runnable action) {
        List<Launch> seen = new ArrayList<>();
        try (Scope _ = Ashlar.trace((_, code, _, args) -> seen.add(launch(code, args)))) {
            action.run();
        }
        return seen;
    }

    private static Launch launch(KernelCode code, KernelArgs args) {
        List<Long> params = new ArrayList<>();
        for (long param : args.params()) {
            params.add(param);
        }
        List<long[]> strides = new ArrayList<>();
        for (long[] row : args.strides()) {
            strides.add(row.clone());
        }
        return new Launch(code, params, strides);
    }

    @Test
    void nothingRunsBeforeAValueIsRead() {
        Tensor a = Tensor.of(1f, 2f, 3f);
        assertThat(launches(() -> a.add(1.0).mul(2.0))).isEmpty();
        assertThat(launches(() -> assertThat(a.add(1.0).mul(2.0).sum().item()).isEqualTo(18))).isNotEmpty();
    }

    @Test
    void errorsComeFromTheCallThatMadeThem() {
        Tensor a = Tensor.ones(2, 3);
        assertThatThrownBy(() -> a.matmul(a))
                .isInstanceOf(ShapeMismatchException.class)
                .hasMessage("[matmul] expected inner dimensions to agree, got [2, 3] and [2, 3]; transpose the second?");
        assertThatThrownBy(() -> a.add(Tensor.ones(4))).isInstanceOf(ShapeMismatchException.class).hasMessageContaining("[add]");
    }

    @Test
    void anUpdateIsSeenByWhatFollowsAndByNothingBefore() {
        Tensor a = Tensor.of(1f, 2f, 3f, 4f);
        Tensor before = a.mul(10.0);
        Tensor part = a.slice(0, 1, 3);
        a.assign(Tensor.of(5f, 6f, 7f, 8f));
        Tensor after = a.mul(10.0);
        assertThat(before.toFloatArray()).containsExactly(10, 20, 30, 40);
        assertThat(part.toFloatArray()).containsExactly(2, 3);
        assertThat(after.toFloatArray()).containsExactly(50, 60, 70, 80);
    }

    @Test
    void randomNumbersDependOnTheOrderOfCallsAndNotOnWhenTheyAreComputed() {
        Generator first = new Generator(5);
        Tensor a = Tensor.rand(dev.ashlar.type.Shape.of(4), DType.FLOAT32, first);
        Tensor b = Tensor.rand(dev.ashlar.type.Shape.of(4), DType.FLOAT32, first);
        float[] late = b.toFloatArray();
        float[] early = a.toFloatArray();
        Generator second = new Generator(5);
        assertThat(Tensor.rand(dev.ashlar.type.Shape.of(4), DType.FLOAT32, second).toFloatArray()).isEqualTo(early);
        assertThat(Tensor.rand(dev.ashlar.type.Shape.of(4), DType.FLOAT32, second).toFloatArray()).isEqualTo(late);
        assertThat(early).isNotEqualTo(late);
    }

    @Test
    void aChainOfElementwiseOperationsIsOneKernel() {
        Tensor a = Tensor.rand(100).realize();
        Tensor b = Tensor.rand(100).realize();
        List<Launch> seen = launches(() -> a.mul(b).add(b).relu().mul(a).realize());
        assertThat(seen).hasSize(1);
        assertThat(seen.get(0).code().kernel()).isInstanceOf(Kernel.Map.class);
        List<Launch> eager = launches(() -> {
            try (Scope _ = Ashlar.eager()) {
                a.mul(b).add(b).relu().mul(a);
            }
        });
        assertThat(eager).hasSize(4);
    }

    @Test
    void biasAndActivationAreTheEpilogueOfTheProduct() {
        Tensor x = Tensor.rand(5, 4).realize();
        Tensor w = Tensor.rand(4, 3).realize();
        Tensor b = Tensor.rand(3).realize();
        List<Launch> seen = launches(() -> x.matmul(w).add(b).relu().realize());
        assertThat(seen).hasSize(1);
        assertThat(seen.get(0).params()).hasSize(seen.get(0).code().kernel().params());
    }

    @Test
    void fusedAndEagerGiveTheSameBits() {
        Tensor a = Tensor.randn(37, 11).realize();
        Tensor b = Tensor.randn(11).realize();
        float[] fused = layered(a, b);
        float[] eager;
        try (Scope _ = Ashlar.eager()) {
            eager = layered(a, b);
        }
        assertThat(fused).isEqualTo(eager);
    }

    private static float[] layered(Tensor a, Tensor b) {
        Tensor x = a.mul(b).tanh().add(a.exp()).softmax(1);
        return x.matmul(x.t()).sigmoid().sum(0).div(b.square().mean().add(1.0)).toFloatArray();
    }

    @Test
    void movementReachesTheKernelAsStridesAndNeverAsACopy() {
        Tensor a = Tensor.rand(3, 5).realize();
        List<Launch> seen = launches(() -> a.t().flip(0).add(1.0).realize());
        assertThat(seen).hasSize(1);
        assertThat(seen.get(0).strides().get(0)).containsExactly(-1, 5);
    }

    @Test
    void aChangedNumberReusesThePlan() {
        Tensor a = Tensor.rand(10).realize();
        a.mul(0.5).sum().item();
        Tensor again = a.mul(0.25).sum();
        assertThat(again.explain()).contains("plan re-used");
        Tensor b = Tensor.rand(8).realize();
        b.slice(0, 0, 3).exp().sum().item();
        assertThat(b.slice(0, 2, 5).exp().sum().explain()).contains("plan re-used");
        assertThat(b.slice(0, 2, 6).exp().sum().explain()).contains("planned now");
    }

    @Test
    void graphsThatNobodyReadsStayBounded() {
        Tensor a = Tensor.zeros(2);
        List<Launch> seen = new ArrayList<>();
        try (Scope _ = Ashlar.trace((_, code, _, args) -> seen.add(launch(code, args)))) {
            for (int i = 0; i < 20_000; i++) {
                a = a.add(1.0);
            }
        }
        assertThat(seen).isNotEmpty();
        assertThat(a.toFloatArray()).containsExactly(20_000, 20_000);
    }

    private static Tensor step(Tensor weight, Tensor x) {
        Tensor prediction = x.mul(weight).mul(2.0).add(1.0);
        Tensor loss = prediction.square().mean();
        loss.backward();
        try (Scope _ = Autograd.noGrad()) {
            weight.subAssign(weight.grad().mul(0.01));
        }
        weight.setGrad(null);
        loss.item();
        return prediction;
    }

    @Test
    void aValueOfTheLastStepCanStillBeReadAndAnOlderOneSaysWhyNot() {
        Tensor weight = Tensor.of(1f, 2f, 3f).requiresGrad(true);
        Tensor x = Tensor.of(1f, 1f, 2f);
        Tensor first = step(weight, x);
        assertThat(first.toFloatArray()).containsExactly(3, 5, 13);

        Tensor other = Tensor.of(1f, 2f, 3f).requiresGrad(true);
        Tensor shifted = Tensor.of(1f, 1f, 2f, 4f).slice(0, 0, 3);
        Tensor old = step(other, shifted);
        step(other, shifted);
        step(other, shifted);
        assertThatThrownBy(old::toFloatArray).isInstanceOf(ValueNotKeptException.class).hasMessageContaining("realize() before step()");
    }

    @Test
    void whatWasReadLateOnceIsKeptFromThenOn() {
        Tensor weight = Tensor.of(1f, 2f).requiresGrad(true);
        Tensor x = Tensor.of(3f, 4f);
        step(weight, x).toFloatArray();
        Tensor kept = step(weight, x);
        assertThat(launches(kept::toFloatArray)).isEmpty();
        step(weight, x);
        step(weight, x);
        assertThat(kept.toFloatArray()).hasSize(2);
    }

    @Test
    void lossesThatAreAddedUpCanStillBeReadOneByOne() {
        Tensor weight = Tensor.of(1f, 2f).requiresGrad(true);
        Tensor total = Tensor.scalar(0);
        List<Tensor> losses = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Tensor loss = weight.mul(2.0).square().mean();
            total = total.add(loss);
            losses.add(loss);
            loss.backward();
            try (Scope _ = Autograd.noGrad()) {
                weight.subAssign(weight.grad().mul(0.01));
            }
            weight.setGrad(null);
            weight.realize();
        }
        double sum = losses.stream().mapToDouble(Tensor::item).sum();
        assertThat(total.item()).isCloseTo(sum, org.assertj.core.data.Offset.offset(1e-4));
    }

    @Test
    void anUpdateInPlaceAllocatesNothingOnceItRuns() {
        Device device = Ashlar.defaultDevice();
        Tensor weight = Tensor.rand(1000).requiresGrad(true);
        for (int i = 0; i < 4; i++) {
            bump(weight);
        }
        long before = device.memory().liveBuffers();
        for (int i = 0; i < 50; i++) {
            bump(weight);
        }
        assertThat(device.memory().liveBuffers()).isLessThanOrEqualTo(before);
    }

    private static void bump(Tensor weight) {
        try (Scope _ = Autograd.noGrad()) {
            weight.subAssign(weight.mul(0.5));
        }
        weight.realize();
    }

    @Test
    void aTensorThatWasDetachedKeepsItsValueWhenTheOriginalChanges() {
        Tensor weight = Tensor.of(1f, 2f).requiresGrad(true);
        bump(weight);
        Tensor copy = weight.detach();
        for (int i = 0; i < 5; i++) {
            bump(weight);
        }
        assertThat(copy.toFloatArray()).containsExactly(0.5f, 1f);
    }

    @Test
    void placesThatMayNotBeChangedSaySo() {
        Tensor leaf = Tensor.ones(2, 2).requiresGrad(true);
        assertThatThrownBy(() -> leaf.zero()).isInstanceOf(AshlarException.class).hasMessageContaining("noGrad");
        Tensor part = Tensor.ones(2, 2).t();
        assertThatThrownBy(() -> part.assign(Tensor.zeros(2, 2)))
                .isInstanceOf(AshlarException.class)
                .hasMessageContaining("set(index, value)");
        Tensor plain = Tensor.ones(2, 2);
        assertThatThrownBy(() -> plain.assign(Tensor.zeros(3))).isInstanceOf(ShapeMismatchException.class);
    }

    @Test
    void aClosedTensorSaysSo() {
        Tensor a = Tensor.of(1f, 2f);
        Tensor b = a.add(1.0);
        a.close();
        a.close();
        assertThat(b.toFloatArray()).containsExactly(2, 3);
        assertThatThrownBy(() -> a.add(1.0)).isInstanceOf(TensorClosedException.class).hasMessageContaining("closed");
        assertThatThrownBy(a::toFloatArray).isInstanceOf(TensorClosedException.class);
    }

    @Test
    void anIndexOutOfRangeIsNamedWhereTheValueIsRead() {
        Tensor scores = Tensor.rand(2, 3);
        Tensor loss = scores.crossEntropy(Tensor.of(new long[] {0, 7}));
        assertThatThrownBy(loss::item).isInstanceOf(IndexOutOfRangeException.class).hasMessageContaining("[0, 3), got 7");
        assertThat(scores.crossEntropy(Tensor.of(new long[] {0, 2})).item()).isPositive();
    }

    @Test
    void backwardTwiceNeedsRetainGraph() {
        Tensor w = Tensor.of(2f).requiresGrad(true);
        Tensor y = w.square().sum();
        y.backward();
        assertThatThrownBy(y::backward).isInstanceOf(AshlarException.class).hasMessageContaining("retainGraph");
        Tensor z = w.square().sum();
        w.setGrad(null);
        z.backward(null, true, false);
        z.backward();
        assertThat(w.grad().item()).isEqualTo(8);
    }

    @Test
    void savedValuesSurviveAReadBetweenForwardAndBackward() {
        Tensor w = Tensor.rand(4, 4).requiresGrad(true);
        Tensor hidden = w.exp();
        Tensor loss = hidden.mul(w).sum();
        loss.item();
        List<Launch> seen = launches(() -> {
            loss.backward();
            w.grad().toFloatArray();
        });
        float[] weights = w.toFloatArray();
        float[] gradient = w.grad().toFloatArray();
        for (int i = 0; i < weights.length; i++) {
            assertThat(gradient[i]).isCloseTo((float) (Math.exp(weights[i]) * (1
                    + weights[i])), org.assertj.core.data.Offset.offset(1e-5f));
        }
        assertThat(seen).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void secondDerivativesWork() {
        Tensor x = Tensor.of(new double[] {2}).requiresGrad(true);
        Tensor first = java.util.Objects.requireNonNull(Autograd.grad(x.pow(3.0).sum(), List.of(x), true).get(0));
        Tensor second = java.util.Objects.requireNonNull(Autograd.grad(first.sum(), List.of(x), false).get(0));
        assertThat(first.item()).isEqualTo(12);
        assertThat(second.item()).isEqualTo(12);
    }

    @Test
    void gradientsThatNobodyAskedForAreNotComputed() {
        Tensor x = Tensor.rand(4, 3).requiresGrad(true).realize();
        Tensor w = Tensor.rand(3, 2).requiresGrad(true).realize();
        Tensor y = x.matmul(w);
        y.realize();
        List<Launch> seen = launches(() -> java.util.Objects.requireNonNull(
                        Autograd.grad(List.of(y), List.of(x), List.of(Tensor.ones(4, 2)), false, false).get(0))
                .toFloatArray());
        assertThat(seen.stream().filter(launch -> launch.code().kernel() instanceof Kernel.Contract)).hasSize(1);
    }

    @Test
    void threadsComputeWithoutDisturbingEachOther() throws InterruptedException {
        Tensor shared = Tensor.rand(64, 64).realize();
        double expected = shared.matmul(shared).sum().item();
        List<Throwable> failures = java.util.Collections.synchronizedList(new ArrayList<>());
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            threads.add(Thread.ofPlatform().start(() -> {
                try {
                    for (int round = 0; round < 50; round++) {
                        assertThat(shared.matmul(shared).sum().item()).isEqualTo(expected);
                    }
                } catch (Throwable e) {
                    failures.add(e);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(failures).isEmpty();
    }

    @Test
    void aPendingTensorMayBeHandedToAnotherThread() throws InterruptedException {
        Tensor pending = Tensor.of(1f, 2f, 3f).mul(3.0);
        float[][] result = new float[1][];
        Thread thread = Thread.ofPlatform().start(() -> result[0] = pending.add(1.0).toFloatArray());
        thread.join();
        assertThat(result[0]).containsExactly(4, 7, 10);
        assertThat(pending.toFloatArray()).containsExactly(3, 6, 9);
    }

    @Test
    void emptyAndZeroDimensionalTensorsWork() {
        Tensor empty = Tensor.zeros(0, 3);
        assertThat(empty.add(1.0).exp().toFloatArray()).isEmpty();
        assertThat(empty.sum().item()).isZero();
        assertThat(empty.sum(0).toFloatArray()).containsExactly(0, 0, 0);
        assertThat(empty.matmul(Tensor.ones(3, 2)).shape().toArray()).containsExactly(0, 2);
        assertThat(Tensor.ones(2, 0).matmul(Tensor.ones(0, 3)).toFloatArray()).containsExactly(0, 0, 0, 0, 0, 0);
        assertThatThrownBy(() -> empty.max()).hasMessageContaining("at least one element");
        assertThat(empty.any().itemBoolean()).isFalse();
        assertThat(empty.all(0, false).toBooleanArray()).containsExactly(true, true, true);
        Tensor scalar = Tensor.scalar(3);
        assertThat(scalar.mul(2.0).add(scalar).item()).isEqualTo(9);
        assertThat(scalar.sum().item()).isEqualTo(3);
        assertThat(scalar.sum(0).item()).isEqualTo(3);
    }
}
