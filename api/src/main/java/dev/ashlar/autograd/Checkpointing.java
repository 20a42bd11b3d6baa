// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.autograd;

import dev.ashlar.Tensor;
import dev.ashlar.internal.tensor.CheckpointFrame;
import dev.ashlar.type.InvalidArgumentException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Trades time for memory: a checkpointed piece of a model keeps its inputs only, and computes in backward again what gradient rules
 * need. Pieces may be nested.
 *
 * <p>The function is called again in backward and must do the same then: numbers of {@link dev.ashlar.Ashlar#generator()} are replayed,
 * so that dropout drops the same elements; other generators, counters and running statistics that the function changes are not. It may
 * capture parameters, which get their gradients as usual. It must not catch {@link Error}.
 *
 * @see <a href="https://arxiv.org/abs/1604.06174">Chen et al.: Training deep nets with sublinear memory cost</a>
 * @see <a href="https://docs.pytorch.org/docs/stable/checkpoint.html">torch.utils.checkpoint</a>
 */
public final class Checkpointing {
    private Checkpointing() {}

    /** Returns {@code function} of the one input; its intermediate values are not kept. */
    // The number of inputs decides between the two.
    @SuppressWarnings("overloads")
    public static Tensor checkpoint(UnaryOperator<Tensor> function, Tensor input) {
        return single(given -> new Tensor[] {function.apply(given[0])}, input);
    }

    /** Returns {@code function} of the inputs, which it gets in their order; its intermediate values are not kept. */
    @SuppressWarnings("overloads")
    public static Tensor checkpoint(Function<List<Tensor>, Tensor> function, Tensor... inputs) {
        return single(given -> new Tensor[] {function.apply(Arrays.asList(given))}, inputs);
    }

    /** Returns several results of the inputs; intermediate values are not kept. */
    public static List<Tensor> checkpointAll(Function<List<Tensor>, List<Tensor>> function, Tensor... inputs) {
        return List.of(CheckpointFrame.run(given -> function.apply(Arrays.asList(given)).toArray(Tensor[]::new), inputs));
    }

    /**
     * Applies functions one after the other, cut into pieces of about equal length; the values between pieces are kept, and those of the
     * last piece, which backward needs first.
     *
     * @param segments how many pieces, from 1 to the number of functions
     */
    public static Tensor sequential(List<? extends UnaryOperator<Tensor>> functions, int segments, Tensor input) {
        if (segments < 1 || segments > functions.size()) {
            throw new InvalidArgumentException("[sequential] expected from 1 to " + functions.size() + " segments, got " + segments
                    + "; choose about the square root of the number of functions");
        }
        int length = functions.size() / segments;
        Tensor value = input;
        for (int i = 0; i < segments - 1; i++) {
            List<? extends UnaryOperator<Tensor>> piece = functions.subList(i * length, (i + 1) * length);
            value = checkpoint(given -> chain(piece, given), value);
        }
        return chain(functions.subList((segments - 1) * length, functions.size()), value);
    }

    private static Tensor chain(List<? extends UnaryOperator<Tensor>> functions, Tensor input) {
        Tensor value = input;
        for (UnaryOperator<Tensor> function : functions) {
            value = function.apply(value);
        }
        return value;
    }

    private static Tensor single(Function<Tensor[], Tensor[]> function, Tensor... inputs) {
        return CheckpointFrame.run(function, inputs)[0];
    }
}
