// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.vectors.modules;

import dev.ashlar.Reduction;
import dev.ashlar.Tensor;
import dev.ashlar.conformance.internal.vectors.Arguments;
import dev.ashlar.nn.AdaptiveLogSoftmaxWithLoss;
import dev.ashlar.nn.BCELoss;
import dev.ashlar.nn.BCEWithLogitsLoss;
import dev.ashlar.nn.CTCLoss;
import dev.ashlar.nn.CosineEmbeddingLoss;
import dev.ashlar.nn.CrossEntropyLoss;
import dev.ashlar.nn.GaussianNLLLoss;
import dev.ashlar.nn.HingeEmbeddingLoss;
import dev.ashlar.nn.HuberLoss;
import dev.ashlar.nn.KLDivLoss;
import dev.ashlar.nn.L1Loss;
import dev.ashlar.nn.LinearCrossEntropyLoss;
import dev.ashlar.nn.Loss;
import dev.ashlar.nn.MSELoss;
import dev.ashlar.nn.MarginRankingLoss;
import dev.ashlar.nn.MultiLabelMarginLoss;
import dev.ashlar.nn.MultiLabelSoftMarginLoss;
import dev.ashlar.nn.MultiMarginLoss;
import dev.ashlar.nn.NLLLoss;
import dev.ashlar.nn.PoissonNLLLoss;
import dev.ashlar.nn.SmoothL1Loss;
import dev.ashlar.nn.SoftMarginLoss;
import dev.ashlar.nn.TripletMarginLoss;
import dev.ashlar.nn.TripletMarginWithDistanceLoss;
import java.util.Locale;
import java.util.function.Function;

/** Entries of the group {@code losses}. */
final class LossModules {
    private LossModules() {}

    static void addTo(ModuleTable table) {
        pair(table, "L1Loss", a -> new L1Loss(reduction(a)));
        pair(table, "MSELoss", a -> new MSELoss(reduction(a)));
        pair(table, "SoftMarginLoss", a -> new SoftMarginLoss(reduction(a)));
        pair(table, "MultiLabelMarginLoss", a -> new MultiLabelMarginLoss(reduction(a)));
        pair(table, "SmoothL1Loss", a -> new SmoothL1Loss(reduction(a), number(a, "beta", 1)));
        pair(table, "HuberLoss", a -> new HuberLoss(reduction(a), number(a, "delta", 1)));
        pair(table, "HingeEmbeddingLoss", a -> new HingeEmbeddingLoss(number(a, "margin", 1), reduction(a)));
        pair(table, "PoissonNLLLoss", a -> new PoissonNLLLoss(
                flag(a, "log_input", true), flag(a, "full", false), number(a, "eps", 1e-8), reduction(a)));
        pair(table, "KLDivLoss", a -> text(a).equals("batchmean")
                ? KLDivLoss.batchMean(flag(a, "log_target", false))
                : new KLDivLoss(reduction(a), flag(a, "log_target", false)));
        pair(table, "NLLLoss", a -> new NLLLoss(
                a.tensorOrNull(0, "weight"), a.integer(none(), "ignore_index", Tensor.IGNORED), reduction(a)));
        pair(table, "CrossEntropyLoss", a -> new CrossEntropyLoss(a.tensorOrNull(0, "weight"),
                a.integer(none(), "ignore_index", Tensor.IGNORED), reduction(a), number(a, "label_smoothing", 0)));
        pair(table, "BCELoss", a -> new BCELoss(a.tensorOrNull(0, "weight"), reduction(a)));
        pair(table, "BCEWithLogitsLoss", a -> new BCEWithLogitsLoss(
                a.tensorOrNull(0, "weight"), reduction(a), a.tensorOrNull(none(), "pos_weight")));
        pair(table, "MultiLabelSoftMarginLoss", a -> new MultiLabelSoftMarginLoss(a.tensorOrNull(0, "weight"), reduction(a)));
        pair(table, "MultiMarginLoss", a -> new MultiMarginLoss(
                (int) a.integer(0, "p", 1), a.number(1, "margin", 1), a.tensorOrNull(2, "weight"), reduction(a)));
        pair(table, "LinearCrossEntropyLoss", a -> new LinearCrossEntropyLoss(
                a.integer(0, "in_features"), a.integer(1, "num_classes"),
                a.has(none(), "out_features") ? a.integers(none(), "out_features") : new long[0], flag(a, "bias", false), reduction(a),
                a.tensorOrNull(none(), "weight"), a.has(none(), "ignore_index") ? (Long) a.integer(none(), "ignore_index") : null,
                number(a, "label_smoothing", 0)));
        table.add("AdaptiveLogSoftmaxWithLoss",
                a -> new AdaptiveLogSoftmaxWithLoss(a.integer(0, "in_features"), a.integer(1, "n_classes"), a.integers(2, "cutoffs"),
                        a.number(3, "div_value", 4), a.flag(4, "head_bias", false)),
                (module, a) -> module.forward(a.tensor(0, "input"), a.tensor(1, "target")));
        table.add("CTCLoss",
                a -> new CTCLoss(a.integer(0, "blank", 0), reduction(a), flag(a, "zero_infinity", false)),
                (module, a) -> module.forward(a.tensor(0, "log_probs"), a.tensor(1, "targets"), a.tensor(2, "input_lengths"),
                        a.tensor(3, "target_lengths")));
        table.add("GaussianNLLLoss",
                a -> new GaussianNLLLoss(flag(a, "full", false), number(a, "eps", 1e-6), reduction(a)),
                (module, a) -> module.forward(a.tensor(0, "input"), a.tensor(1, "target"), a.tensor(2, "var")));
        table.add("CosineEmbeddingLoss", a -> new CosineEmbeddingLoss(a.number(0, "margin", 0), reduction(a)),
                (module, a) -> module.forward(a.tensor(0, "input1"), a.tensor(1, "input2"), a.tensor(2, "target")));
        table.add("MarginRankingLoss", a -> new MarginRankingLoss(a.number(0, "margin", 0), reduction(a)),
                (module, a) -> module.forward(a.tensor(0, "input1"), a.tensor(1, "input2"), a.tensor(2, "target")));
        table.add("TripletMarginLoss",
                a -> new TripletMarginLoss(a.number(0, "margin", 1), a.number(1, "p", 2), a.number(2, "eps", 1e-6),
                        a.flag(3, "swap", false), reduction(a)),
                (module, a) -> module.forward(a.tensor(0, "anchor"), a.tensor(1, "positive"), a.tensor(2, "negative")));
        table.add("TripletMarginWithDistanceLoss",
                a -> new TripletMarginWithDistanceLoss(null, number(a, "margin", 1), flag(a, "swap", false), reduction(a)),
                (module, a) -> module.forward(a.tensor(0, "anchor"), a.tensor(1, "positive"), a.tensor(2, "negative")));
    }

    private static <M extends Loss> void pair(ModuleTable table, String name, Function<Arguments, M> make) {
        table.add(name, make, (module, a) -> module.forward(a.tensor(0, "input"), a.tensor(1, "target")));
    }

    /** PyTorch's positions are no good for what is behind its deprecated arguments: these are given by name. */
    private static int none() {
        return Integer.MAX_VALUE;
    }

    private static String text(Arguments a) {
        return a.text(none(), "reduction", "mean");
    }

    private static Reduction reduction(Arguments a) {
        return text(a).equals("batchmean") ? Reduction.MEAN : Reduction.valueOf(text(a).toUpperCase(Locale.ROOT));
    }

    private static double number(Arguments a, String name, double absent) {
        return a.number(none(), name, absent);
    }

    private static boolean flag(Arguments a, String name, boolean absent) {
        return a.flag(none(), name, absent);
    }
}
