// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.tensor;

import static dev.ashlar.tensor.TensorCases.leaf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.Device;
import dev.ashlar.Tensor;
import dev.ashlar.autograd.GradCheck;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** First and second gradients of normalisation, and what it leaves in memory. */
final class NormalizationTest {
    static Stream<Device> devices() {
        return TensorCases.devices();
    }

    private static void both(Function<List<Tensor>, Tensor> function, Tensor... inputs) {
        GradCheck.check(function, List.of(inputs));
        GradCheck.checkSecond(function, List.of(inputs));
    }

    @ParameterizedTest
    @MethodSource("devices")
    void layers(Device device) {
        long[] shape = {4};
        both(in -> in.get(0).layerNorm(shape, in.get(1), in.get(2), 1e-3).square(), leaf(device, 1, 3, 4), leaf(device, 2, 4),
                leaf(device, 3, 4));
        both(in -> in.get(0).nativeLayerNorm(shape, null, null, 1e-3).rstd().mul(in.get(1)), leaf(device, 1, 3, 4), leaf(device, 2, 3, 1));
        both(in -> in.get(0).nativeLayerNorm(shape, null, null, 1e-3).mean().square(), leaf(device, 1, 3, 4));
        both(in -> in.get(0).rmsNorm(shape, in.get(1), 1e-3).square(), leaf(device, 1, 3, 4), leaf(device, 2, 4));
    }

    @ParameterizedTest
    @MethodSource("devices")
    void batchesAndGroups(Device device) {
        both(in -> in.get(0).batchNorm(null, null, in.get(1), in.get(2), true, 0.1, 1e-3).square(), leaf(device, 1, 3, 2, 2),
                leaf(device, 2, 2), leaf(device, 3, 2));
        both(in -> in.get(0).groupNorm(2, in.get(1), in.get(2), 1e-3).square(), leaf(device, 1, 2, 4, 3), leaf(device, 2, 4),
                leaf(device, 3, 4));
    }

    /** Every value of such a step ends in a temporary: nobody reads it afterwards. */
    @ParameterizedTest
    @MethodSource("devices")
    void nothingIsKeptAfterBackward(Device device) {
        Tensor x = leaf(device, 1, 8, 16);
        Tensor weight = leaf(device, 2, 16);
        Tensor loss = x.mul(2.0).layerNorm(new long[] {16}, weight, null, 1e-5).square().sum();
        loss.backward();
        long before = device.memory().ownedBuffers();
        loss.realize();
        // The loss alone: gradients are recipes until somebody asks for them.
        assertThat(device.memory().ownedBuffers() - before).isLessThanOrEqualTo(3);
    }
}
