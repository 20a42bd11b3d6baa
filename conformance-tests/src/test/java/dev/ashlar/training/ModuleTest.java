// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ashlar.Ashlar;
import dev.ashlar.Tensor;
import dev.ashlar.autograd.Autograd;
import dev.ashlar.nn.AbstractModule;
import dev.ashlar.nn.Dropout;
import dev.ashlar.nn.ELU;
import dev.ashlar.nn.Embedding;
import dev.ashlar.nn.Flatten;
import dev.ashlar.nn.Hardtanh;
import dev.ashlar.nn.Init;
import dev.ashlar.nn.Layer;
import dev.ashlar.nn.LayerNorm;
import dev.ashlar.nn.LeakyReLU;
import dev.ashlar.nn.Linear;
import dev.ashlar.nn.Module;
import dev.ashlar.nn.Parameter;
import dev.ashlar.nn.ReLU;
import dev.ashlar.nn.Sequential;
import dev.ashlar.nn.Softmax;
import dev.ashlar.nn.Standardize;
import dev.ashlar.optim.SGD;
import dev.ashlar.type.DType;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Trees of modules: names, printing, state, modes, and what the layers compute. */
class ModuleTest {
    private static final class Classifier extends AbstractModule implements Layer {
        private final Linear hidden = register("hidden", new Linear(4, 3));
        private final Sequential head = register("head", new Sequential(new ReLU(), new Dropout(), new Linear(3, 2, false)));

        @Override
        public Tensor forward(Tensor input) {
            return head.forward(hidden.forward(input));
        }
    }

    /** A buffer, a parameter of its own, and a layer that is used twice. */
    private static final class Shared extends AbstractModule implements Layer {
        private final Parameter scale = registerParameter("scale", Tensor.full(2, 3));
        private final Linear first = register("first", new Linear(3, 3));

        Shared() {
            register("second", first);
            registerBuffer("count", Tensor.of(new long[] {5}));
        }

        @Override
        public Tensor forward(Tensor input) {
            return first.forward(first.forward(input)).mul(scale.tensor());
        }
    }

    @BeforeEach
    void seed() {
        Ashlar.seed(7);
    }

    // ---- names and printing -----------------------------------------------------------------------------------------------------

    @Test
    void namesAreThoseOfPyTorch() {
        assertThat(new Classifier().stateDict().keySet()).containsExactly("hidden.weight", "hidden.bias", "head.2.weight");
        assertThat(new Sequential(new Linear(1, 5), new ReLU(), new Linear(5, 1)).namedParameters().keySet())
                .containsExactly("0.weight", "0.bias", "2.weight", "2.bias");
    }

    @Test
    void namesCanBeGiven() {
        Map<String, Layer> layers = new LinkedHashMap<>();
        layers.put("in", new Linear(1, 2));
        layers.put("out", new Linear(2, 1));
        assertThat(new Sequential((LinkedHashMap<String, Layer>) layers).namedParameters().keySet())
                .containsExactly("in.weight", "in.bias", "out.weight", "out.bias");
    }

    @Test
    void printsAsPyTorchDoes() {
        assertThat(new Sequential(new Linear(1, 5), new ReLU(), new Linear(5, 1, false))).hasToString("""
                Sequential(
                  (0): Linear(in_features=1, out_features=5, bias=True)
                  (1): ReLU()
                  (2): Linear(in_features=5, out_features=1, bias=False)
                )""");
        assertThat(new Classifier()).hasToString("""
                Classifier(
                  (hidden): Linear(in_features=4, out_features=3, bias=True)
                  (head): Sequential(
                    (0): ReLU()
                    (1): Dropout(p=0.5, inplace=False)
                    (2): Linear(in_features=3, out_features=2, bias=False)
                  )
                )""");
        assertThat(new Sequential(new LeakyReLU(), new ELU(), new Hardtanh(), new Softmax(1), new Flatten(), new Embedding(10, 3),
                new LayerNorm(4), Tensor::exp)).hasToString("""
                Sequential(
                  (0): LeakyReLU(negative_slope=0.01)
                  (1): ELU(alpha=1.0)
                  (2): Hardtanh(min_val=-1.0, max_val=1.0)
                  (3): Softmax(dim=1)
                  (4): Flatten(start_dim=1, end_dim=-1)
                  (5): Embedding(10, 3)
                  (6): LayerNorm((4,), eps=1e-05, elementwise_affine=True, bias=True)
                  (7): Lambda()
                )""");
    }

    @Test
    void whatIsSharedIsListedOnceAndSavedUnderEachName() {
        Shared model = new Shared();
        assertThat(model.namedParameters().keySet()).containsExactly("scale", "first.weight", "first.bias");
        assertThat(model.stateDict().keySet())
                .containsExactly("scale", "count", "first.weight", "first.bias", "second.weight", "second.bias");
        assertThat(model.namedBuffers().keySet()).containsExactly("count");
        assertThat(model.namedModules().keySet()).containsExactly("", "first");
    }

    @Test
    void registeringRefusesBadNames() {
        class Twice extends AbstractModule {
            Twice(String first, String second) {
                register(first, new ReLU());
                registerParameter(second, Tensor.zeros(1));
            }
        }
        assertThatThrownBy(() -> new Twice("a", "a")).isInstanceOf(InvalidArgumentException.class).hasMessageContaining("'a' again");
        assertThatThrownBy(() -> new Twice("a.b", "c")).isInstanceOf(InvalidArgumentException.class).hasMessageContaining("'a.b'");
    }

    // ---- state ------------------------------------------------------------------------------------------------------------------

    @Test
    void stateIsThatOfTheMomentItWasTaken() {
        Linear layer = new Linear(2, 2);
        float[] before = layer.weight().toFloatArray();
        Map<String, Tensor> state = layer.stateDict();
        SGD optimizer = new SGD(layer.parameters(), 0.5);
        for (int step = 0; step < 4; step++) {
            optimizer.zeroGrad();
            layer.forward(Tensor.ones(3, 2)).sum().backward();
            optimizer.step();
        }
        assertThat(layer.weight().toFloatArray()).isNotEqualTo(before);
        assertThat(state.get("weight").toFloatArray()).isEqualTo(before);
        layer.loadStateDict(state);
        assertThat(layer.weight().toFloatArray()).isEqualTo(before);
        assertThat(layer.weight().requiresGrad()).isTrue();
    }

    @Test
    void stateThatDoesNotFitIsListedAndChangesNothing() {
        Classifier model = new Classifier();
        float[] before = model.hidden.weight().toFloatArray();
        Map<String, Tensor> state = new LinkedHashMap<>(model.stateDict());
        state.put("hidden.weight", Tensor.ones(3, 4));
        state.remove("hidden.bias");
        state.put("extra", Tensor.ones(1));
        state.put("head.2.weight", Tensor.ones(2, 2));
        assertThatThrownBy(() -> model.loadStateDict(state))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("missing: hidden.bias")
                .hasMessageContaining("unexpected: extra")
                .hasMessageContaining("mis-shaped: head.2.weight (expected [2, 3], got [2, 2])");
        assertThat(model.hidden.weight().toFloatArray()).isEqualTo(before);

        assertThatThrownBy(() -> model.loadStateDict(state, false)).hasMessageContaining("mis-shaped");
        state.remove("head.2.weight");
        Module.Unmatched unmatched = model.loadStateDict(state, false);
        assertThat(unmatched.missing()).containsExactly("hidden.bias", "head.2.weight");
        assertThat(unmatched.unexpected()).containsExactly("extra");
        assertThat(model.hidden.weight().toFloatArray()).containsOnly(1f);
    }

    @Test
    void castsParametersWithTheirGradients() {
        Shared model = new Shared();
        model.forward(Tensor.ones(1, 3)).sum().backward();
        List<Parameter> parameters = model.parameters();
        model.to(DType.FLOAT64);
        assertThat(parameters).allSatisfy(parameter -> {
            assertThat(parameter.dtype()).isEqualTo(DType.FLOAT64);
            assertThat(parameter.tensor().requiresGrad()).isTrue();
            assertThat(parameter.tensor().grad().dtype()).isEqualTo(DType.FLOAT64);
        });
        assertThat(model.namedBuffers().get("count").dtype()).isEqualTo(DType.INT64);
    }

    @Test
    void removesGradients() {
        Linear layer = new Linear(2, 1);
        layer.forward(Tensor.ones(1, 2)).sum().backward();
        assertThat(layer.weight().gradOrNull()).isNotNull();
        layer.zeroGrad();
        assertThat(layer.weight().gradOrNull()).isNull();
    }

    // ---- modes and walks --------------------------------------------------------------------------------------------------------

    @Test
    void modeReachesAllBelow() {
        Classifier model = new Classifier();
        assertThat(model.isTraining()).isTrue();
        assertThat(model.eval()).isSameAs(model);
        assertThat(model.namedModules().values()).noneMatch(Module::isTraining);
        model.train();
        assertThat(model.namedModules().values()).allMatch(Module::isTraining);
    }

    @Test
    void appliesToChildrenFirst() {
        List<String> visited = new ArrayList<>();
        new Sequential(new ReLU(), new Sequential(new Linear(1, 1))).apply(module -> visited.add(module.getClass().getSimpleName()));
        assertThat(visited).containsExactly("ReLU", "Linear", "Sequential", "Sequential");
    }

    // ---- layers -----------------------------------------------------------------------------------------------------------------

    @Test
    void linearStartsWithinItsBounds() {
        Linear layer = new Linear(100, 50);
        assertThat(layer.weight().numel()).isEqualTo(5000);
        assertThat(layer.weight().abs().max().item()).isBetween(0.099, 0.1 + 1e-8);
        // The deviation of an even distribution over [-0.1, 0.1), with 5000 draws known to about a percent.
        assertThat(layer.weight().std().item()).isCloseTo(0.1 / Math.sqrt(3), within(0.002));
        assertThat(layer.weight().mean().item()).isCloseTo(0, within(0.004));
        assertThat(new Linear(100, 50).weight().toFloatArray()).isNotEqualTo(layer.weight().toFloatArray());
    }

    @Test
    void dropoutScalesWhatItKeepsInTrainingOnly() {
        Dropout dropout = new Dropout(0.25);
        Tensor input = Tensor.ones(100, 100).requiresGrad(true);
        Tensor output = dropout.forward(input);
        output.sum().backward();
        float[] values = output.toFloatArray();
        assertThat(values).containsOnly(0f, (float) (1 / 0.75));
        // Four deviations of the mean of 10,000 draws.
        assertThat(output.mean().item()).isCloseTo(1, within(4 * Math.sqrt(0.25 / 0.75) / 100));
        assertThat(input.grad().toFloatArray()).isEqualTo(values);
        assertThat(dropout.eval().forward(input)).isSameAs(input);
    }

    @Test
    void embeddingLooksUpRowsAndCollectsTheirGradients() {
        Embedding table = new Embedding(4, 2);
        Tensor output = table.forward(Tensor.of(new long[] {3, 0, 3, 1}, 2, 2));
        assertThat(output.shape()).isEqualTo(Shape.of(2, 2, 2));
        assertThat(output.select(0, 0).select(0, 0).toFloatArray()).isEqualTo(table.weight().select(0, 3).toFloatArray());
        output.sum().backward();
        assertThat(table.weight().grad().toFloatArray()).containsExactly(1, 1, 1, 1, 0, 0, 2, 2);
    }

    @Test
    void layerNormGivesMeanZeroAndVarianceOne() {
        Tensor output = new LayerNorm(2, 8).forward(Tensor.randn(5, 2, 8).mul(3.0).add(7.0)).flatten(1);
        assertThat(output.mean(1).abs().max().item()).isLessThan(1e-5);
        assertThat(output.square().mean(1).sub(1.0).abs().max().item()).isLessThan(1e-4);
    }

    @Test
    void standardizingIsPartOfTheState() {
        Tensor rows = Tensor.of(new float[][] {{1, 5}, {2, 5}, {3, 5}});
        Standardize layer = Standardize.of(rows);
        assertThat(layer.stateDict().keySet()).containsExactly("mean", "std");
        assertThat(layer.parameters()).isEmpty();
        assertThat(layer.forward(rows).toFloatArray()).containsExactly(-1, 0, 0, 0, 1, 0);
    }

    @Test
    void initialValuesOverwriteParametersInPlace() {
        Linear layer = new Linear(30, 20);
        Tensor weight = layer.weight();
        assertThat(Init.xavierUniform(weight, 1)).isSameAs(weight);
        assertThat(weight.abs().max().item()).isBetween(0.3, Math.sqrt(6.0 / 50));
        Init.kaimingUniform(weight, 0);
        assertThat(Init.kaimingUniform(Tensor.zeros(3, 0), 0).shape()).isEqualTo(Shape.of(3, 0));
        assertThat(Init.kaimingNormal(Tensor.zeros(3, 0), 0).shape()).isEqualTo(Shape.of(3, 0));
        assertThat(weight.abs().max().item()).isBetween(0.4, Math.sqrt(6.0 / 30));
        Init.constant(layer.weight(), 2);
        assertThat(layer.weight().toFloatArray()).containsOnly(2f);
        assertThat(weight.requiresGrad() && weight.isLeaf()).isTrue();
        assertThat(Autograd.isGradEnabled()).isTrue();
    }
}
