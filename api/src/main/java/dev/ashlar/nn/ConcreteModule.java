// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Device;
import dev.ashlar.type.DType;
import java.util.function.Consumer;

/**
 * What the modules of this library extend, so that {@code new Linear(2, 1).to(device).eval()} is a {@link Linear}. Own modules may, if
 * they want the same.
 *
 * @param <M> the module's own class
 */
public abstract class ConcreteModule<M extends ConcreteModule<M>> extends AbstractModule {
    /** Creates a module without children, in training mode. */
    protected ConcreteModule() {}

    @SuppressWarnings("unchecked") // by the bound of M, for every class that names itself
    private M self() {
        return (M) this;
    }

    @Override
    public M train() {
        super.train();
        return self();
    }

    @Override
    public M train(boolean training) {
        super.train(training);
        return self();
    }

    @Override
    public M eval() {
        super.eval();
        return self();
    }

    @Override
    public M to(Device device) {
        super.to(device);
        return self();
    }

    @Override
    public M to(DType type) {
        super.to(type);
        return self();
    }

    @Override
    public M requiresGrad(boolean required) {
        super.requiresGrad(required);
        return self();
    }

    @Override
    public M freeze() {
        super.freeze();
        return self();
    }

    @Override
    public M unfreeze() {
        super.unfreeze();
        return self();
    }

    @Override
    public M apply(Consumer<? super Module> action) {
        super.apply(action);
        return self();
    }
}
