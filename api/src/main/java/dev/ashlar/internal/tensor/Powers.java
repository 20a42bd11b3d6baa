// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import static dev.ashlar.internal.tensor.Tape.of;

import dev.ashlar.Tensor;
import dev.ashlar.internal.schedule.Formula;
import dev.ashlar.spi.ScalarOp;
import dev.ashlar.type.DType;
import dev.ashlar.type.InvalidArgumentException;

/** Powers with their gradients. */
public final class Powers {
    private Powers() {}

    /** Returns the power of operands in one type. */
    public static Tensor pow(Pair pair) {
        Tensor a = pair.a();
        Tensor b = pair.b();
        DType type = pair.type();
        if (!type.isFloatingPoint()) {
            return Primitives.function(pair.name(), Formula.INTEGER_POWER, a, b);
        }
        Tensor y = Primitives.binary(pair.name(), ScalarOp.POW, a, b);
        return Tape.record(
                pair.name(),
                y,
                of(a, b),
                of(a, b, y),
                (g, s) -> {
                    Tensor slope = g.mul(s[1].mul(s[0].pow(s[1].sub(1.0))));
                    return Tape.sumTo(Functions.masked(s[1].ne(0.0), slope), a.shape());
                },
                (g, s) -> {
                    Tensor flat = s[0].eq(0.0).logicalAnd(s[1].ge(0.0));
                    return Tape.sumTo(Functions.masked(flat.logicalNot(), g.mul(s[2].mul(s[0].log()))), b.shape());
                });
    }

    /** Returns the power of a floating-point tensor. */
    public static Tensor pow(Tensor x, double exponent) {
        if (exponent == 2) {
            return x.square();
        }
        if (exponent == 1) {
            return x.mul(Primitives.scalarLike(x, 1, x.dtype()));
        }
        if (exponent == 3) {
            return x.square().mul(x);
        }
        if (exponent == 0.5) {
            return x.sqrt();
        }
        if (exponent == -1) {
            return x.reciprocal();
        }
        Tensor power = Primitives.scalarLike(x, exponent, x.dtype());
        if (exponent == 0) {
            return Functions.flat("pow", x, Primitives.binary("pow", ScalarOp.POW, x, power));
        }
        Tensor y = Primitives.binary("pow", ScalarOp.POW, x, power);
        return Tape.record("pow", y, of(x), of(x), (g, s) -> g.mul(s[0].pow(exponent - 1).mul(exponent)));
    }

    /** Returns the power of integers by squaring. */
    public static Tensor whole(Tensor x, long exponent) {
        if (exponent < 0) {
            throw new InvalidArgumentException("[pow] expected an exponent >= 0 for " + x.dtype() + ", got " + exponent
                    + "; cast to a floating-point type");
        }
        DType type = Promotion.withLong(x.dtype());
        Tensor square = x.to(type);
        Tensor result = null;
        for (long rest = exponent; rest > 0; rest >>= 1) {
            if ((rest & 1) == 1) {
                result = result == null ? square : Primitives.inner(result).mul(square);
            }
            if (rest > 1) {
                square = Primitives.inner(square.mul(square));
            }
        }
        if (result == null) {
            return Primitives.full(x.shape(), 1L, type, Primitives.runtimeOf(x));
        }
        return exponent == 1 ? result.mul(1L) : result;
    }
}
