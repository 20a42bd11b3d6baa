// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.optim;

import java.util.Collections;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/**
 * Multiplies the rate by a function of the step, from step 1 on.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.MultiplicativeLR.html">
 *     torch.optim.lr_scheduler.MultiplicativeLR</a>
 */
public final class MultiplicativeLR extends LRScheduler {
    private final List<IntToDoubleFunction> functions;

    /** Creates one with the same function for all groups. */
    public MultiplicativeLR(Optimizer optimizer, IntToDoubleFunction function) {
        this(optimizer, Collections.nCopies(optimizer.groups().size(), function), -1);
    }

    /**
     * @param functions one for each group, of steps that count from 0; they are no part of the state
     * @param lastEpoch -1 to begin; a higher number to go on after that step
     */
    public MultiplicativeLR(Optimizer optimizer, List<IntToDoubleFunction> functions, int lastEpoch) {
        super(optimizer);
        this.functions = LambdaLR.perGroup(this, functions);
        start(lastEpoch);
    }

    @Override
    protected double rate(int group) {
        return isInitial() ? current(group) : current(group) * of(functions, group).applyAsDouble(lastEpoch());
    }
}
