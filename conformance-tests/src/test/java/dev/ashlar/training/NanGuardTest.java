// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.Tensor;
import dev.ashlar.autograd.Autograd;
import dev.ashlar.nn.ConcreteModule;
import dev.ashlar.nn.Layer;
import dev.ashlar.nn.Linear;
import dev.ashlar.nn.NanGuard;
import dev.ashlar.nn.Sequential;
import dev.ashlar.nn.Tanh;
import dev.ashlar.type.AshlarException;
import org.junit.jupiter.api.Test;

final class NanGuardTest {
    /** Its gradient at 0 is infinite. */
    private static final class Root extends ConcreteModule<Root> implements Layer {
        @Override
        public Tensor forward(Tensor input) {
            return hooked(input, Tensor::sqrt);
        }
    }

    private final Sequential model = new Sequential(new Linear(2, 2), new Sequential(new Linear(2, 2), new Tanh()));

    @Test
    void namesTheFirstModule() {
        try (var _ = Autograd.noGrad()) {
            model.getParameter("1.0.bias").tensor().fill(Double.NaN);
        }
        try (NanGuard guard = NanGuard.watch(model)) {
            model.forward(Tensor.ones(1, 2)).sum().backward();
            assertThatThrownBy(guard::check).isInstanceOf(AshlarException.class)
                    .hasMessageMatching("\\[NanGuard] expected .+, got the first NaN in the output of '1\\.0' \\(Linear\\); .+");
            assertThat(guard.find()).isEmpty();
        }
        assertThat(NanGuard.broken(model)).containsExactly("1.0.bias");
    }

    @Test
    void looksAtGradientsToo() {
        Sequential roots = new Sequential(new Linear(2, 2), new Root());
        try (var _ = Autograd.noGrad()) {
            roots.parameters().forEach(parameter -> parameter.tensor().fill(0));
        }
        try (NanGuard guard = NanGuard.watch(roots)) {
            roots.forward(Tensor.ones(1, 2)).sum().backward();
            assertThat(guard.find()).hasValueSatisfying(finding ->
                    assertThat(finding).hasToString("an infinity in the gradient of input 0 of '1' (Root)"));
        }
    }

    @Test
    void isSilentOtherwiseAndLeavesNothingBehind() {
        NanGuard guard = NanGuard.watch(model);
        model.forward(Tensor.ones(1, 2)).sum().backward();
        guard.check();
        guard.close();
        model.forward(Tensor.full(dev.ashlar.type.Shape.of(1, 2), Float.NaN));
        guard.check();
    }
}
