// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import dev.ashlar.Tensor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The sums that gradients of a normalisation are made of. Where weight and bias are the same for elements whose statistics are taken
 * together, their gradients and that of the operand need the same two sums over these elements, which are computed once in a backward.
 *
 * @param inner dimensions of the statistics over which weight and bias are the same
 * @param outer the other dimensions of the statistics
 * @param count of elements of each statistic
 * @param centred whether there is a mean
 */
record NormalizationSums(int[] inner, int[] outer, long count, boolean centred) {
    /**
     * @param dims of the statistics; none if these are constants
     * @param rank of the operand
     * @param like weight or bias, if any
     */
    static NormalizationSums of(int[] dims, long count, boolean centred, int rank, @Nullable Tensor like) {
        int[] inner = Arrays.stream(dims).filter(dim -> constant(dim - rank, like)).toArray();
        int[] outer = Arrays.stream(dims).filter(dim -> !constant(dim - rank, like)).toArray();
        return new NormalizationSums(inner, outer, count, centred);
    }

    private static boolean constant(int dim, @Nullable Tensor like) {
        return like == null || -dim > like.shape().rank() || like.shape().size(dim) == 1;
    }

    /**
     * Returns the gradient summed up over what weight and bias have in common.
     *
     * @param room what rules share, see {@link Tape.Rule}
     */
    Tensor ofGradient(Tensor g, @Nullable Tensor[] room) {
        return inner.length == 0 ? g : shared(room, 2, g);
    }

    /** Returns the gradient times the normalised values, summed up likewise. */
    Tensor ofProduct(Tensor g, @Nullable Tensor[] room, Tensor hat) {
        return inner.length == 0 ? g.mul(hat) : shared(room, 1, g.mul(hat));
    }

    private Tensor shared(@Nullable Tensor[] room, int place, Tensor x) {
        Tensor known = room[room.length - place];
        if (known == null) {
            known = x.sum(inner, true);
            room[room.length - place] = known;
        }
        return known;
    }

    /** Returns the gradient of the operand: statistics take away what would move or stretch all their elements together. */
    Tensor ofOperand(Tensor g, @Nullable Tensor[] room, Tensor hat, Tensor rstd, @Nullable Tensor weight) {
        Tensor scaled = weight == null ? g : g.mul(weight);
        if (inner.length + outer.length == 0) {
            return scaled.mul(rstd);
        }
        Tensor product = inner.length == 0 ? scaled.mul(hat) : weighted(ofProduct(g, room, hat), weight);
        Tensor rest = scaled.sub(hat.mul(mean(product)));
        return (centred ? rest.sub(mean(inner.length == 0 ? scaled : weighted(ofGradient(g, room), weight))) : rest).mul(rstd);
    }

    private static Tensor weighted(Tensor sum, @Nullable Tensor weight) {
        return weight == null ? sum : sum.mul(weight);
    }

    private Tensor mean(Tensor sum) {
        return (outer.length == 0 ? sum : sum.sum(outer, true)).div((double) count);
    }
}
