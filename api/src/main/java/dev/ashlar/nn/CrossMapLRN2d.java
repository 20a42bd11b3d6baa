// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;

/**
 * Divides images, [batch, channels, rows, columns], by a power of a sum over neighbouring channels:
 * {@code x / (k + alpha / size * sum of x^2)^beta}. The sum is over {@code (size + 1) / 2 - 1} channels on either side. As in PyTorch,
 * channel 0 counts as well for all channels behind it that it is too far from. The gradient is that of this function; PyTorch's is
 * shifted by a channel. {@link LocalResponseNorm} does without these peculiarities.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.LocalResponseNorm.html">torch.nn.LocalResponseNorm</a>
 */
public final class CrossMapLRN2d extends StatelessLayer<CrossMapLRN2d> {
    /** Creates the layer with alpha 1e-4, beta 0.75, k 1. */
    public CrossMapLRN2d(int size) {
        this(size, 1e-4, 0.75, 1);
    }

    /** @param size how many channels, &gt;= 1 */
    public CrossMapLRN2d(int size, double alpha, double beta, double k) {
        Windows.positive("crossMapLRN2d", size);
        super(
                x -> Ranks.checked("crossMapLRN2d", x, 4, 4)
                        .mul(sums(x.square(), (size + 1) / 2).mul(alpha / size).add(k).pow(-beta)),
                size + ", alpha=" + Repr.of(alpha) + ", beta=" + Repr.of(beta) + ", k=" + Repr.number(k));
    }

    private static Tensor sums(Tensor squares, long reach) {
        Tensor near = squares.pad(0, 0, 0, 0, 0, reach - 1, reach - 1).unfold(1, 2 * reach - 1, 1).sum(-1);
        long channels = squares.size(1);
        return channels <= reach
                ? near
                : Tensor.cat(1, near.narrow(1, 0, reach), near.narrow(1, reach, channels - reach).add(squares.narrow(1, 0, 1)));
    }
}
