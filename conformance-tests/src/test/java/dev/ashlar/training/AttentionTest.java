// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ashlar.Ashlar;
import dev.ashlar.Generator;
import dev.ashlar.Tensor;
import dev.ashlar.autograd.GradCheck;
import dev.ashlar.nn.AttentionMask;
import dev.ashlar.nn.AttentionOptions;
import dev.ashlar.nn.Module;
import dev.ashlar.nn.MultiheadAttention;
import dev.ashlar.nn.Parameter;
import dev.ashlar.nn.Transformer;
import dev.ashlar.nn.TransformerDecoder;
import dev.ashlar.nn.TransformerDecoderLayer;
import dev.ashlar.nn.TransformerEncoder;
import dev.ashlar.nn.TransformerEncoderLayer;
import dev.ashlar.nn.TransformerOptions;
import dev.ashlar.type.DType;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.ShapeMismatchException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What recordings of PyTorch do not say about attention: masks made by themselves, copies, initial values, dropout, errors. */
class AttentionTest {
    private static final TransformerOptions SMALL = TransformerOptions.defaults().dimFeedforward(6).dropout(0);

    @BeforeEach
    void seed() {
        Ashlar.seed(12);
    }

    private static double distance(Tensor a, Tensor b) {
        return a.sub(b).abs().max().item();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void causalMakesItsMask(boolean weights) {
        MultiheadAttention attention = new MultiheadAttention(8, 2, AttentionOptions.defaults().batchFirst(true));
        Tensor x = Tensor.randn(3, 5, 8);
        Tensor mask = Transformer.generateSquareSubsequentMask(5);
        Tensor padding = Tensor.arange(5).ge(4.0).expand(3, 5);
        for (Tensor keys : new Tensor[] {null, padding}) {
            AttentionMask own = new AttentionMask(null, keys, true);
            Tensor made = attention.forward(x, x, x, own, weights, true).output();
            AttentionMask given = new AttentionMask(mask, keys, false);
            assertThat(distance(made, attention.forward(x, x, x, given, weights, true).output())).isCloseTo(0, within(1e-6));
            assertThat(distance(made, attention.forward(x, AttentionMask.none()))).isGreaterThan(1e-3);
        }
    }

    @Test
    void addedSourcesAreSeenBehindAnOwnCausalMask() {
        MultiheadAttention attention = new MultiheadAttention(4, 2, AttentionOptions.defaults().addBiasKv(true).addZeroAttn(true));
        Tensor x = Tensor.randn(3, 2, 4);
        MultiheadAttention.Result result = attention.forward(x, x, x, AttentionMask.causal(), true, true);
        Tensor weights = Objects.requireNonNull(result.weights());
        assertThat(weights.shape().toArray()).containsExactly(2, 3, 5);
        assertThat(weights.gt(0.0).select(0, 0).toBooleanArray()).containsExactly(
                true, false, false, true, true, true, true, false, true, true, true, true, true, true, true);
        Tensor fast = attention.forward(x, AttentionMask.causal());
        assertThat(distance(result.output(), fast)).isCloseTo(0, within(1e-6));
    }

    @Test
    void whoMayLookAtNothingGetsNothing() {
        MultiheadAttention attention = new MultiheadAttention(4, 2, AttentionOptions.defaults().bias(false));
        Tensor x = Tensor.randn(3, 1, 4);
        AttentionMask nothing = AttentionMask.of(Tensor.of(new boolean[] {true, true, true, false, false, false, true, false, false}, 3,
                3));
        assertThat(attention.forward(x, nothing).select(0, 0).abs().sum().item()).isCloseTo(0, within(0.0));
        assertThat(attention.forward(x, x, x, nothing, true, true).output().select(0, 0).isNan().all().itemBoolean()).isTrue();
    }

    @Test
    void dropoutTouchesWeightsInTrainingOnly() {
        MultiheadAttention attention = new MultiheadAttention(4, 2, AttentionOptions.defaults().dropout(0.5));
        Tensor x = Tensor.randn(40, 1, 4);
        Tensor dropped = Objects.requireNonNull(attention.forward(x, x, x, AttentionMask.none(), true, false).weights());
        assertThat(dropped.eq(0.0).to(DType.FLOAT32).mean().item()).isCloseTo(0.5, within(0.1));
        attention.eval();
        Tensor kept = Objects.requireNonNull(attention.forward(x, x, x, AttentionMask.none(), true, false).weights());
        assertThat(kept.gt(0.0).all().itemBoolean()).isTrue();
    }

    @Test
    void canBeDifferentiatedTwice() {
        TransformerEncoderLayer layer = new TransformerEncoderLayer(4, 2, SMALL.activation(Tensor::gelu)).to(DType.FLOAT64);
        Tensor x = Tensor.randn(3, 1, 4).to(DType.FLOAT64).detach().requiresGrad(true);
        List<Tensor> inputs = List.of(x, Objects.requireNonNull(layer.namedParameters().get("self_attn.in_proj_weight")).tensor());
        GradCheck.check(given -> layer.forward(given.getFirst(), AttentionMask.causal()), inputs);
        GradCheck.checkSecond(given -> layer.forward(given.getFirst(), AttentionMask.causal()), inputs);
    }

    // ---- stacks -----------------------------------------------------------------------------------------------------------------

    @Test
    void layersOfAStackStartAlikeAndLiveApart() {
        Ashlar.seed(Generator.pytorch(5));
        TransformerEncoderLayer layer = new TransformerEncoderLayer(4, 2, SMALL).eval();
        double next = Tensor.rand(1).item();
        Ashlar.seed(Generator.pytorch(5));
        TransformerEncoder encoder = new TransformerEncoder(new TransformerEncoderLayer(4, 2, SMALL).eval(), 2);
        assertThat(Tensor.rand(1).item()).as("copies draw nothing").isCloseTo(next, within(0.0));
        Map<String, Parameter> parameters = encoder.namedParameters();
        assertThat(parameters).hasSize(2 * layer.parameters().size());
        layer.namedParameters().forEach((name, parameter) -> {
            Parameter first = Objects.requireNonNull(parameters.get("layers.0." + name));
            Parameter second = Objects.requireNonNull(parameters.get("layers.1." + name));
            assertThat(first).isNotSameAs(second);
            assertThat(first.tensor().equal(parameter.tensor())).isTrue();
            assertThat(second.tensor().equal(parameter.tensor())).isTrue();
        });
        assertThat(encoder.namedModules().get("layers.1.dropout1").isTraining()).isFalse();
    }

    private static double sum(Module module, String name) {
        return Objects.requireNonNull(module.stateDict().get(name)).to(DType.FLOAT64).abs().sum().item();
    }

    /** Sums of absolute values after {@code torch.manual_seed(123)}. */
    @Test
    void startsWithPyTorchsValues() {
        Ashlar.seed(Generator.pytorch(123));
        MultiheadAttention attention = new MultiheadAttention(4, 2);
        assertThat(sum(attention, "in_proj_weight")).isCloseTo(13.773137, within(2e-6));
        assertThat(sum(attention, "out_proj.weight")).isCloseTo(4.134644, within(2e-6));
        assertThat(sum(attention, "out_proj.bias")).isCloseTo(0, within(0.0));
        assertThat(Tensor.rand(1).item()).isCloseTo(0.012555, within(1e-6));
        MultiheadAttention wide = new MultiheadAttention(
                4, 2, AttentionOptions.defaults().bias(false).addBiasKv(true).kdim(3L).vdim(5L));
        assertThat(sum(wide, "q_proj_weight")).isCloseTo(8.045026, within(2e-6));
        assertThat(sum(wide, "v_proj_weight")).isCloseTo(7.004601, within(2e-6));
        assertThat(sum(wide, "bias_k")).isCloseTo(1.706605, within(2e-6));
        assertThat(sum(wide, "bias_v")).isCloseTo(1.557783, within(2e-6));
        assertThat(Tensor.rand(1).item()).isCloseTo(0.124175, within(1e-6));
        TransformerOptions options = TransformerOptions.defaults().dimFeedforward(6);
        assertThat(sum(new TransformerEncoder(new TransformerEncoderLayer(4, 2, options), 2), "layers.1.linear1.weight"))
                .isCloseTo(5.213618, within(2e-6));
        assertThat(Tensor.rand(1).item()).isCloseTo(0.362941, within(1e-6));
        assertThat(sum(new TransformerDecoderLayer(4, 2, options.bias(false)), "multihead_attn.in_proj_weight"))
                .isCloseTo(15.156564, within(2e-6));
        assertThat(Tensor.rand(1).item()).isCloseTo(0.676613, within(1e-6));
        Transformer transformer = new Transformer(4, 2, 1, 2, options);
        assertThat(sum(transformer, "encoder.layers.0.self_attn.in_proj_weight")).isCloseTo(16.818930, within(2e-6));
        assertThat(sum(transformer, "decoder.layers.1.linear2.weight")).isCloseTo(8.953387, within(2e-6));
        assertThat(Tensor.rand(1).item()).isCloseTo(0.472215, within(1e-6));
    }

    // ---- errors -----------------------------------------------------------------------------------------------------------------

    @Test
    void saysWhatIsWrong() {
        assertThatThrownBy(() -> new MultiheadAttention(6, 4))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("multiple of the number of heads, got 6 and 4");
        MultiheadAttention attention = new MultiheadAttention(4, 2);
        Tensor x = Tensor.zeros(3, 2, 4);
        assertThatThrownBy(() -> attention.forward(x, Tensor.zeros(3, 2, 5), x))
                .isInstanceOf(ShapeMismatchException.class)
                .hasMessageContaining("of sizes 4, 4 and 4, got [3, 2, 4], [3, 2, 5] and [3, 2, 4]");
        assertThatThrownBy(() -> attention.forward(x, AttentionMask.of(Tensor.zeros(2, 3))))
                .isInstanceOf(ShapeMismatchException.class)
                .hasMessageContaining("expected a mask [targets, sources] = [3, 3] or [samples * heads, targets, sources] = [4, 3, 3]");
        assertThatThrownBy(() -> attention.forward(x, AttentionMask.padding(Tensor.zeros(3, 2).gt(0.0))))
                .isInstanceOf(ShapeMismatchException.class)
                .hasMessageContaining("[samples, sources] = [2, 3], got [3, 2]");
        assertThatThrownBy(() -> attention.forward(x, AttentionMask.of(Tensor.zeros(3, 3).to(DType.INT64))))
                .hasMessageContaining("bool or floating-point");
        assertThatThrownBy(() -> new TransformerDecoder(new TransformerDecoderLayer(4, 2, SMALL), 0)).hasMessageContaining(">= 1, got 0");
        assertThatThrownBy(() -> new Transformer(4, 2, 1, 1, SMALL).forward(x, Tensor.zeros(3, 3, 4)))
                .isInstanceOf(ShapeMismatchException.class)
                .hasMessageContaining("with as many samples, got [3, 2, 4] and [3, 3, 4]");
    }
}
