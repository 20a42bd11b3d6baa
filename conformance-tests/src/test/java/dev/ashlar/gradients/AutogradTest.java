// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.gradients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ashlar.RemovableHandle;
import dev.ashlar.Tensor;
import dev.ashlar.autograd.Autograd;
import dev.ashlar.type.AshlarException;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.ShapeMismatchException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Gradients as values, modes and hooks, against what PyTorch 2.13 gives. */
final class AutogradTest {
    private static Tensor leaf(double... values) {
        return Tensor.of(values).requiresGrad(true);
    }

    private static void isClose(@Nullable Tensor actual, double... expected) {
        assertThat(Objects.requireNonNull(actual).toDoubleArray()).containsExactly(expected, within(1e-10));
    }

    private static final double[] FIRST_X = {0.9182168195493894, -0.1540075074627938, 16.44481866510981};
    private static final double[] FIRST_Y = {0.8775825618903728, -3.3291746923771393, 25.924597739559882};
    private static final double[] SECOND_X = {2.0564811209410974, -16.017515052845802, 1091.8222607970702};
    private static final double[] SECOND_Y = {0.8897179663982614, 33.06046589825404, 1211.4080824026275};
    private static final double[] THIRD_Y = {0.7160607766449216, 230.12780171733823, -2666.85045233242};
    private static final double[] HESSIAN = {
        10.058957935161331, 7.9099898275317635, 5.273326551687842, 7.9099898275317635, 2.5147394837903327, 2.636663275843921,
        5.273326551687843, 2.6366632758439215, 1.1176619927957034
    };
    private static final double[] HVP = {4.785631383473489, 6.713581981663391, 3.1954942722417727};

    // ---- gradients --------------------------------------------------------------------------------------------------------------

    @Test
    void thirdDerivatives() {
        Tensor x = leaf(1, 2, 3);
        Tensor y = leaf(0.5, -1, 2);
        Tensor z = x.mul(y).sin().mul(x);
        List<Tensor> first = Autograd.grad(List.of(z), List.of(x, y), List.of(Tensor.of(new double[] {1, 2, 3})), true, true);
        isClose(first.get(0), FIRST_X);
        isClose(first.get(1), FIRST_Y);
        List<Tensor> second = Autograd.grad(first.get(0).mul(first.get(1)).sum(), List.of(x, y), true);
        isClose(second.get(0), SECOND_X);
        isClose(second.get(1), SECOND_Y);
        isClose(Autograd.grad(second.get(0).sum(), List.of(y)).getFirst(), THIRD_Y);
    }

    @Test
    void unusedInputs() {
        Tensor x = leaf(1);
        Tensor unused = leaf(1, 2);
        Tensor y = x.mul(2.0).sum();
        List<@Nullable Tensor> start = Collections.singletonList(null);
        assertThatThrownBy(() -> Autograd.grad(List.of(y), List.of(x, unused), start, true, false))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageMatching("\\[grad] expected .+, got input 1, which was not used; .+ allowUnused .+");
        List<@Nullable Tensor> allowed = Autograd.grad(List.of(y), List.of(x, unused), start, true, false, true);
        isClose(allowed.get(0), 2);
        assertThat(allowed.get(1)).isNull();
        isClose(Autograd.grad(List.of(y), List.of(x, unused), start, true, false, true, true).get(1), 0, 0);
    }

    @Test
    void clearErrors() {
        Tensor x = leaf(1, 2);
        Tensor y = x.square();
        List<@Nullable Tensor> none = Collections.singletonList(null);
        assertThatThrownBy(() -> Autograd.grad(List.of(y), List.of(x), none, false, false)).isInstanceOf(ShapeMismatchException.class)
                .hasMessageMatching("\\[grad] expected .+, got .+; .+");
        assertThatThrownBy(() -> Autograd.grad(List.of(y), List.of(x), List.of(Tensor.ones(3)), false, false))
                .isInstanceOf(ShapeMismatchException.class).hasMessageMatching("\\[grad] expected .+\\[2].+, got \\[3]; .+");
        assertThatThrownBy(() -> Autograd.grad(List.of(y), List.of(x), List.of(), false, false))
                .isInstanceOf(InvalidArgumentException.class).hasMessageMatching("\\[grad] expected .+, got 0; .+");
        assertThatThrownBy(() -> Autograd.grad(y.sum(), List.of(Tensor.ones(2)))).isInstanceOf(InvalidArgumentException.class)
                .hasMessageMatching("\\[grad] expected .+, got input 0.+; .+");
        assertThatThrownBy(() -> y.detach().sum().backward()).isInstanceOf(AshlarException.class)
                .hasMessageMatching("\\[backward] expected .+, got .+; .+");
        y.sum().backward();
        assertThatThrownBy(() -> y.sum().backward()).isInstanceOf(AshlarException.class)
                .hasMessageMatching("\\[backward] expected .+, got .+ freed; .+retainGraph.+");
    }

    @Test
    void sumsNeedNoRetainedGraph() {
        Tensor x = leaf(1, 2);
        Tensor y = x.add(1.0).sum();
        y.backward();
        y.backward();
        isClose(x.grad(), 2, 2);
    }

    @Test
    void severalRootsAtOnce() {
        Tensor x = leaf(1, 2);
        Tensor shared = x.mul(3.0);
        Autograd.backward(List.of(shared, shared.sum()), Arrays.asList(Tensor.of(new double[] {1, 10}), null));
        isClose(x.grad(), 6, 33);
        isClose(Autograd.grad(x.square().sum(), List.of(x, x)).get(1), 2, 4);
    }

    @Test
    void productsAndMatrices() {
        Tensor x = Tensor.of(new double[] {1, 2, 3});
        Tensor v = Tensor.of(new double[] {1, -1, 0.5});
        isClose(Autograd.jacobian(t -> t.mul(t.sum()), x), 7, 1, 1, 2, 8, 2, 3, 3, 9);
        assertThat(Autograd.jacobian(t -> t.reshape(3, 1).mul(2.0), x).shape().toArray()).containsExactly(3, 1, 3);
        isClose(Autograd.hessian(t -> t.prod().sin(), x), HESSIAN);
        isClose(Autograd.hvp(t -> t.prod().sin(), x, v).product(), HVP);
        isClose(Autograd.jvp(t -> Tensor.stack(0, t.prod(), t.sum().square()), x, v).product(), 4, 6);
        isClose(Autograd.vjp(t -> Tensor.stack(0, t.prod(), t.sum().square()), x, Tensor.of(new double[] {2, 3})).product(), 48, 42, 40);
        isClose(Autograd.jacobian(t -> t.detach(), x), new double[9]);
    }

    // ---- modes ------------------------------------------------------------------------------------------------------------------

    @Test
    void modesNest() {
        Tensor x = leaf(1);
        try (var _ = Autograd.noGrad()) {
            assertThat(x.mul(2.0).requiresGrad()).isFalse();
            try (var _ = Autograd.enableGrad()) {
                assertThat(x.mul(2.0).requiresGrad()).isTrue();
            }
            assertThat(Autograd.isGradEnabled()).isFalse();
        }
        assertThat(Autograd.isGradEnabled()).isTrue();
    }

    @Test
    void inferenceTensorsStayOut() {
        Tensor x = leaf(1, 2);
        Tensor made;
        Tensor view;
        try (var _ = Autograd.inferenceMode()) {
            made = x.mul(2.0);
            view = x.reshape(2, 1);
            try (var _ = Autograd.enableGrad()) {
                assertThat(x.mul(2.0).requiresGrad()).isFalse();
            }
            made.addAssign(1);
        }
        assertThat(made.isInference()).isTrue();
        assertThat(view.isInference()).isFalse();
        assertThat(x.isInference()).isFalse();
        assertThat(made.toDoubleArray()).containsExactly(3, 5);
        // As in PyTorch, addition saves nothing, and a clone is a tensor like others.
        isClose(made.add(x), 4, 7);
        isClose(made.clone().mul(x), 3, 10);
        assertThatThrownBy(() -> made.mul(x)).isInstanceOf(AshlarException.class).hasMessageContaining("inference mode");
        assertThatThrownBy(() -> made.addAssign(1)).isInstanceOf(AshlarException.class).hasMessageContaining("inference");
        assertThatThrownBy(() -> made.requiresGrad(true)).isInstanceOf(AshlarException.class).hasMessageContaining("inference");
    }

    // ---- hooks ------------------------------------------------------------------------------------------------------------------

    @Test
    void hooksSeeAndReplaceGradients() {
        Tensor x = leaf(2);
        Tensor y = x.mul(3.0);
        List<Double> seen = new ArrayList<>();
        RemovableHandle first = y.registerHook(g -> {
            seen.add(g.item());
            return g.mul(10.0);
        });
        y.registerHook(g -> {
            seen.add(g.item());
            return null;
        });
        Tensor z = y.mul(y);
        List<Tensor> gradients = Autograd.grad(List.of(z), List.of(x, y), Collections.singletonList(null), true, false);
        isClose(gradients.get(0), 360);
        isClose(gradients.get(1), 120);
        assertThat(seen).containsExactly(12.0, 120.0);
        first.remove();
        first.remove();
        z.backward(null, true, false);
        isClose(x.grad(), 36);
        assertThatThrownBy(() -> Tensor.ones(1).registerHook(g -> g)).isInstanceOf(AshlarException.class)
                .hasMessageMatching("\\[registerHook] expected .+, got .+; .+");
        y.registerHook(g -> Tensor.ones(4));
        assertThatThrownBy(() -> z.backward()).isInstanceOf(ShapeMismatchException.class)
                .hasMessageMatching("\\[registerHook] expected .+, got \\[4]; .+");
    }

    @Test
    void hooksOfLeaves() {
        Tensor x = leaf(1, 2);
        List<double[]> seen = new ArrayList<>();
        x.registerHook(g -> g.neg());
        x.registerPostAccumulateGradHook(leaf -> seen.add(leaf.grad().toDoubleArray()));
        // Two ways lead to the leaf; hooks see the sum, once.
        x.mul(2.0).add(x.mul(5.0)).sum().backward();
        isClose(x.grad(), -7, -7);
        assertThat(seen).hasSize(1);
        assertThat(seen.getFirst()).containsExactly(-7, -7);
    }

    @Test
    void retainsGradientsOfResults() {
        Tensor x = leaf(2);
        Tensor y = x.mul(3.0).retainGrad();
        y.registerHook(g -> g.mul(10.0));
        Tensor z = y.mul(y);
        z.backward(null, true, false);
        z.backward();
        isClose(y.grad(), 240);
        isClose(x.grad(), 720);
        assertThat(y.retainsGrad()).isTrue();
        assertThat(x.retainGrad().retainsGrad()).isFalse();
    }

    // ---- anomalies --------------------------------------------------------------------------------------------------------------

    @Test
    void namesTheOperationThatMadeNanGoingForward() {
        try (var _ = Autograd.detectAnomaly()) {
            Tensor x = leaf(1, -1);
            assertThatThrownBy(() -> x.log().mul(2.0)).isInstanceOf(AshlarException.class)
                    .hasMessageMatching("(?s)\\[detectAnomaly] expected .*log.*, got .*AutogradTest.java:\\d+ .*; .+");
        }
        assertThat(leaf(-1).log().item()).isNaN();
    }

    @Test
    void namesTheOperationWhoseBackwardMadeNan() {
        try (var _ = Autograd.detectAnomaly()) {
            Tensor x = leaf(0, 1);
            StackTraceElement here = new Throwable().getStackTrace()[0];
            Tensor y = x.sqrt();
            Tensor loss = y.mul(0.0).sum();
            assertThatThrownBy(loss::backward).isInstanceOf(AshlarException.class)
                    .hasMessageContaining("backward of sqrt")
                    .hasMessageContaining("AutogradTest.java:" + (here.getLineNumber() + 1) + " ");
            assertThat(y.describe()).contains("sqrt at AutogradTest.java:" + (here.getLineNumber() + 1));
        }
    }
}
