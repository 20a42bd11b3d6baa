// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Reduction;
import dev.ashlar.Tensor;

/**
 * Computes minus the logarithm of the probability that outputs over time, with blanks and repetitions taken out, are the targets; see
 * {@link Tensor#ctcLoss(Tensor, long[], long[], long, Reduction, boolean)}.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.CTCLoss.html">torch.nn.CTCLoss</a>
 */
public final class CTCLoss extends ConcreteModule<CTCLoss> {
    private final long blank;
    private final Reduction reduction;
    private final boolean zeroInfinity;

    /** Creates the loss with blank 0, averaged. */
    public CTCLoss() {
        this(0, Reduction.MEAN, false);
    }

    /**
     * Creates the loss.
     *
     * @param blank the class of the blank, which no label is
     * @param zeroInfinity whether infinite losses and their gradients count as 0
     */
    public CTCLoss(long blank, Reduction reduction, boolean zeroInfinity) {
        this.blank = blank;
        this.reduction = reduction;
        this.zeroInfinity = zeroInfinity;
    }

    /**
     * Returns the loss.
     *
     * @param logProbs [steps, samples, classes] or [steps, classes]
     * @param targets int64 or int32 classes, [samples, labels], or the labels of all samples one after the other
     * @param inputLengths the number of steps of each sample
     * @param targetLengths the number of labels of each sample
     */
    public Tensor forward(Tensor logProbs, Tensor targets, long[] inputLengths, long[] targetLengths) {
        return hooked(logProbs, targets, (given, labels) ->
                given.ctcLoss(labels, inputLengths, targetLengths, blank, reduction, zeroInfinity));
    }

    /** Returns the loss; waits for the device to read the lengths. */
    public Tensor forward(Tensor logProbs, Tensor targets, Tensor inputLengths, Tensor targetLengths) {
        return hooked(logProbs, targets, (given, labels) ->
                given.ctcLoss(labels, inputLengths, targetLengths, blank, reduction, zeroInfinity));
    }
}
