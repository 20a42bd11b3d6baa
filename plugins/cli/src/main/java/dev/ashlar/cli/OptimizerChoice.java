// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.cli;

import dev.ashlar.nn.Parameter;
import dev.ashlar.optim.Adam;
import dev.ashlar.optim.AdamW;
import dev.ashlar.optim.Optimizer;
import dev.ashlar.optim.Rprop;
import dev.ashlar.optim.SGD;
import dev.ashlar.type.InvalidArgumentException;
import java.util.List;
import java.util.Locale;

/** The optimizers of the command line, with learning rates that suit standardised data. */
enum OptimizerChoice {
    ADAM(0.005),
    ADAMW(0.005),
    SGD(0.05),
    RPROP(0.01);

    private final double defaultLr;

    OptimizerChoice(double defaultLr) {
        this.defaultLr = defaultLr;
    }

    /**
     * Returns the optimizer of this name.
     *
     * @throws InvalidArgumentException if there is none
     */
    static OptimizerChoice of(String name) {
        for (OptimizerChoice choice : values()) {
            if (choice.toString().equalsIgnoreCase(name.strip())) {
                return choice;
            }
        }
        throw new InvalidArgumentException("[train] expected adam, adamw, sgd or rprop for --optimizer, got '" + name + "'");
    }

    double defaultLr() {
        return defaultLr;
    }

    /** Rprop compares gradients of successive steps, which makes sense only where all steps see the same rows. */
    boolean wantsAllRows() {
        return this == RPROP;
    }

    Optimizer create(List<Parameter> parameters, double lr) {
        return switch (this) {
            case ADAM -> new Adam(parameters, lr);
            case ADAMW -> new AdamW(parameters, lr);
            case SGD -> new SGD(parameters, lr).momentum(0.9);
            case RPROP -> new Rprop(parameters, lr);
        };
    }

    /** Returns the name as users write it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
