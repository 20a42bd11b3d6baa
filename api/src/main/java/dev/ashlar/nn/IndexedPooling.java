// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;
import dev.ashlar.ValuesAndIndices;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** A pooling that picks elements, and can say which. */
abstract class IndexedPooling<M extends IndexedPooling<M>> extends StatelessLayer<M> {
    private final Function<Tensor, ValuesAndIndices> indexed;

    IndexedPooling(UnaryOperator<Tensor> plain, Function<Tensor, ValuesAndIndices> indexed, String extraRepr) {
        super(plain, extraRepr);
        this.indexed = indexed;
    }

    /**
     * Returns what {@link #forward} does, and for each window where in its channel, counted row by row, the element lies. Forward hooks
     * see the elements alone.
     */
    public ValuesAndIndices forwardWithIndices(Tensor input) {
        Tensor[] indices = new Tensor[1];
        Tensor values = hooked(input, given -> {
            ValuesAndIndices found = indexed.apply(given);
            indices[0] = found.indices();
            return found.values();
        });
        return new ValuesAndIndices(values, indices[0]);
    }
}
