// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;
import dev.ashlar.type.InvalidArgumentException;
import java.util.SequencedMap;

/**
 * Layers one after the other. They are named {@code 0}, {@code 1}, ... unless names are given.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.Sequential.html">torch.nn.Sequential</a>
 */
public final class Sequential extends NumberedModules<Layer, Sequential> implements Layer {
    public Sequential(Layer... layers) {
        for (Layer layer : layers) {
            add(layer);
        }
    }

    /** Creates a sequence with names of its own, in the map's order. */
    public Sequential(SequencedMap<String, ? extends Layer> layers) {
        layers.forEach(this::add);
    }

    /**
     * Returns a layer by name.
     *
     * @throws InvalidArgumentException if there is none
     */
    public Layer get(String name) {
        return (Layer) getSubmodule(name);
    }

    /**
     * Returns the layers from a position up to before another as a sequence of their own, which shares them; they keep their names.
     * Negative positions count from the end, those beyond an end are that end.
     */
    public Sequential slice(int from, int to) {
        return new Sequential().addPart(this, from, to);
    }

    @Override
    public Tensor forward(Tensor input) {
        return hooked(input, this::compute);
    }

    private Tensor compute(Tensor input) {
        Tensor value = input;
        for (Layer layer : modules) {
            value = layer.forward(value);
        }
        return value;
    }
}
