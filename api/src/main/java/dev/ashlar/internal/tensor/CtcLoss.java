// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import static dev.ashlar.internal.tensor.Tape.of;

import dev.ashlar.Tensor;
import dev.ashlar.type.DType;
import dev.ashlar.type.Shape;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Connectionist temporal classification: the probability that a network's outputs over time spell the targets, summed over all
 * alignments by the forward recursion, in logarithms. One step of time is a few operations on all samples and states at once.
 *
 * <p>The states of a sample are its labels with blanks before, between and after them. Two columns in front of the states, always
 * impossible, save the recursion its special cases: the start is a path that has reached the second of them.
 *
 * @see <a href="https://doi.org/10.1145/1143844.1143891">Graves et al.: Connectionist temporal classification</a>
 */
public final class CtcLoss {
    private static final String NAME = "ctcLoss";

    private final Tensor scores;
    private final long samples;
    private final long steps;
    private final Tensor states;
    private final long width;
    private final long[] inputLengths;
    private final long[] targetLengths;

    /**
     * @param scores [steps, samples, classes] log-probabilities
     * @param labels [samples, longest target], blank where a target has ended
     */
    private CtcLoss(Tensor scores, Tensor labels, long[] inputLengths, long[] targetLengths, long blank) {
        this.scores = scores;
        this.steps = scores.shape().size(0);
        this.samples = scores.shape().size(1);
        this.inputLengths = inputLengths;
        this.targetLengths = targetLengths;
        this.width = 2 * labels.shape().size(1) + 1;
        Tensor gaps = Primitives.full(labels.shape(), blank, DType.INT64, Primitives.runtime(scores));
        Tensor last = Primitives.full(Shape.of(samples, 1), blank, DType.INT64, Primitives.runtime(scores));
        this.states = width == 1 ? last : Tensor.cat(1, Tensor.stack(2, gaps, labels).reshape(samples, width - 1), last);
    }

    /**
     * Returns minus the logarithm of each target's probability, [samples]. The gradient is the one that PyTorch gives, which is meant for
     * log-probabilities that come from a softmax: it contains the part of the softmax that vanishes there.
     *
     * @param scores [steps, samples, classes]
     * @param targets int64, [samples, labels], or [labels of all samples] one after the other
     */
    public static Tensor losses(Tensor scores, Tensor targets, long[] inputLengths, long[] targetLengths, long blank) {
        CtcLoss loss = new CtcLoss(scores, labels(targets, targetLengths, blank), inputLengths, targetLengths, blank);
        return loss.compute();
    }

    private static Tensor labels(Tensor targets, long[] lengths, long blank) {
        int longest = (int) Arrays.stream(lengths).max().orElse(0);
        int samples = lengths.length;
        long[] places = new long[samples * longest];
        boolean[] there = new boolean[samples * longest];
        long row = targets.shape().rank() == 2 ? targets.shape().size(1) : 0;
        long first = 0;
        for (int n = 0; n < samples; n++) {
            for (int i = 0; i < lengths[n]; i++) {
                places[n * longest + i] = (row == 0 ? first : n * row) + i;
                there[n * longest + i] = true;
            }
            first += lengths[n];
        }
        if (longest == 0) {
            return Primitives.full(Shape.of(samples, 0), 0L, DType.INT64, Primitives.runtime(targets));
        }
        Tensor labels = targets.flatten().gather(0, Tensor.of(places).to(targets.device()));
        Tensor mask = Tensor.of(there).to(targets.device());
        return mask.where(labels, Primitives.scalarOf(labels, blank, DType.INT64)).reshape(samples, longest);
    }

    private Tensor never(Tensor like) {
        return Primitives.scalarLike(like, Double.NEGATIVE_INFINITY, like.dtype());
    }

    private Tensor compute() {
        int classes = 2;
        Tensor emitted = Indexed.read("ctcLoss", scores, classes, states.unsqueeze(0).expand(steps, samples, width));
        // A path may leave out a blank between labels that differ; the first label may be reached from the start.
        Tensor before = states.pad(-1, 2, 0).narrow(1, 0, width);
        Tensor positions = Primitives.iota(Shape.of(width), Primitives.runtime(scores));
        Tensor odd = positions.remainder(Primitives.scalarOf(states, 2, DType.INT64)).eq(1.0);
        Tensor skips = odd.logicalAnd(states.ne(before));
        Tensor active = active();
        Tensor impossible = Primitives.full(Shape.of(samples, 1), Double.NEGATIVE_INFINITY, scores.dtype(), Primitives.runtime(scores));
        Tensor start = Primitives.full(Shape.of(samples, 1), 0.0, scores.dtype(), Primitives.runtime(scores));
        Tensor paths = Tensor.cat(1, impossible, start, impossible.expand(samples, width));
        for (long t = 0; t < steps; t++) {
            Tensor next = joined(paths, skips).add(emitted.select(0, t)).pad(Double.NEGATIVE_INFINITY, 2, 0);
            paths = active.select(0, t).where(next, paths);
        }
        long[] ends = new long[2 * targetLengths.length];
        for (int n = 0; n < targetLengths.length; n++) {
            ends[2 * n] = 2 * targetLengths[n] + 1;
            ends[2 * n + 1] = 2 * targetLengths[n] + 2;
        }
        Tensor finals = paths.gather(1, Tensor.of(ends, samples, 2).to(scores.device()));
        Tensor loss = joined(finals.pad(Double.NEGATIVE_INFINITY, 1, 0), null).neg().squeeze(1);
        return withSoftmax(loss, active);
    }

    /** Returns whether a step is still part of a sample, [steps, samples, 1]. */
    private Tensor active() {
        int count = (int) samples;
        boolean[] active = new boolean[(int) steps * count];
        for (int i = 0; i < active.length; i++) {
            active[i] = i / count < inputLengths[i % count];
        }
        return Tensor.of(active, steps, samples, 1).to(scores.device());
    }

    /** Adds the part of a softmax to the gradient of the log-probabilities, and makes it NaN where no path leads to the end. */
    private Tensor withSoftmax(Tensor loss, Tensor active) {
        return Tape.record(
                NAME,
                Primitives.detached(loss),
                of(loss, scores),
                of(scores, active, Primitives.detached(loss)),
                (g, _) -> g,
                (g, s) -> {
                    Tensor nowhere = s[2].isInf().logicalAnd(g.ne(0.0));
                    Tensor each = nowhere.where(Primitives.scalarLike(g, Double.NaN, g.dtype()), g);
                    return s[1].where(s[0].exp().mul(each.unsqueeze(1)), Primitives.scalarLike(g, 0, g.dtype()));
                });
    }

    /**
     * Returns the logarithm of the sum of three neighbouring probabilities, of which the one furthest back counts only where skips are
     * allowed; null allows all. Impossible ones get no gradient.
     */
    private Tensor joined(Tensor paths, @Nullable Tensor skips) {
        Tensor d = Primitives.detached(paths);
        Tensor[] three = neighbours(d, skips);
        Tensor largest = three[0].maximum(three[1]).maximum(three[2]);
        Tensor shift = largest.isInf().where(Primitives.scalarLike(d, 0, d.dtype()), largest);
        Tensor sum = three[0].sub(shift).exp().add(three[1].sub(shift).exp()).add(three[2].sub(shift).exp());
        Tensor y = sum.log().add(shift);
        Tensor mask = skips == null ? y.eq(y) : skips;
        return Tape.record(NAME, y, of(paths), of(paths, y, mask), (g, s) -> {
            Tensor[] parts = neighbours(s[0], s[2]);
            Tensor zero = Primitives.scalarLike(g, 0, g.dtype());
            // Of an impossible sum all parts are impossible: 0 in its place makes their shares 0, and not NaN.
            Tensor whole = s[1].ne(Double.NEGATIVE_INFINITY).where(s[1], zero);
            Tensor total = null;
            for (int i = 0; i < 3; i++) {
                Tensor share = g.mul(parts[i].sub(whole).exp()).pad(0, 2 - i, i);
                total = total == null ? share : total.add(share);
            }
            return Objects.requireNonNull(total);
        });
    }

    private Tensor[] neighbours(Tensor paths, @Nullable Tensor skips) {
        long count = paths.shape().size(1) - 2;
        Tensor back = paths.narrow(1, 0, count);
        return new Tensor[] {
            paths.narrow(1, 2, count), paths.narrow(1, 1, count), skips == null ? back : skips.where(back, never(paths))
        };
    }
}
