// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.optim;

import dev.ashlar.Device;
import java.util.List;
import java.util.Map;

/**
 * What the optimizers of this library extend, so that {@code new SGD(parameters, 0.1).momentum(0.9).to(device)} is an {@link SGD}. A
 * setting that is made on the optimizer holds for all groups that were not given one of their own, and for those that are added later.
 *
 * <p>PyTorch's {@code foreach}, {@code fused}, {@code capturable} and {@code differentiable} choose between implementations that do not
 * differ in what they compute; here there is one, which changes all parameters in one launch where it can and never waits for a device.
 *
 * @param <O> the optimizer's own class
 */
public abstract class ConcreteOptimizer<O extends ConcreteOptimizer<O>> extends AbstractOptimizer {
    /**
     * @param groups at least one parameter in all of them, none twice
     * @param defaults all settings by name, {@code lr} among them, with the values for groups that say nothing
     */
    protected ConcreteOptimizer(List<ParameterGroup> groups, Map<String, Double> defaults) {
        super(groups, defaults);
    }

    @SuppressWarnings("unchecked") // by the bound of O, for every class that names itself
    private O self() {
        return (O) this;
    }

    /** Makes a setting after a check; returns this. */
    protected final O with(String name, double value, boolean valid, String range) {
        setAll(name, value, valid, range);
        return self();
    }

    /** Makes a setting that must be 0 or more; returns this. */
    protected final O withPositive(String name, double value) {
        return with(name, value, value >= 0, ">= 0");
    }

    /** Makes a setting that is 0 or 1; returns this. */
    protected final O withFlag(String name, boolean value) {
        return with(name, value ? 1 : 0, true, "");
    }

    /** Sets the learning rate, &gt;= 0; returns this. */
    public O lr(double value) {
        return withPositive("lr", value);
    }

    @Override
    public O to(Device device) {
        super.to(device);
        return self();
    }

    @Override
    public O addParameterGroup(ParameterGroup group) {
        super.addParameterGroup(group);
        return self();
    }
}
