// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.vectors.tables;

import dev.ashlar.Reduction;
import dev.ashlar.Tensor;
import dev.ashlar.conformance.internal.vectors.Arguments;
import dev.ashlar.conformance.internal.vectors.Table;
import dev.ashlar.type.DTypeMismatchException;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.ShapeMismatchException;
import java.util.Locale;

/** The calls of the group losses. */
public final class Losses {
    private static final long IGNORED = -100;

    private Losses() {}

    private static Reduction reduction(Arguments a, int position) {
        return Reduction.valueOf(a.text(position, "reduction", "mean").toUpperCase(Locale.ROOT));
    }

    private static Tensor x(Arguments a) {
        return a.tensor(0, "input");
    }

    private static Tensor target(Arguments a) {
        return a.tensor(1, "target");
    }

    private static Tensor classes(long... values) {
        return Tensor.of(values);
    }

    public static void addTo(Table table) {
        differences(table);
        classes(table);
        probabilities(table);
        pairs(table);
        triplets(table);
        sequences(table);
    }

    private static void differences(Table table) {
        table.add("nn.functional.mse_loss", a -> x(a).mseLoss(target(a), reduction(a, 4))).covers("mseLoss")
                .refuses("shapes that differ", ShapeMismatchException.class, "one shape", () -> Tensor.ones(2).mseLoss(Tensor.ones(1)));
        table.add("nn.functional.l1_loss", a -> x(a).l1Loss(target(a), reduction(a, 4))).covers("l1Loss")
                .refuses("shapes that differ", ShapeMismatchException.class, "one shape", () -> Tensor.ones(2).l1Loss(Tensor.ones(1)));
        table.add("nn.functional.smooth_l1_loss", a -> x(a).smoothL1Loss(target(a), reduction(a, 4), a.number(5, "beta", 1)))
                .covers("smoothL1Loss")
                .refuses("a negative beta", InvalidArgumentException.class, "beta >= 0",
                        () -> Tensor.ones(2).smoothL1Loss(Tensor.ones(2), Reduction.MEAN, -1));
        table.add("nn.functional.huber_loss", a -> x(a).huberLoss(target(a), reduction(a, 2), a.number(3, "delta", 1)))
                .covers("huberLoss")
                .refuses("a delta of 0", InvalidArgumentException.class, "delta > 0",
                        () -> Tensor.ones(2).huberLoss(Tensor.ones(2), Reduction.MEAN, 0));
    }

    private static void classes(Table table) {
        table.add("nn.functional.nll_loss", a -> x(a).nllLoss(
                        target(a), a.tensorOrNull(2, "weight"), a.integer(4, "ignore_index", IGNORED), reduction(a, 6)))
                .covers("nllLoss")
                .refuses("classes of float", DTypeMismatchException.class, "int64 or int32",
                        () -> Tensor.ones(2, 3).nllLoss(Tensor.ones(2)))
                .refuses("a weight of another size", ShapeMismatchException.class, "for each class, [3]",
                        () -> Tensor.ones(2, 3).nllLoss(classes(0, 1), Tensor.ones(2), IGNORED, Reduction.MEAN));
        table.add("nn.functional.cross_entropy", a -> x(a).crossEntropy(
                        target(a), a.tensorOrNull(2, "weight"), a.integer(4, "ignore_index", IGNORED), reduction(a, 6),
                        a.number(7, "label_smoothing", 0)))
                .covers("crossEntropy")
                .refuses("other samples", ShapeMismatchException.class, "got [2, 3] and [3]",
                        () -> Tensor.ones(2, 3).crossEntropy(classes(0, 1, 2)))
                .refuses("a smoothing above 1", InvalidArgumentException.class, "in [0, 1]",
                        () -> Tensor.ones(1, 3).crossEntropy(classes(0), null, IGNORED, Reduction.MEAN, 2));
        table.add("nn.functional.multi_margin_loss", a -> x(a).multiMarginLoss(
                        target(a), a.dim(2, "p", 1), a.number(3, "margin", 1), a.tensorOrNull(4, "weight"), reduction(a, 7)))
                .covers("multiMarginLoss")
                .refuses("another power", InvalidArgumentException.class, "1 or 2",
                        () -> Tensor.ones(1, 3).multiMarginLoss(classes(0), 3, 1, null, Reduction.MEAN));
        table.add("nn.functional.multilabel_margin_loss", a -> x(a).multilabelMarginLoss(target(a), reduction(a, 4)))
                .covers("multilabelMarginLoss")
                .refuses("three dimensions", ShapeMismatchException.class, "[samples, classes]",
                        () -> Tensor.ones(1, 2, 3).multilabelMarginLoss(Tensor.ones(1, 2, 3)));
        table.add("nn.functional.multilabel_soft_margin_loss",
                a -> x(a).multilabelSoftMarginLoss(target(a), a.tensorOrNull(2, "weight"), reduction(a, 5)))
                .covers("multilabelSoftMarginLoss")
                .refuses("shapes that differ", ShapeMismatchException.class, "one shape",
                        () -> Tensor.ones(2, 3).multilabelSoftMarginLoss(Tensor.ones(3)));
    }

    private static Tensor divergence(Arguments a) {
        boolean logTarget = a.flag(5, "log_target", false);
        return a.text(4, "reduction", "mean").equals("batchmean")
                ? x(a).klDivBatchMean(target(a), logTarget)
                : x(a).klDiv(target(a), reduction(a, 4), logTarget);
    }

    private static void probabilities(Table table) {
        table.add("nn.functional.binary_cross_entropy",
                a -> x(a).binaryCrossEntropy(target(a), a.tensorOrNull(2, "weight"), reduction(a, 5))).covers("binaryCrossEntropy")
                .refuses("shapes that differ", ShapeMismatchException.class, "one shape",
                        () -> Tensor.ones(2).binaryCrossEntropy(Tensor.ones(1)));
        table.add("nn.functional.binary_cross_entropy_with_logits", a -> x(a).binaryCrossEntropyWithLogits(
                        target(a), a.tensorOrNull(2, "weight"), reduction(a, 5), a.tensorOrNull(6, "pos_weight")))
                .covers("binaryCrossEntropyWithLogits")
                .refuses("shapes that differ", ShapeMismatchException.class, "one shape",
                        () -> Tensor.ones(2).binaryCrossEntropyWithLogits(Tensor.ones(1)));
        table.add("nn.functional.kl_div", Losses::divergence).covers("klDiv", "klDivBatchMean")
                .refuses("shapes that do not broadcast", ShapeMismatchException.class, "broadcast",
                        () -> Tensor.ones(2).klDiv(Tensor.ones(3)));
        table.add("nn.functional.poisson_nll_loss", a -> x(a).poissonNllLoss(
                        target(a), a.flag(2, "log_input", true), a.flag(3, "full", false), a.number(5, "eps", 1e-8), reduction(a, 7)))
                .covers("poissonNllLoss")
                .refuses("shapes that do not broadcast", ShapeMismatchException.class, "broadcast",
                        () -> Tensor.ones(2).poissonNllLoss(Tensor.ones(3)));
        table.add("nn.functional.gaussian_nll_loss", a -> x(a).gaussianNllLoss(
                        target(a), a.tensor(2, "var"), a.flag(3, "full", false), a.number(4, "eps", 1e-6), reduction(a, 5)))
                .covers("gaussianNllLoss")
                .refuses("a variance of another shape", ShapeMismatchException.class, "variance of shape [2, 3]",
                        () -> Tensor.ones(2, 3).gaussianNllLoss(Tensor.ones(2, 3), Tensor.ones(1, 3)));
        table.add("nn.functional.soft_margin_loss", a -> x(a).softMarginLoss(target(a), reduction(a, 4))).covers("softMarginLoss")
                .refuses("shapes that do not broadcast", ShapeMismatchException.class, "broadcast",
                        () -> Tensor.ones(2).softMarginLoss(Tensor.ones(3)));
    }

    private static void pairs(Table table) {
        table.add("nn.functional.hinge_embedding_loss",
                a -> x(a).hingeEmbeddingLoss(target(a), a.number(2, "margin", 1), reduction(a, 5))).covers("hingeEmbeddingLoss")
                .refuses("shapes that do not broadcast", ShapeMismatchException.class, "broadcast",
                        () -> Tensor.ones(2).hingeEmbeddingLoss(Tensor.ones(3)));
        table.add("nn.functional.margin_ranking_loss", a -> a.tensor(0, "input1").marginRankingLoss(
                        a.tensor(1, "input2"), a.tensor(2, "target"), a.number(3, "margin", 0), reduction(a, 6)))
                .covers("marginRankingLoss")
                .refuses("shapes that do not broadcast", ShapeMismatchException.class, "broadcast",
                        () -> Tensor.ones(2).marginRankingLoss(Tensor.ones(3), Tensor.ones(2)));
        table.add("nn.functional.cosine_embedding_loss", a -> a.tensor(0, "input1").cosineEmbeddingLoss(
                        a.tensor(1, "input2"), a.tensor(2, "target"), a.number(3, "margin", 0), reduction(a, 6)))
                .covers("cosineEmbeddingLoss")
                .refuses("a target of another shape", ShapeMismatchException.class, "reshape the target",
                        () -> Tensor.ones(2, 3).cosineEmbeddingLoss(Tensor.ones(2, 3), Tensor.ones(2, 1)));
    }

    private static void triplets(Table table) {
        table.add("nn.functional.triplet_margin_loss", a -> a.tensor(0, "anchor").tripletMarginLoss(
                        a.tensor(1, "positive"), a.tensor(2, "negative"), a.number(3, "margin", 1), a.number(4, "p", 2),
                        a.number(5, "eps", 1e-6), a.flag(6, "swap", false), reduction(a, 9)))
                .covers("tripletMarginLoss", "tripletMarginWithDistanceLoss")
                .refuses("no margin", InvalidArgumentException.class, "margin > 0", () -> Tensor.ones(2).tripletMarginWithDistanceLoss(
                        Tensor.ones(2), Tensor.ones(2), Tensor::mseLoss, 0, false, Reduction.MEAN))
                .refuses("scalars", ShapeMismatchException.class, "vectors [..., size]",
                        () -> Tensor.scalar(1).tripletMarginLoss(Tensor.scalar(1), Tensor.scalar(2)));
    }

    private static Tensor sequence(Arguments a) {
        Tensor scores = a.tensor(0, "log_probs");
        Tensor targets = a.tensor(1, "targets");
        long blank = a.integer(4, "blank", 0);
        boolean zeroInfinity = a.flag(6, "zero_infinity", false);
        return a.isTensor(2, "input_lengths")
                ? scores.ctcLoss(targets, a.tensor(2, "input_lengths"), a.tensor(3, "target_lengths"), blank, reduction(a, 5), zeroInfinity)
                : scores.ctcLoss(targets, a.integers(2, "input_lengths"), a.integers(3, "target_lengths"), blank, reduction(a, 5),
                        zeroInfinity);
    }

    private static void sequences(Table table) {
        table.add("nn.functional.ctc_loss", Losses::sequence).covers("ctcLoss")
                .refuses("a length too many", ShapeMismatchException.class, "each of 1 samples",
                        () -> Tensor.zeros(4, 1, 3).ctcLoss(classes(1, 2), new long[] {4, 4}, new long[] {2}))
                .refuses("a blank that is no class", InvalidArgumentException.class, "in [0, 3)",
                        () -> Tensor.zeros(4, 1, 3).ctcLoss(classes(1, 2), new long[] {4}, new long[] {2}, 3, Reduction.MEAN, false));
    }
}
