// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.PaddingMode;
import dev.ashlar.type.InvalidArgumentException;
import java.util.Arrays;

/** Something around the last dimensions of a tensor. */
abstract class PaddingLayer<M extends PaddingLayer<M>> extends StatelessLayer<M> {
    PaddingLayer(int rank, int[] padding, PaddingMode mode, double value, String extraRepr) {
        if (padding.length != 1 && padding.length != 2 * rank) {
            throw new InvalidArgumentException("[pad] expected one number or " + 2 * rank + ", got " + Arrays.toString(padding)
                    + "; each dimension has two sides, the last one comes first");
        }
        long[] amounts = new long[2 * rank];
        Arrays.setAll(amounts, i -> padding[padding.length == 1 ? 0 : i]);
        super(
                x -> Ranks.checked("pad", x, rank + 1, rank + 2).pad(amounts, mode, value),
                extraRepr.isEmpty() ? Repr.tuple(amounts) : "padding=" + Repr.tuple(amounts) + ", " + extraRepr);
    }
}
