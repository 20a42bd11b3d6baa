// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.amp;

import dev.ashlar.Scope;
import dev.ashlar.internal.tensor.Casting;
import dev.ashlar.type.DType;
import dev.ashlar.type.InvalidArgumentException;
import org.jspecify.annotations.Nullable;

/**
 * Chooses for each operation the type that it is computed in, on this thread until the scope is closed.
 *
 * <pre>{@code
 * try (var _ = Autocast.to(DType.BFLOAT16)) {
 *     loss = lossFunction.forward(model.forward(x), y);
 * }
 * loss.backward();
 * }</pre>
 *
 * <p>Operands of matrix products, convolutions, linear layers and attention are cast to the type of 16 bits; those of exponentials,
 * logarithms, powers, sums, norms, softmax, normalisations of layers and groups, and losses to float32; a few others take the widest type
 * among theirs. All the rest work on what they are given. Float64 is never cast. Parameters stay as they are, and their gradients have
 * their type. Scopes nest; the innermost decides. Gradient rules are never cast: they compute in the types of the forward pass.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/amp.html#autocasting">torch.amp.autocast</a>
 */
public final class Autocast {
    private Autocast() {}

    /**
     * Casts from now on.
     *
     * @param half {@link DType#BFLOAT16} or {@link DType#FLOAT16}
     */
    public static Scope to(DType half) {
        if (half != DType.BFLOAT16 && half != DType.FLOAT16) {
            throw new InvalidArgumentException("[autocast] expected bfloat16 or float16, got " + half + "; convert modules with to(DType)"
                    + " for other types");
        }
        return Casting.enter(half);
    }

    /** Casts nothing from now on, for what must be computed in the types that it is given. */
    public static Scope off() {
        return Casting.enter(null);
    }

    /** Returns whether operations of this thread are cast. */
    public static boolean isEnabled() {
        return Casting.isOn();
    }

    /** Returns the type of 16 bits that they are cast to, or null. */
    public static @Nullable DType type() {
        return Casting.half();
    }
}
