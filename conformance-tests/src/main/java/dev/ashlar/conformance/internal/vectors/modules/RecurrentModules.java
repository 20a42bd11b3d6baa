// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.vectors.modules;

import dev.ashlar.Tensor;
import dev.ashlar.conformance.internal.vectors.Arguments;
import dev.ashlar.nn.GRU;
import dev.ashlar.nn.GRUCell;
import dev.ashlar.nn.LSTM;
import dev.ashlar.nn.LSTMCell;
import dev.ashlar.nn.Nonlinearity;
import dev.ashlar.nn.RNN;
import dev.ashlar.nn.RNNCell;
import dev.ashlar.nn.RecurrentOptions;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Entries of the group {@code recurrent}. */
final class RecurrentModules {
    private RecurrentModules() {}

    static void addTo(ModuleTable table) {
        table.add("RNN", a -> new RNN(inputs(a), size(a), options(a, 1).nonlinearity(nonlinearity(a))),
                (module, a) -> module.forward(a.tensor(0, "input"), a.tensorOrNull(1, "hx")));
        table.add("GRU", a -> new GRU(inputs(a), size(a), options(a, 0)),
                (module, a) -> module.forward(a.tensor(0, "input"), a.tensorOrNull(1, "hx")));
        table.add("LSTM", a -> new LSTM(inputs(a), size(a), options(a, 0)),
                (module, a) -> module.forward(a.tensor(0, "input"), state(a)));
        table.add("RNNCell", a -> new RNNCell(inputs(a), size(a), a.flag(2, "bias", true), nonlinearity(a)),
                (module, a) -> module.forward(a.tensor(0, "input"), a.tensorOrNull(1, "hx")));
        table.add("GRUCell", a -> new GRUCell(inputs(a), size(a), a.flag(2, "bias", true)),
                (module, a) -> module.forward(a.tensor(0, "input"), a.tensorOrNull(1, "hx")));
        table.add("LSTMCell", a -> new LSTMCell(inputs(a), size(a), a.flag(2, "bias", true)),
                (module, a) -> module.forward(a.tensor(0, "input"), state(a)));
    }

    private static long inputs(Arguments a) {
        return a.integer(0, "input_size");
    }

    private static long size(Arguments a) {
        return a.integer(1, "hidden_size");
    }

    private static Nonlinearity nonlinearity(Arguments a) {
        return Nonlinearity.valueOf(a.text(3, "nonlinearity", "tanh").toUpperCase(Locale.ROOT));
    }

    /** @param shift how many arguments stand between the number of layers and the bias */
    private static RecurrentOptions options(Arguments a, int shift) {
        return RecurrentOptions.defaults()
                .numLayers((int) a.integer(2, "num_layers", 1))
                .bias(a.flag(3 + shift, "bias", true))
                .batchFirst(a.flag(4 + shift, "batch_first", false))
                .dropout(a.number(5 + shift, "dropout", 0))
                .bidirectional(a.flag(6 + shift, "bidirectional", false))
                .projSize(a.integer(7 + shift, "proj_size", 0));
    }

    private static LSTM.@Nullable State state(Arguments a) {
        if (!a.has(1, "hx")) {
            return null;
        }
        Tensor[] both = a.tensors(1, "hx");
        return new LSTM.State(both[0], both[1]);
    }
}
