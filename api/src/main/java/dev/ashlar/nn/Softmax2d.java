// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

/**
 * Applies {@link dev.ashlar.Tensor#softmax(int)} to the channels of images, [batch, channels, rows, columns] or [channels, rows, columns].
 */
public final class Softmax2d extends StatelessLayer<Softmax2d> {
    /** Creates the layer. */
    public Softmax2d() {
        super(x -> Ranks.checked("softmax2d", x, 3, 4).softmax(-3), "");
    }
}
