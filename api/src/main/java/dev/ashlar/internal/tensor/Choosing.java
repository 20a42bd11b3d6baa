// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import dev.ashlar.Tensor;
import dev.ashlar.type.DType;
import dev.ashlar.type.DTypeMismatchException;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.ShapeMismatchException;
import org.jspecify.annotations.Nullable;

/** Choice by masks, and comparison of whole tensors. */
public final class Choosing {
    private Choosing() {}

    /** See {@link dev.ashlar.ComparisonOps#maskedFill(Tensor, Tensor)}. */
    public static Tensor maskedFill(Tensor self, Tensor mask, Tensor value) {
        if (mask.dtype() != DType.BOOL) {
            throw new DTypeMismatchException("[maskedFill] expected a mask of bool, got " + mask.dtype() + "; compare it, for example with"
                    + " ne(0)");
        }
        if (value.shape().rank() != 0) {
            throw new ShapeMismatchException("[maskedFill] expected a zero-dimensional value, got shape " + value.shape()
                    + "; use where(value, tensor) with the mask");
        }
        Tensor condition = Primitives.onDeviceOf("maskedFill", self, mask);
        return condition.where(Primitives.onDeviceOf("maskedFill", self, value).to(self.dtype()), self);
    }

    /** See {@link dev.ashlar.ComparisonOps#equal}. */
    public static boolean equal(Tensor self, Tensor other) {
        Primitives.checkSameDevice("equal", self, other);
        return self.shape().equals(other.shape()) && self.eq(other).all().itemBoolean();
    }

    /** See {@link dev.ashlar.ComparisonOps#allclose(Tensor, double, double, boolean)}. */
    public static boolean allclose(Tensor self, Tensor other, double relative, double absolute, boolean equalNan) {
        return close("allclose", self, other, relative, absolute, equalNan).all().itemBoolean();
    }

    /** Returns where two tensors of one type are close; for {@code name}. */
    public static Tensor close(String name, Tensor self, Tensor other, double relative, double absolute, boolean equalNan) {
        if (self.dtype() != other.dtype()) {
            throw new DTypeMismatchException("[" + name + "] expected tensors of one type, got " + self.dtype() + " and " + other.dtype()
                    + "; cast one of them");
        }
        if (!(relative >= 0) || !(absolute >= 0)) {
            throw new InvalidArgumentException("[" + name + "] expected tolerances >= 0, got " + relative + " and " + absolute
                    + "; give the sizes of the differences");
        }
        Tensor a = Primitives.detached(self);
        Tensor b = Primitives.onDeviceOf(name, a, Primitives.detached(other));
        Tensor close = a.eq(b);
        if (equalNan && a.dtype().isFloatingPoint()) {
            close = close.logicalOr(a.isNan().logicalAnd(b.isNan()));
        }
        if (relative == 0 && absolute == 0) {
            return close;
        }
        Tensor near = Promotion.wide(Promotion.floating(b));
        Tensor difference = Promotion.wide(a).sub(near).abs();
        Tensor allowed = near.mul(relative).abs().add(absolute);
        return close.logicalOr(difference.isFinite().logicalAnd(difference.le(allowed)));
    }

    /** Returns where the value is one of the infinities. */
    public static Tensor infinite(Tensor self, double infinity) {
        Tensor x = Primitives.detached(self);
        if (!x.dtype().isFloatingPoint()) {
            return x.ne(x);
        }
        return x.eq(Primitives.scalarLike(x, infinity, x.dtype()));
    }

    /** See {@link dev.ashlar.ComparisonOps#nanToNum(double, Double, Double)}. */
    public static Tensor nanToNum(Tensor x, double nan, @Nullable Double positive, @Nullable Double negative) {
        DType type = x.dtype();
        if (!type.isFloatingPoint()) {
            return x;
        }
        double largest = switch (type) {
            case FLOAT64 -> Double.MAX_VALUE;
            case FLOAT32 -> Float.MAX_VALUE;
            case FLOAT16 -> 65504;
            default -> 0x1.FEp127;
        };
        Tensor d = Primitives.detached(x);
        Tensor whenNan = Primitives.scalarLike(x, nan, type);
        Tensor whenPositive = Primitives.scalarLike(x, positive == null ? largest : positive, type);
        Tensor whenNegative = Primitives.scalarLike(x, negative == null ? -largest : negative, type);
        Tensor finite = Primitives.select("nanToNum", infinite(d, Double.POSITIVE_INFINITY), whenPositive,
                Primitives.select("nanToNum", infinite(d, Double.NEGATIVE_INFINITY), whenNegative, d));
        Tensor y = Primitives.select("nanToNum", d.isNan(), whenNan, finite);
        return Tape.record("nanToNum", y, Tape.of(x), Tape.of(x), (g, s) -> Functions.masked(s[0].isFinite(), g));
    }
}
