// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Generator;
import dev.ashlar.Tensor;
import dev.ashlar.type.InvalidArgumentException;
import org.jspecify.annotations.Nullable;

/** A layer that drops parts of its input at random while it is trained. */
abstract class DroppingLayer<M extends DroppingLayer<M>> extends ConcreteModule<M> implements Layer {
    private final double probability;
    private final Drop drop;

    /** An operation such as {@link Tensor#dropout(double, boolean, Generator)}. */
    @FunctionalInterface
    interface Drop {
        Tensor of(Tensor input, double probability, boolean training, @Nullable Generator generator);
    }

    DroppingLayer(String name, double probability, Drop drop) {
        if (!(probability >= 0 && probability <= 1)) {
            throw new InvalidArgumentException("[" + name + "] expected a probability in [0, 1], got " + probability
                    + "; it is that of being dropped");
        }
        this.probability = probability;
        this.drop = drop;
    }

    @Override
    public Tensor forward(Tensor input) {
        return hooked(input, given -> drop.of(given, probability, isTraining(), null));
    }

    @Override
    public String extraRepr() {
        return "p=" + Repr.of(probability) + ", inplace=False";
    }
}
