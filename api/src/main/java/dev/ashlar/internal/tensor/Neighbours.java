// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import static dev.ashlar.internal.tensor.Tape.of;

import dev.ashlar.MantissaAndExponent;
import dev.ashlar.Tensor;
import dev.ashlar.internal.schedule.Formula;
import dev.ashlar.type.DType;

/** Operations on the bits of floating-point numbers. */
public final class Neighbours {
    private Neighbours() {}

    private static DType bits(DType type) {
        return switch (type.bytes()) {
            case 8 -> DType.INT64;
            case 4 -> DType.INT32;
            default -> DType.INT16;
        };
    }

    /** Returns the next number after {@code a} towards {@code b}, operands of one type. */
    public static Tensor after(Tensor a, Tensor b) {
        DType integers = bits(a.dtype());
        // A zero of the other side's sign: its next number is then one step of the bits away.
        Tensor zero = Primitives.scalarLike(a, 0, a.dtype());
        Tensor start = Primitives.select("nextafter", a.eq(zero), Primitives.function("nextafter", Formula.COPYSIGN, zero, b), a);
        Tensor from = Primitives.bitcast(start, integers);
        Tensor to = Primitives.bitcast(b, integers);
        Tensor next = Primitives.bitcast(Primitives.function("nextafter", Formula.NEXT_BITS, from, to), a.dtype());
        Tensor unordered = a.isNan().logicalOr(b.isNan());
        return Primitives.select("nextafter", unordered, a.add(b), Primitives.select("nextafter", a.eq(b), b, next));
    }

    /** See {@link Tensor#frexp}. */
    public static MantissaAndExponent split(Tensor x) {
        Tensor wide = Primitives.detached(x).to(x.dtype().arithmetic());
        Tensor power = Primitives.function("frexp", Formula.EXPONENT, wide);
        Tensor mantissa = Primitives.function("frexp", Formula.MANTISSA, wide).to(x.dtype());
        Tensor exponent = power.to(DType.INT32);
        Tape.record("frexp", mantissa, of(x), of(exponent), (g, s) -> g.mul(s[0].neg().to(g.dtype()).exp2()));
        return new MantissaAndExponent(mantissa, exponent);
    }
}
