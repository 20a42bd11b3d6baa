// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.trainer;

import dev.ashlar.State;
import dev.ashlar.Tensor;
import dev.ashlar.autograd.Autograd;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The area under the ROC curve, {@code roc_auc}: the probability that a sample of the class has a higher score than another one. With more
 * than two classes it is the mean over each class against all others, by their softmax. NaN if a class does not occur.
 *
 * <p>All scores are kept until {@link #reset}, and sorted on the host.
 */
public final class RocAuc implements Metric {
    private final List<Tensor> scores = new ArrayList<>();
    private final List<Tensor> targets = new ArrayList<>();

    /** Creates the figure of no batches. */
    public RocAuc() {}

    @Override
    public void update(Tensor output, Tensor target) {
        try (var _ = Autograd.noGrad()) {
            Classes classes = Classes.of("rocAuc", output.detach(), target.detach());
            Tensor rows = classes.scores();
            if (!classes.binary()) {
                Tensor probabilities = Totals.wide(rows).softmax(1);
                rows = rows.size(1) == 2 ? probabilities.select(1, 1) : probabilities;
            }
            // The loader may close the batch that these were made of.
            scores.add(rows.clone());
            targets.add(classes.targets().clone());
        }
    }

    @Override
    public Map<String, Double> values() {
        if (scores.isEmpty()) {
            return Map.of("roc_auc", Double.NaN);
        }
        long[] classes = joined(targets).toLongArray();
        double[] all = joined(scores).toDoubleArray();
        int columns = all.length / classes.length;
        if (columns == 1) {
            return Map.of("roc_auc", area(all, classes, 1));
        }
        double sum = 0;
        for (int column = 0; column < columns; column++) {
            int of = column;
            sum += area(IntStream.range(0, classes.length).mapToDouble(row -> all[row * columns + of]).toArray(), classes, column);
        }
        return Map.of("roc_auc", sum / columns);
    }

    private static Tensor joined(List<Tensor> parts) {
        return Tensor.cat(0, parts.stream().map(part -> part.to(parts.getLast().device())).toArray(Tensor[]::new));
    }

    /** Sums the ranks of the class; equal scores share theirs. */
    private static double area(double[] score, long[] classes, long of) {
        Integer[] order = IntStream.range(0, score.length).boxed().toArray(Integer[]::new);
        Arrays.sort(order, Comparator.comparingDouble(row -> score[row]));
        double ranks = 0;
        double members = 0;
        for (int from = 0; from < order.length;) {
            int to = from;
            int inside = 0;
            while (to < order.length && Double.compare(score[order[to]], score[order[from]]) == 0) {
                inside += classes[order[to]] == of ? 1 : 0;
                to++;
            }
            ranks += inside * (from + 1 + to) / 2.0;
            members += inside;
            from = to;
        }
        return (ranks - members * (members + 1) / 2) / (members * (order.length - members));
    }

    @Override
    public void reset() {
        scores.clear();
        targets.clear();
    }

    @Override
    public State state() {
        State state = State.of("RocAuc");
        return scores.isEmpty() ? state : state.with("scores", joined(scores)).with("targets", joined(targets));
    }

    @Override
    public void loadState(State state) {
        state.expect("RocAuc");
        reset();
        if (!state.tensors().isEmpty()) {
            scores.add(state.tensor("scores"));
            targets.add(state.tensor("targets"));
        }
    }
}
