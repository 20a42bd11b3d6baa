// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;
import java.util.function.UnaryOperator;

/** A layer that is one function of its input, the same in both modes. */
abstract class StatelessLayer<M extends StatelessLayer<M>> extends ConcreteModule<M> implements Layer {
    private final UnaryOperator<Tensor> function;
    private final String extraRepr;

    /** @param extraRepr see {@link #extraRepr()} */
    StatelessLayer(UnaryOperator<Tensor> function, String extraRepr) {
        this.function = function;
        this.extraRepr = extraRepr;
    }

    @Override
    public Tensor forward(Tensor input) {
        return hooked(input, function);
    }

    @Override
    public String extraRepr() {
        return extraRepr;
    }
}
