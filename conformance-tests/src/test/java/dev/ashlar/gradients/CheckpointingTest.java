// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.gradients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.Ashlar;
import dev.ashlar.Device;
import dev.ashlar.Generator;
import dev.ashlar.Tensor;
import dev.ashlar.autograd.Autograd;
import dev.ashlar.autograd.Checkpointing;
import dev.ashlar.autograd.GradCheck;
import dev.ashlar.nn.Dropout;
import dev.ashlar.nn.Linear;
import dev.ashlar.nn.Sequential;
import dev.ashlar.nn.Tanh;
import dev.ashlar.type.AshlarException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pieces of a computation that run again in backward. */
final class CheckpointingTest {
    @AfterEach
    void usualGenerator() {
        Ashlar.seed(0);
    }

    private static Tensor leaf(double... values) {
        return Tensor.of(values).requiresGrad(true);
    }

    static Stream<Generator> generators() {
        return Stream.of(new Generator(9), Generator.pytorch(9), Generator.numpy(9));
    }

    private static List<float[]> trained(Generator generator, boolean checkpointed) {
        generator.manualSeed(9);
        Ashlar.seed(generator);
        Sequential model = new Sequential(new Linear(4, 6), new Tanh(), new Dropout(0.5), new Linear(6, 6), new Dropout(0.3));
        Tensor x = Tensor.randn(5, 4).requiresGrad(true);
        UnaryOperator<Tensor> twice = t -> model.forward(t).mul(0.5);
        Tensor y = checkpointed ? Checkpointing.checkpoint(twice, x) : twice.apply(x);
        y.square().sum().backward();
        List<float[]> results = new ArrayList<>();
        results.add(y.toFloatArray());
        results.add(x.grad().toFloatArray());
        model.parameters().forEach(parameter -> results.add(parameter.tensor().grad().toFloatArray()));
        // What is drawn afterwards is not disturbed by the second run.
        results.add(Tensor.rand(3).toFloatArray());
        return results;
    }

    @ParameterizedTest
    @MethodSource("generators")
    void dropsTheSameElementsAgain(Generator generator) {
        List<float[]> plain = trained(generator, false);
        List<float[]> checkpointed = trained(generator, true);
        for (int i = 0; i < plain.size(); i++) {
            assertThat(checkpointed.get(i)).isEqualTo(plain.get(i));
        }
    }

    @Test
    void nestsAndDifferentiatesTwice() {
        java.util.function.Function<List<Tensor>, Tensor> nested = in -> Checkpointing.checkpoint(
                t -> Checkpointing.checkpoint(u -> Checkpointing.checkpoint(v -> v.sin().exp(), u.cos()).mul(u), t.tanh()).square(),
                in.get(0)).mul(in.get(0));
        GradCheck.check(nested, List.of(leaf(0.3, 1, -2)));
        GradCheck.checkSecond(nested, List.of(leaf(0.3, 1, -2)));
    }

    @Test
    void severalInputsAndResults() {
        Tensor a = leaf(1, 2);
        Tensor b = leaf(3, 4);
        Tensor captured = leaf(5, 6);
        List<Tensor> results = Checkpointing.checkpointAll(
                in -> List.of(in.get(0).mul(in.get(1)), in.get(0).exp().mul(captured)), a, b);
        List<Tensor> gradients = Autograd.grad(results.get(0).add(results.get(1)).sum(), List.of(a, b, captured));
        List<Tensor> plain = Autograd.grad(a.mul(b).add(a.exp().mul(captured)).sum(), List.of(a, b, captured));
        for (int i = 0; i < plain.size(); i++) {
            assertThat(gradients.get(i).toDoubleArray()).containsExactly(plain.get(i).toDoubleArray());
        }
    }

    @Test
    void runsAgainOnceUpToTheLastValueNeeded() {
        AtomicInteger started = new AtomicInteger();
        AtomicInteger finished = new AtomicInteger();
        Tensor x = leaf(1);
        Tensor y = Checkpointing.checkpoint(t -> {
            started.incrementAndGet();
            Tensor value = t.sin().exp();
            Tensor result = value.add(1.0);
            finished.incrementAndGet();
            return result;
        }, x);
        y.backward(null, true, false);
        y.backward();
        assertThat(started).hasValue(2);
        assertThat(finished).hasValue(1);
        assertThatThrownBy(y::backward).isInstanceOf(AshlarException.class).hasMessageContaining("retainGraph");
    }

    @Test
    void withoutGradientModeNothingIsKept() {
        try (var _ = Autograd.noGrad()) {
            assertThat(Checkpointing.checkpoint(Tensor::exp, leaf(1)).requiresGrad()).isFalse();
        }
    }

    @Test
    void noticesFunctionsThatChange() {
        AtomicInteger calls = new AtomicInteger();
        Tensor y = Checkpointing.checkpoint(t -> calls.incrementAndGet() == 1 ? t.exp().sin() : t.add(1.0), leaf(1));
        assertThatThrownBy(y::backward).isInstanceOf(AshlarException.class)
                .hasMessageMatching("\\[checkpoint] expected .+ 2 values when it runs again, got 0; .+");
    }

    /** Returns how many buffers tensors own when those that nobody holds any more have gone. */
    private static long owned(Device device) {
        long count = -1;
        int stable = 0;
        while (stable < 5) {
            System.gc();
            LockSupport.parkNanos(10_000_000);
            long now = device.memory().ownedBuffers();
            stable = now == count ? stable + 1 : 0;
            count = now;
        }
        return count;
    }

    private static long keptByForward(Device device, boolean checkpointed) {
        Tensor x = Tensor.linspace(0, 1, 4096).to(device).requiresGrad(true).realize();
        List<UnaryOperator<Tensor>> layers = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            layers.add(t -> t.mul(1.01).sin().exp().mul(0.3));
        }
        long before = owned(device);
        Tensor value = checkpointed ? Checkpointing.sequential(layers, 4, x) : chained(layers, x);
        Tensor loss = value.sum();
        loss.item();
        long after = owned(device);
        loss.backward();
        x.grad().realize();
        return after - before;
    }

    private static Tensor chained(List<UnaryOperator<Tensor>> layers, Tensor input) {
        Tensor value = input;
        for (UnaryOperator<Tensor> layer : layers) {
            value = layer.apply(value);
        }
        return value;
    }

    @ParameterizedTest
    @MethodSource("devices")
    void keepsLess(Device device) {
        long plain = keptByForward(device, false);
        long checkpointed = keptByForward(device, true);
        // Two values per layer, against three between pieces and those of the last piece.
        assertThat(plain).isGreaterThanOrEqualTo(32);
        assertThat(checkpointed).isLessThanOrEqualTo(plain / 2);
    }

    private static long temporaries(Device device, boolean checkpointed) {
        try (var _ = Ashlar.intercept(device, backend -> backend)) {
            Tensor x = Tensor.linspace(0, 1, 4096).reshape(64, 64).to(device).clone().requiresGrad(true).realize();
            UnaryOperator<Tensor> piece = t -> t.matmul(t).mul(0.01).sin().matmul(t).mul(0.01).exp();
            Tensor value = x;
            for (int i = 0; i < 16; i++) {
                value = checkpointed ? Checkpointing.checkpoint(piece, value) : piece.apply(value);
            }
            value.sum().backward();
            x.grad().realize();
            return device.memory().arenaBytes();
        }
    }

    /** Forward and backward in one flush: there is nothing to keep, but temporaries live shorter. */
    @Test
    void needsLessForTemporaries() {
        Device device = Device.of("java");
        assertThat(temporaries(device, true)).isLessThan(temporaries(device, false) * 2 / 3);
    }

    static Stream<Device> devices() {
        return Device.all().stream().filter(device -> !Arrays.asList("minimal").contains(device.provider()));
    }
}
