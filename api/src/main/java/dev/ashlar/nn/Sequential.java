// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;
import dev.ashlar.type.InvalidArgumentException;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;

/** Layers one after the other. They are named {@code 0}, {@code 1}, ... unless names are given. */
public final class Sequential extends ConcreteModule<Sequential> implements Layer {
    private final List<Layer> layers = new ArrayList<>();

    public Sequential(Layer... layers) {
        for (Layer layer : layers) {
            add(layer);
        }
    }

    /** Creates a sequence with names of its own, in the map's order. */
    public Sequential(SequencedMap<String, ? extends Layer> layers) {
        layers.forEach(this::add);
    }

    /** Appends a layer, named by its position; returns this. */
    public Sequential add(Layer layer) {
        return add(Integer.toString(layers.size()), layer);
    }

    /** Appends a layer with a name; returns this. */
    public Sequential add(String name, Layer layer) {
        layers.add(register(name, layer));
        return this;
    }

    /** Returns the number of layers. */
    public int size() {
        return layers.size();
    }

    /** Returns a layer by position; negative ones count from the end. */
    public Layer get(int index) {
        int at = index < 0 ? index + layers.size() : index;
        if (at < 0 || at >= layers.size()) {
            throw new InvalidArgumentException("[sequential] expected a position in [" + -layers.size() + ", " + (layers.size() - 1)
                    + "], got " + index);
        }
        return layers.get(at);
    }

    @Override
    public Tensor forward(Tensor input) {
        return hooked(input, this::compute);
    }

    private Tensor compute(Tensor input) {
        Tensor value = input;
        for (Layer layer : layers) {
            value = layer.forward(value);
        }
        return value;
    }
}
