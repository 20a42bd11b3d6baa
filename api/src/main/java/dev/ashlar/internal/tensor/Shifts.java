// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import dev.ashlar.Tensor;
import dev.ashlar.spi.ScalarOp;
import dev.ashlar.type.DType;

/** Shifts of integers by any count: scalar operations mask the count to the width of the type. */
public final class Shifts {
    private Shifts() {}

    /** Returns a * 2^b, 0 where all bits leave. */
    public static Tensor left(Pair pair) {
        Tensor a = pair.a();
        Tensor shifted = Primitives.binary(pair.name(), ScalarOp.SHL, a, pair.b());
        return Primitives.select(pair.name(), within(pair), shifted, Primitives.scalarOf(a, 0, a.dtype()));
    }

    /** Returns floor(a / 2^b), the sign everywhere where all bits leave. */
    public static Tensor right(Pair pair) {
        Tensor a = pair.a();
        Tensor shifted = Primitives.binary(pair.name(), ScalarOp.SHR, a, pair.b());
        Tensor last = Primitives.binary(pair.name(), ScalarOp.SHR, a, Primitives.scalarOf(a, width(pair) - 1, a.dtype()));
        // Numbers without a sign have a bit there that is none.
        Tensor rest = a.dtype() == DType.UINT8 ? Primitives.scalarOf(a, 0, a.dtype()) : last;
        return Primitives.select(pair.name(), within(pair), shifted, rest);
    }

    private static long width(Pair pair) {
        return pair.type().bytes() * 8L;
    }

    private static Tensor within(Pair pair) {
        Tensor b = pair.b();
        return b.ge(0L).logicalAnd(b.lt(width(pair)));
    }
}
