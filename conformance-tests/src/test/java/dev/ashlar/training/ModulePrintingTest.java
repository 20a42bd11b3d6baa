// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.Reduction;
import dev.ashlar.Tensor;
import dev.ashlar.nn.AdaptiveLogSoftmaxWithLoss;
import dev.ashlar.nn.AttentionOptions;
import dev.ashlar.nn.CTCLoss;
import dev.ashlar.nn.CrossEntropyLoss;
import dev.ashlar.nn.GRU;
import dev.ashlar.nn.GRUCell;
import dev.ashlar.nn.LSTM;
import dev.ashlar.nn.LSTMCell;
import dev.ashlar.nn.LinearCrossEntropyLoss;
import dev.ashlar.nn.Module;
import dev.ashlar.nn.MultiheadAttention;
import dev.ashlar.nn.Nonlinearity;
import dev.ashlar.nn.RNN;
import dev.ashlar.nn.RNNCell;
import dev.ashlar.nn.ReLU;
import dev.ashlar.nn.RecurrentOptions;
import dev.ashlar.nn.TransformerDecoder;
import dev.ashlar.nn.TransformerDecoderLayer;
import dev.ashlar.nn.TransformerEncoder;
import dev.ashlar.nn.TransformerEncoderLayer;
import dev.ashlar.nn.TransformerOptions;
import dev.ashlar.nn.TripletMarginWithDistanceLoss;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Recurrent modules, attention and losses beside what PyTorch 2.13 prints of them. */
class ModulePrintingTest {
    private static final RecurrentOptions DEFAULTS = RecurrentOptions.defaults();
    private static final TransformerOptions SMALL = TransformerOptions.defaults().dimFeedforward(6);

    static Arguments[] modules() {
        return new Arguments[] {
        printed(new RNN(3, 4), "RNN(3, 4)"),
        printed(new RNN(3, 4, DEFAULTS.nonlinearity(Nonlinearity.RELU)), "RNN(3, 4)"),
        printed(new GRU(3, 4, DEFAULTS.numLayers(2).dropout(0.25)), "GRU(3, 4, num_layers=2, dropout=0.25)"),
        printed(
                new LSTM(3, 4, new RecurrentOptions(2, Nonlinearity.TANH, false, true, 0.5, true, 2)),
                "LSTM(3, 4, proj_size=2, num_layers=2, bias=False, batch_first=True, dropout=0.5, bidirectional=True)"),
        printed(new RNNCell(3, 4), "RNNCell(3, 4)"),
        printed(new RNNCell(3, 4, true, Nonlinearity.RELU), "RNNCell(3, 4, nonlinearity=relu)"),
        printed(new GRUCell(3, 4, false), "GRUCell(3, 4, bias=False)"),
        printed(new LSTMCell(3, 4), "LSTMCell(3, 4)"),
        printed(
                new MultiheadAttention(4, 2, AttentionOptions.defaults().bias(false).addBiasKv(true)),
                """
                MultiheadAttention(
                  (out_proj): NonDynamicallyQuantizableLinear(in_features=4, out_features=4, bias=False)
                )"""),
        printed(
                new TransformerEncoder(new TransformerEncoderLayer(4, 2, SMALL.activation(new ReLU())), 2),
                """
                TransformerEncoder(
                  (layers): ModuleList(
                    (0-1): 2 x TransformerEncoderLayer(
                      (self_attn): MultiheadAttention(
                        (out_proj): NonDynamicallyQuantizableLinear(in_features=4, out_features=4, bias=True)
                      )
                      (linear1): Linear(in_features=4, out_features=6, bias=True)
                      (dropout): Dropout(p=0.1, inplace=False)
                      (linear2): Linear(in_features=6, out_features=4, bias=True)
                      (norm1): LayerNorm((4,), eps=1e-05, elementwise_affine=True, bias=True)
                      (norm2): LayerNorm((4,), eps=1e-05, elementwise_affine=True, bias=True)
                      (dropout1): Dropout(p=0.1, inplace=False)
                      (dropout2): Dropout(p=0.1, inplace=False)
                      (activation): ReLU()
                    )
                  )
                )"""),
        printed(
                new TransformerDecoder(new TransformerDecoderLayer(4, 2, SMALL.bias(false)), 1),
                """
                TransformerDecoder(
                  (layers): ModuleList(
                    (0): TransformerDecoderLayer(
                      (self_attn): MultiheadAttention(
                        (out_proj): NonDynamicallyQuantizableLinear(in_features=4, out_features=4, bias=False)
                      )
                      (multihead_attn): MultiheadAttention(
                        (out_proj): NonDynamicallyQuantizableLinear(in_features=4, out_features=4, bias=False)
                      )
                      (linear1): Linear(in_features=4, out_features=6, bias=False)
                      (dropout): Dropout(p=0.1, inplace=False)
                      (linear2): Linear(in_features=6, out_features=4, bias=False)
                      (norm1): LayerNorm((4,), eps=1e-05, elementwise_affine=True, bias=False)
                      (norm2): LayerNorm((4,), eps=1e-05, elementwise_affine=True, bias=False)
                      (norm3): LayerNorm((4,), eps=1e-05, elementwise_affine=True, bias=False)
                      (dropout1): Dropout(p=0.1, inplace=False)
                      (dropout2): Dropout(p=0.1, inplace=False)
                      (dropout3): Dropout(p=0.1, inplace=False)
                    )
                  )
                )"""),
        printed(
                new AdaptiveLogSoftmaxWithLoss(16, 10, 2, 5),
                """
                AdaptiveLogSoftmaxWithLoss(
                  (head): Linear(in_features=16, out_features=4, bias=False)
                  (tail): ModuleList(
                    (0): Sequential(
                      (0): Linear(in_features=16, out_features=4, bias=False)
                      (1): Linear(in_features=4, out_features=3, bias=False)
                    )
                    (1): Sequential(
                      (0): Linear(in_features=16, out_features=1, bias=False)
                      (1): Linear(in_features=1, out_features=5, bias=False)
                    )
                  )
                )"""),
        printed(
                new LinearCrossEntropyLoss(3, 4),
                """
                LinearCrossEntropyLoss(
                  in_features=3, num_classes=4, out_features=(), bias=False, reduction=mean, ignore_index=None, label_smoothing=0.0, \
                options=None
                  (linear): Linear(in_features=3, out_features=4, bias=False)
                )"""),
        printed(new CrossEntropyLoss(Tensor.ones(3), 1, Reduction.SUM, 0.1), "CrossEntropyLoss()"),
        printed(new CTCLoss(), "CTCLoss()"),
        printed(
                new TripletMarginWithDistanceLoss(),
                """
                TripletMarginWithDistanceLoss(
                  (distance_function): PairwiseDistance()
                )"""),
        };
    }

    private static Arguments printed(Module module, String text) {
        return Arguments.of(module, text);
    }

    @ParameterizedTest
    @MethodSource("modules")
    void printsAsPyTorchDoes(Module module, String text) {
        assertThat(module).hasToString(text);
    }
}
