// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.Device;
import dev.ashlar.Dropped;
import dev.ashlar.Generator;
import dev.ashlar.Tensor;
import dev.ashlar.type.DType;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is left to chance: dropout and its relatives, slopes and choices that are drawn. */
final class DropoutTest {
    static Stream<Device> devices() {
        return TensorCases.devices();
    }

    private static Generator generator() {
        return new Generator(42);
    }

    private static Tensor ones(Device device, long... sizes) {
        return Tensor.ones(sizes).to(device);
    }

    @ParameterizedTest
    @MethodSource("devices")
    void keepsOrScales(Device device) {
        Tensor x = ones(device, 10_000).requiresGrad(true);
        Tensor y = x.dropout(0.25, true, generator());
        float[] values = y.toFloatArray();
        for (float value : values) {
            assertThat(value == 0 || value == (float) (1 / 0.75)).isTrue();
        }
        // Four standard deviations of the number of kept ones are 173.
        assertThat(y.ne(0.0).sum().itemLong()).isBetween(7327L, 7673L);
        assertThat(x.dropout(0.25, true, generator()).toFloatArray()).containsExactly(values);
        y.sum().backward();
        assertThat(x.grad().toFloatArray()).containsExactly(values);
    }

    @ParameterizedTest
    @MethodSource("devices")
    void tellsWhatWasKept(Device device) {
        Dropped dropped = ones(device, 100).nativeDropout(0.5, true, generator());
        assertThat(dropped.mask().dtype()).isEqualTo(DType.BOOL);
        assertThat(dropped.output().ne(0.0).toBooleanArray()).containsExactly(dropped.mask().toBooleanArray());
        Dropped all = ones(device, 3).nativeDropout(0.5, false, generator());
        assertThat(all.mask().toBooleanArray()).containsExactly(true, true, true);
    }

    private static void wholeLines(Tensor y, int line) {
        float[] values = y.toFloatArray();
        boolean zero = false;
        boolean kept = false;
        for (int i = 0; i < values.length; i += line) {
            float[] part = Arrays.copyOfRange(values, i, i + line);
            for (float value : part) {
                assertThat(value).isEqualTo(part[0]);
            }
            zero |= part[0] == 0;
            kept |= part[0] == 2;
        }
        assertThat(zero && kept).isTrue();
    }

    @ParameterizedTest
    @MethodSource("devices")
    void dropsWholeChannels(Device device) {
        wholeLines(ones(device, 8, 4, 5).dropout1d(0.5, true, generator()), 5);
        wholeLines(ones(device, 16, 5).dropout1d(0.5, true, generator()), 5);
        wholeLines(ones(device, 8, 4, 2, 3).dropout2d(0.5, true, generator()), 6);
        wholeLines(ones(device, 8, 4, 2, 3, 2).dropout3d(0.5, true, generator()), 12);
        wholeLines(ones(device, 16, 2, 3, 2).dropout3d(0.5, true, generator()), 12);
        wholeLines(ones(device, 8, 4, 6).featureDropout(0.5, true, generator()), 6);
    }

    @ParameterizedTest
    @MethodSource("devices")
    void alphaKeepsMeanAndVariance(Device device) {
        Tensor x = Tensor.randn(dev.ashlar.type.Shape.of(40_000), DType.FLOAT64, new Generator(7)).to(device);
        Tensor y = x.alphaDropout(0.2, true, generator());
        assertThat(y.mean().item()).isBetween(-0.03, 0.03);
        assertThat(y.var().item()).isBetween(0.96, 1.04);
        // Whole features: each line is dropped to one value or kept.
        double[] lines = ones(device, 4, 8, 3).featureAlphaDropout(0.5, true, generator()).amax(2, false).toDoubleArray();
        assertThat(Arrays.stream(lines).distinct().count()).isEqualTo(2);
    }

    @ParameterizedTest
    @MethodSource("devices")
    void drawsSlopes(Device device) {
        Tensor x = ones(device, 1000).neg().requiresGrad(true);
        Tensor y = x.rrelu(0.1, 0.3, true, generator());
        y.sum().backward();
        for (float slope : x.grad().toFloatArray()) {
            assertThat(slope).isBetween(0.1f, 0.3f);
        }
        assertThat(y.neg().toFloatArray()).containsExactly(x.grad().toFloatArray());
        assertThat(Arrays.stream(y.toDoubleArray()).distinct().count()).isGreaterThan(900);
    }

    @ParameterizedTest
    @MethodSource("devices")
    void drawsChoices(Device device) {
        Tensor logits = Tensor.of(0f, (float) Math.log(3)).to(device).expand(4000, 2);
        Tensor soft = logits.gumbelSoftmax(0.5, false, -1, generator());
        TensorCases.assertClose("sums", soft.sum(1).to(DType.FLOAT64), Arrays.stream(new double[4000]).map(_ -> 1).toArray());
        Tensor hard = logits.gumbelSoftmax(0.5, true, -1, generator());
        assertThat(hard.toFloatArray()).containsOnly(0f, 1f);
        assertThat(hard.argmax(1).toLongArray()).containsExactly(soft.argmax(1).toLongArray());
        // The second choice has probability 3/4; four standard deviations are 110.
        assertThat(hard.select(1, 1).sum().item()).isBetween(2890.0, 3110.0);
    }

    @ParameterizedTest
    @MethodSource("devices")
    void dropsAttention(Device device) {
        Tensor query = ones(device, 64, 2);
        Tensor key = ones(device, 4, 2);
        Tensor y = query.scaledDotProductAttention(key, ones(device, 4, 1), null, 0.5, false, null, false, generator());
        // Each of four weights of 1/4 is dropped or doubled.
        assertThat(y.toFloatArray()).containsOnly(0f, 0.5f, 1f, 1.5f, 2f);
    }
}
