// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.Device;
import dev.ashlar.Tensor;
import dev.ashlar.type.DType;
import java.util.stream.Stream;

/** What the tests of this package share. */
final class TensorCases {
    private TensorCases() {}

    static Stream<Device> devices() {
        return Device.all().stream();
    }

    /** Returns float64 numbers without order, none of them twice, in (-2, 2). */
    static Tensor numbers(Device device, int seed, long... sizes) {
        int count = 1;
        for (long size : sizes) {
            count *= (int) size;
        }
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = ((i + 1 + 100.0 * seed) * 0.6180339887498949 % 1) * 4 - 2;
        }
        return Tensor.of(values, sizes).to(device);
    }

    /** Returns the same as a leaf that requires gradients. */
    static Tensor leaf(Device device, int seed, long... sizes) {
        return numbers(device, seed, sizes).requiresGrad(true);
    }

    static Tensor of(Device device, double[] values, long... sizes) {
        return Tensor.of(values, sizes).to(device);
    }

    static Tensor of(Device device, long[] values, long... sizes) {
        return Tensor.of(values, sizes).to(device);
    }

    /** Compares as {@code torch.testing.assert_close} does; NaN equals NaN. */
    static void assertClose(String what, Tensor actual, double[] expected) {
        double[] values = actual.toDoubleArray();
        assertThat(values).as(what).hasSameSizeAs(expected);
        double relative = actual.dtype() == DType.FLOAT64 ? 1e-7 : actual.dtype() == DType.FLOAT32 ? 1.3e-6 : 0;
        double absolute = actual.dtype() == DType.FLOAT64 ? 1e-7 : actual.dtype() == DType.FLOAT32 ? 1e-5 : 0;
        for (int i = 0; i < expected.length; i++) {
            boolean equal = Double.compare(values[i], expected[i]) == 0;
            boolean close = Math.abs(values[i] - expected[i]) <= absolute + relative * Math.abs(expected[i]);
            assertThat(equal || close).as("%s at %d: expected %s, got %s", what, i, expected[i], values[i]).isTrue();
        }
    }
}
