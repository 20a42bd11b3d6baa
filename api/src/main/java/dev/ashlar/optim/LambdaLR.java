// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.optim;

import dev.ashlar.type.InvalidArgumentException;
import java.util.Collections;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/**
 * Multiplies the rate of the beginning by a function of the step.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.LambdaLR.html">
 *     torch.optim.lr_scheduler.LambdaLR</a>
 */
public final class LambdaLR extends LRScheduler {
    private final List<IntToDoubleFunction> functions;

    /** Creates one with the same function for all groups. */
    public LambdaLR(Optimizer optimizer, IntToDoubleFunction function) {
        this(optimizer, Collections.nCopies(optimizer.groups().size(), function), -1);
    }

    /**
     * @param functions one for each group, of steps that count from 0; they are no part of the state
     * @param lastEpoch -1 to begin; a higher number to go on after that step
     */
    public LambdaLR(Optimizer optimizer, List<IntToDoubleFunction> functions, int lastEpoch) {
        super(optimizer);
        this.functions = perGroup(this, functions);
        start(lastEpoch);
    }

    static List<IntToDoubleFunction> perGroup(LRScheduler scheduler, List<IntToDoubleFunction> functions) {
        if (functions.size() != scheduler.optimizer().groups().size()) {
            throw new InvalidArgumentException("[" + scheduler.kind() + "] expected " + scheduler.optimizer().groups().size()
                    + " functions, one for each group, got " + functions.size());
        }
        return List.copyOf(functions);
    }

    @Override
    protected double rate(int group) {
        return base(group) * of(functions, group).applyAsDouble(lastEpoch());
    }
}
