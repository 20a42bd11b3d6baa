// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Device;
import dev.ashlar.Tensor;
import dev.ashlar.type.DType;

/** A module that turns one tensor into one. Lambdas and method references are layers without state: {@code Tensor::relu}. */
@FunctionalInterface
public interface Layer extends Module {
    /** Applies the layer. */
    Tensor forward(Tensor input);

    @Override
    default Layer train() {
        Module.super.train();
        return this;
    }

    @Override
    default Layer train(boolean training) {
        Module.super.train(training);
        return this;
    }

    @Override
    default Layer eval() {
        Module.super.eval();
        return this;
    }

    @Override
    default Layer to(Device device) {
        Module.super.to(device);
        return this;
    }

    @Override
    default Layer to(DType type) {
        Module.super.to(type);
        return this;
    }

    @Override
    default Layer requiresGrad(boolean required) {
        Module.super.requiresGrad(required);
        return this;
    }

    @Override
    default Layer freeze() {
        Module.super.freeze();
        return this;
    }

    @Override
    default Layer unfreeze() {
        Module.super.unfreeze();
        return this;
    }
}
