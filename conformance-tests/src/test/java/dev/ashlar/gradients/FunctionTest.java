// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.gradients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.Tensor;
import dev.ashlar.autograd.Autograd;
import dev.ashlar.autograd.Context;
import dev.ashlar.autograd.Function;
import dev.ashlar.autograd.GradCheck;
import dev.ashlar.type.AshlarException;
import dev.ashlar.type.DType;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.ShapeMismatchException;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Functions with their own backward. */
final class FunctionTest {
    private static Tensor leaf(double... values) {
        return Tensor.of(values).requiresGrad(true);
    }

    private static Tensor[] all(Tensor... tensors) {
        return tensors;
    }

    /** Saves its result, as PyTorch's example does. */
    private record Exponential(double factor) implements Function {
        @Override
        public Tensor[] forward(Context context, Tensor... inputs) {
            Tensor result = inputs[0].mul(factor).exp();
            context.saveForBackward(result);
            return all(result);
        }

        @Override
        public @Nullable Tensor[] backward(Context context, @Nullable Tensor... gradients) {
            return all(Objects.requireNonNull(gradients[0]).mul(context.saved(0)).mul(factor));
        }
    }

    /** Sum and product, where the rank of elements has no gradient. */
    private record SumAndProduct(boolean materialize) implements Function {
        @Override
        public Tensor[] forward(Context context, Tensor... inputs) {
            context.saveForBackward(inputs[0], inputs[1]);
            context.setMaterializeGrads(materialize);
            Tensor sign = inputs[0].sign();
            context.markNonDifferentiable(sign);
            return all(inputs[0].add(inputs[1]), inputs[0].mul(inputs[1]), sign, inputs[0].to(DType.INT64));
        }

        @Override
        public @Nullable Tensor[] backward(Context context, @Nullable Tensor... gradients) {
            Tensor a = context.saved(0);
            Tensor b = context.saved(1);
            Tensor sum = gradients[0];
            Tensor product = gradients[1];
            if (!materialize && product == null) {
                return new Tensor[] {sum, sum};
            }
            Tensor first = Objects.requireNonNull(sum);
            Tensor second = Objects.requireNonNull(product);
            return new Tensor[] {
                context.needsInputGrad(0) ? first.add(second.mul(b)) : null, context.needsInputGrad(1) ? first.add(second.mul(a)) : null
            };
        }
    }

    private record Once() implements Function {
        @Override
        public Tensor[] forward(Context context, Tensor... inputs) {
            context.saveForBackward(inputs);
            return all(inputs[0].square());
        }

        @Override
        public @Nullable Tensor[] backward(Context context, @Nullable Tensor... gradients) {
            return all(Objects.requireNonNull(gradients[0]).mul(context.saved(0)).mul(2.0));
        }

        @Override
        public boolean isOnceDifferentiable() {
            return true;
        }
    }

    /** What is handed back to wrong ends. */
    private record Returning(Tensor... gradients) implements Function {
        @Override
        public Tensor[] forward(Context context, Tensor... inputs) {
            return all(inputs[0]);
        }

        @Override
        public @Nullable Tensor[] backward(Context context, @Nullable Tensor... given) {
            return gradients;
        }
    }

    @Test
    void firstAndSecondDerivatives() {
        GradCheck.check(in -> new Exponential(0.7).apply(in.get(0)), List.of(leaf(0.1, -0.5, 1)));
        GradCheck.checkSecond(in -> new Exponential(0.7).apply(in.get(0)), List.of(leaf(0.1, -0.5, 1)));
        GradCheck.check(in -> sumPlusProduct(in.get(0), in.get(1)), List.of(leaf(1, 2), leaf(3, -4)));
        GradCheck.checkSecond(in -> sumPlusProduct(in.get(0), in.get(1)), List.of(leaf(1, 2), leaf(3, -4)));
    }

    private static Tensor sumPlusProduct(Tensor a, Tensor b) {
        Tensor[] results = new SumAndProduct(true).applyAll(a, b);
        return results[0].mul(results[1]);
    }

    @Test
    void severalResults() {
        Tensor a = leaf(1, -2);
        Tensor b = leaf(3, 4);
        Tensor[] results = new SumAndProduct(true).applyAll(a, b);
        assertThat(results[1].requiresGrad()).isTrue();
        assertThat(results[2].requiresGrad()).isFalse();
        assertThat(results[3].requiresGrad()).isFalse();
        assertThat(results[1].toString()).contains("grad_fn=<SumAndProduct");
        results[1].sum().backward();
        assertThat(a.grad().toDoubleArray()).containsExactly(3, 4);
        assertThat(b.grad().toDoubleArray()).containsExactly(1, -2);
        Tensor[] again = new SumAndProduct(false).applyAll(a, b);
        assertThat(Autograd.grad(again[0].sum(), List.of(b)).getFirst().toDoubleArray()).containsExactly(1, 1);
    }

    @Test
    void asksForNeededGradientsOnly() {
        Tensor a = leaf(1);
        Tensor b = Tensor.of(new double[] {5});
        new SumAndProduct(true).applyAll(a, b)[1].backward();
        assertThat(a.grad().item()).isEqualTo(5);
        try (var _ = Autograd.noGrad()) {
            assertThat(new Exponential(1).apply(a).requiresGrad()).isFalse();
        }
    }

    @Test
    void onceDifferentiable() {
        Tensor x = leaf(3);
        Tensor gradient = Autograd.grad(new Once().apply(x), List.of(x), true).getFirst();
        assertThat(gradient.item()).isEqualTo(6);
        assertThatThrownBy(gradient::backward).isInstanceOf(AshlarException.class)
                .hasMessageMatching("\\[backward] expected .+ twice, got Once.+; .+");
    }

    @Test
    void resultsAreTensorsOfTheirOwn() {
        Tensor x = leaf(3);
        Tensor same = new Returning(Tensor.of(new double[] {7})).apply(x);
        assertThat(same).isNotSameAs(x);
        assertThat(x.isLeaf()).isTrue();
        same.backward();
        assertThat(x.grad().item()).isEqualTo(7);
    }

    @Test
    void checksWhatBackwardReturns() {
        Tensor x = leaf(1, 2);
        assertThatThrownBy(() -> new Returning().apply(x).sum().backward()).isInstanceOf(InvalidArgumentException.class)
                .hasMessageMatching("\\[Returning] expected .+ 1 inputs, got 0; .+");
        assertThatThrownBy(() -> new Returning(Tensor.ones(3)).apply(x).sum().backward()).isInstanceOf(ShapeMismatchException.class)
                .hasMessageMatching("\\[Returning] expected .+\\[2] for input 0, got \\[3]; .+");
        assertThatThrownBy(() -> new SumAndProduct(true).apply(x, x)).isInstanceOf(InvalidArgumentException.class);
        // Gradients of other types are cast, and summed to the input's shape, as in PyTorch.
        Tensor y = leaf(1, 2);
        new Returning(Tensor.ones(3, 2)).apply(y).sum().backward();
        assertThat(y.grad().dtype()).isEqualTo(DType.FLOAT64);
        assertThat(y.grad().toDoubleArray()).containsExactly(3, 3);
    }

    @Test
    void freesWhatItSaved() {
        Tensor x = leaf(1);
        Tensor y = new Exponential(2).apply(x);
        y.backward(null, true, false);
        y.backward();
        assertThatThrownBy(y::backward).isInstanceOf(AshlarException.class).hasMessageContaining("retainGraph");
        assertThat(Autograd.grad(List.of(new Exponential(2).apply(x)), List.of(x), Collections.singletonList(null), false,
                false)).hasSize(1);
    }
}
