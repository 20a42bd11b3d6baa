// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.trainer;

import dev.ashlar.State;
import dev.ashlar.Tensor;
import dev.ashlar.autograd.Autograd;
import dev.ashlar.type.InvalidArgumentException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The area under the ROC curve, {@code roc_auc}: the probability that a sample of the class has a higher score than another one. With more
 * than two classes it is the mean over each class against all others, by their softmax. NaN if a class does not occur. Targets of
 * {@link Tensor#IGNORED} are left out.
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

    /** @throws InvalidArgumentException if targets were outside of the classes */
    @Override
    public Map<String, Double> values() {
        long[] classes = scores.isEmpty() ? new long[0] : joined(targets).toLongArray();
        if (classes.length == 0) {
            return Map.of("roc_auc", Double.NaN);
        }
        double[] all = joined(scores).toDoubleArray();
        int columns = all.length / classes.length;
        check(classes, Math.max(2, columns));
        double sum = 0;
        for (int column = 0; column < columns; column++) {
            int of = column;
            double[] score = IntStream.range(0, classes.length).mapToDouble(row -> all[row * columns + of]).toArray();
            sum += area(score, classes, columns == 1 ? 1 : column);
        }
        return Map.of("roc_auc", sum / columns);
    }

    private static void check(long[] classes, int count) {
        for (long each : classes) {
            if ((each < 0 || each >= count) && each != Tensor.IGNORED) {
                throw new InvalidArgumentException("[rocAuc] expected targets from 0 to " + (count - 1) + ", got " + each + "; use "
                        + Tensor.IGNORED + " for those to leave out");
            }
        }
    }

    private static Tensor joined(List<Tensor> parts) {
        return Tensor.cat(0, parts.stream().map(part -> part.to(parts.getLast().device())).toArray(Tensor[]::new));
    }

    /** Sums the ranks of the class; equal scores share theirs. */
    private static double area(double[] score, long[] classes, long of) {
        Integer[] order = IntStream.range(0, score.length)
                .filter(row -> classes[row] != Tensor.IGNORED).boxed().toArray(Integer[]::new);
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
