// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.autograd;

import dev.ashlar.Scope;
import dev.ashlar.Tensor;
import dev.ashlar.internal.tensor.Backward;
import dev.ashlar.internal.tensor.GradMode;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gradient mode of the calling thread, and gradients as values. */
public final class Autograd {
    private Autograd() {}

    /** Stops recording gradient rules until the scope is closed; parameters may be changed in place meanwhile. */
    public static Scope noGrad() {
        return GradMode.set(false);
    }

    /** Records gradient rules again, inside {@link #noGrad()}, until the scope is closed. */
    public static Scope enableGrad() {
        return GradMode.set(true);
    }

    public static boolean isGradEnabled() {
        return GradMode.isEnabled();
    }

    /**
     * Returns the gradients of a one-element output with respect to inputs; leaves are not touched.
     *
     * @return one per input, null where the output does not depend on it
     */
    public static List<@Nullable Tensor> grad(Tensor output, List<Tensor> inputs, boolean createGraph) {
        return grad(List.of(output), inputs, Collections.singletonList(null), createGraph, createGraph);
    }

    /**
     * Returns the gradients of the sum over outputs of output times its gradient.
     *
     * @param gradOutputs one per output, of its shape; null for 1 where the output has one element
     * @param retainGraph whether the graph may be walked again
     * @param createGraph whether the gradients can be differentiated themselves
     * @return one per input, null where the outputs do not depend on it
     */
    public static List<@Nullable Tensor> grad(
            List<Tensor> outputs,
            List<Tensor> inputs,
            List<? extends @Nullable Tensor> gradOutputs,
            boolean retainGraph,
            boolean createGraph) {
        return Arrays.asList(Backward.grad(outputs, inputs, gradOutputs, retainGraph || createGraph, createGraph));
    }
}
