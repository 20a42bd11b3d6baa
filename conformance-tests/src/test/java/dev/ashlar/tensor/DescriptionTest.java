// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.Device;
import dev.ashlar.Tensor;
import dev.ashlar.autograd.Autograd;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What describe() tells, without computing anything. */
final class DescriptionTest {
    static Stream<Device> devices() {
        return TensorCases.devices();
    }

    @ParameterizedTest
    @MethodSource("devices")
    void tellsWhatATensorIs(Device device) {
        Tensor x = Tensor.zeros(2, 3).to(device).clone().realize();
        assertThat(x.describe()).isEqualTo("""
                shape    [2, 3], 6 elements, 24 bytes
                dtype    float32
                device   %s
                layout   row-major in memory
                gradient not required
                history  none: made by the user, or computed without gradient rules""".formatted(device.name()));
    }

    @ParameterizedTest
    @MethodSource("devices")
    void tellsHowItCameAbout(Device device) {
        Tensor x = Tensor.of(1f, 2f).to(device).requiresGrad(true);
        Tensor y = x.exp().mul(x).reshape(2, 1);
        String text = y.describe();
        assertThat(text).contains("shape    [2, 1]", "layout   pending: reshape of float32 [2]", "gradient flows through");
        assertThat(text).containsSubsequence("history  reshape", "input 0: mul", "input 0: exp", "input 0: leaf", "input 1: leaf");
        // Asking has computed nothing.
        assertThat(y.explain()).doesNotContain("computed already");
        y.realize();
        assertThat(y.describe()).contains("row-major in memory");
        x.setGrad(x.detach());
        assertThat(x.describe()).contains("required, a leaf, one is there");
        try (var _ = Autograd.inferenceMode()) {
            assertThat(x.add(1.0).describe()).contains("an inference tensor");
        }
    }
}
