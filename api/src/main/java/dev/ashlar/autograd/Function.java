// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.autograd;

import dev.ashlar.Tensor;
import dev.ashlar.internal.tensor.CustomCall;
import dev.ashlar.type.InvalidArgumentException;
import org.jspecify.annotations.Nullable;

/**
 * An operation with a gradient rule of its own. Arguments that are no tensors are fields of the class that implements it.
 *
 * <pre>{@code
 * record Scaled(double factor) implements Function {
 *     public Tensor[] forward(Context context, Tensor... inputs) {
 *         context.saveForBackward(inputs[0]);
 *         return new Tensor[] {inputs[0].square().mul(factor)};
 *     }
 *
 *     public Tensor[] backward(Context context, Tensor... gradients) {
 *         return new Tensor[] {gradients[0].mul(context.saved(0)).mul(2 * factor)};
 *     }
 * }
 *
 * Tensor y = new Scaled(3).apply(x);
 * }</pre>
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/autograd.html#torch.autograd.Function">torch.autograd.Function</a>
 */
public interface Function {
    /**
     * Computes the results. Runs without gradient rules: what it records is seen as one operation.
     *
     * @param inputs those given to {@link #apply}
     * @return one or more tensors
     */
    Tensor[] forward(Context context, Tensor... inputs);

    /**
     * Returns the gradients of the inputs. It is written with tensor operations, so that it can be differentiated in turn if the saved
     * values are inputs or results.
     *
     * @param gradients one per result; zeros for results that nobody used, or null after
     *     {@link Context#setMaterializeGrads setMaterializeGrads(false)}
     * @return one per input, of its shape; null where there is none
     */
    @Nullable Tensor[] backward(Context context, @Nullable Tensor... gradients);

    /** Returns whether {@link #backward} must not be differentiated: trying to do so throws. */
    default boolean isOnceDifferentiable() {
        return false;
    }

    /** Returns what stands for this function in messages and printed tensors. */
    default String functionName() {
        Class<?> type = getClass();
        return type.isAnonymousClass() || type.isHidden() ? "Function" : type.getSimpleName();
    }

    /**
     * Calls the function and returns its only result.
     *
     * @throws InvalidArgumentException if it has several
     */
    default Tensor apply(Tensor... inputs) {
        Tensor[] results = applyAll(inputs);
        if (results.length != 1) {
            throw new InvalidArgumentException("[" + functionName() + "] expected one result, got " + results.length
                    + "; call applyAll() for several");
        }
        return results[0];
    }

    /** Calls the function and returns all results. */
    default Tensor[] applyAll(Tensor... inputs) {
        return CustomCall.apply(this, inputs);
    }
}
