// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.autograd;

import dev.ashlar.Tensor;
import dev.ashlar.internal.tensor.CustomCall;

/** What a {@link Function} carries from forward to backward. */
public sealed interface Context permits CustomCall {
    /**
     * Keeps tensors for backward, called at most once in forward. Inputs and results keep their history; backward may be differentiated
     * with respect to them. Other tensors count as constants there.
     */
    void saveForBackward(Tensor... tensors);

    /**
     * Returns the saved tensors, in backward.
     *
     * @throws dev.ashlar.type.AshlarException if an earlier backward freed them
     */
    Tensor[] saved();

    /** Returns one of the saved tensors, in backward. */
    default Tensor saved(int place) {
        return saved()[place];
    }

    /** Returns whether anybody needs the gradient of an input. */
    boolean needsInputGrad(int input);

    /** Says in forward which results have no gradient; those of types without fractions never have one. */
    void markNonDifferentiable(Tensor... results);

    /** Says in forward whether backward gets zeros for results that nobody used (true from the start) or null. */
    void setMaterializeGrads(boolean materialize);
}
