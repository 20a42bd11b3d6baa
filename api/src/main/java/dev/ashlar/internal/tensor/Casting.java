// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import dev.ashlar.Scope;
import dev.ashlar.Tensor;
import dev.ashlar.type.DType;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The type of 16 bits that the calling thread casts operands to, if it does; see {@link dev.ashlar.amp.Autocast}. */
public final class Casting {
    private static final ThreadLocal<@Nullable DType> HALF = new ThreadLocal<>();

    /** Open scopes of all threads: as long as there are none, operations need not ask for their thread's. */
    private static final AtomicInteger OPEN = new AtomicInteger();

    private Casting() {}

    /** Casts to a type, or not at all, until the scope is closed. */
    public static Scope enter(@Nullable DType half) {
        DType before = half();
        HALF.set(half);
        OPEN.incrementAndGet();
        return () -> {
            OPEN.decrementAndGet();
            HALF.set(before);
        };
    }

    /** Returns the type, or null while nothing is cast. */
    public static @Nullable DType half() {
        return OPEN.get() == 0 ? null : HALF.get();
    }

    public static boolean isOn() {
        return half() != null;
    }

    /** Computes without casts, as backward does. */
    static <T> T without(Supplier<T> computation) {
        if (!isOn()) {
            return computation.get();
        }
        try (Scope _ = enter(null)) {
            return computation.get();
        }
    }

    /** Applies an operation to operands of 16 bits. */
    public static Tensor lower(Function<@Nullable Tensor[], Tensor> operation, @Nullable Tensor... operands) {
        DType half = half();
        return half == null ? operation.apply(operands) : cast(half, operation, operands);
    }

    /** Applies an operation to operands in float32. */
    static Tensor single(Function<@Nullable Tensor[], Tensor> operation, @Nullable Tensor... operands) {
        return cast(DType.FLOAT32, operation, operands);
    }

    /** Applies an operation to operands in the widest of their types. */
    static Tensor widest(Function<@Nullable Tensor[], Tensor> operation, @Nullable Tensor... operands) {
        DType widest = null;
        for (Tensor operand : operands) {
            if (operand != null && operand.dtype().isFloatingPoint()) {
                widest = widest == null ? operand.dtype() : DType.promote(widest, operand.dtype());
            }
        }
        return cast(widest == null ? DType.FLOAT32 : widest, operation, operands);
    }

    private static Tensor cast(DType type, Function<@Nullable Tensor[], Tensor> operation, @Nullable Tensor... operands) {
        @Nullable Tensor[] all = operands.clone();
        for (int i = 0; i < all.length; i++) {
            Tensor operand = all[i];
            if (operand != null && operand.dtype().isFloatingPoint() && operand.dtype() != DType.FLOAT64) {
                all[i] = operand.to(type);
            }
        }
        return without(() -> operation.apply(all));
    }
}
