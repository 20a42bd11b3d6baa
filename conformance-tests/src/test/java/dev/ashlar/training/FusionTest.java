// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ashlar.Tensor;
import dev.ashlar.nn.BatchNorm1d;
import dev.ashlar.nn.BatchNorm2d;
import dev.ashlar.nn.Conv2d;
import dev.ashlar.nn.ConvOptions;
import dev.ashlar.nn.ConvTranspose2d;
import dev.ashlar.nn.Fusion;
import dev.ashlar.nn.Layer;
import dev.ashlar.nn.Linear;
import dev.ashlar.nn.Sequential;
import dev.ashlar.type.InvalidArgumentException;
import org.junit.jupiter.api.Test;

/** A layer and the norm behind it give as one what they give one after the other. */
final class FusionTest {
    private static void trained(Sequential both, Tensor x) {
        both.parameters().forEach(parameter -> parameter.tensor().requiresGrad(false).addAssign(0.3));
        both.forward(x);
        both.forward(x.mul(2.0));
        both.eval();
    }

    private static void same(Sequential both, Layer fused, Tensor x) {
        assertThat(fused.isTraining()).isFalse();
        assertThat(fused.forward(x).toFloatArray()).containsExactly(both.forward(x).toFloatArray(), within(1e-4f));
    }

    @Test
    void convolutions() {
        Conv2d convolution = new Conv2d(4, 6, 3, ConvOptions.defaults().stride(2).padding(1).groups(2).bias(false));
        BatchNorm2d norm = new BatchNorm2d(6);
        Sequential both = new Sequential(convolution, norm);
        Tensor x = Tensor.randn(3, 4, 5, 6);
        assertThatThrownBy(() -> Fusion.fuseConvBn(convolution, norm)).isInstanceOf(InvalidArgumentException.class)
                .hasMessageMatching("\\[fuseConvBn] expected .+, got .+; .+");
        trained(both, x);
        same(both, Fusion.fuseConvBn(convolution, norm), x);
        ConvTranspose2d transposed = new ConvTranspose2d(4, 6, 3, ConvOptions.defaults().stride(2));
        BatchNorm2d plain = new BatchNorm2d(6, 1e-3, 0.2, false, true, false);
        Sequential other = new Sequential(transposed, plain);
        trained(other, x);
        same(other, Fusion.fuseConvBn(transposed, plain), x);
    }

    @Test
    void linearLayers() {
        Linear linear = new Linear(3, 5);
        BatchNorm1d norm = new BatchNorm1d(5);
        Sequential both = new Sequential(linear, norm);
        Tensor x = Tensor.randn(7, 3);
        trained(both, x);
        same(both, Fusion.fuseLinearBn(linear, norm), x);
        assertThatThrownBy(() -> Fusion.fuseLinearBn(new Linear(2, 3), norm)).hasMessageStartingWith("[fuseLinearBn] expected");
    }
}
