// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import static dev.ashlar.internal.tensor.Tape.of;

import dev.ashlar.Tensor;
import dev.ashlar.type.DType;
import dev.ashlar.type.DTypeMismatchException;
import dev.ashlar.type.InvalidArgumentException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Elementwise operations with three operands. Those of several steps compute 16-bit values in float32 and round once. */
public final class Blending {
    private Blending() {}

    // ---- limits -----------------------------------------------------------------------------------------------------------------

    /** See {@link dev.ashlar.ElementwiseOps#clamp(Tensor, Tensor)}. */
    public static Tensor clamp(Tensor self, @Nullable Tensor min, @Nullable Tensor max) {
        if (min == null && max == null) {
            throw new InvalidArgumentException("[clamp] expected a lower or an upper limit, got neither; give at least one");
        }
        List<Tensor> operands = new ArrayList<>(List.of(self));
        if (min != null) {
            operands.add(Primitives.onDeviceOf("clamp", self, min));
        }
        if (max != null) {
            operands.add(Primitives.onDeviceOf("clamp", self, max));
        }
        DType type = Promotion.of(operands.toArray(Tensor[]::new));
        operands.replaceAll(operand -> operand.to(type));
        Tensor[] all = operands.toArray(Tensor[]::new);
        int low = min == null ? -1 : 1;
        int high = max == null ? -1 : all.length - 1;
        Tensor y = all[0];
        if (low > 0) {
            y = Primitives.binary("clamp", dev.ashlar.spi.ScalarOp.MAX, y, all[low]);
        }
        if (high > 0) {
            y = Primitives.binary("clamp", dev.ashlar.spi.ScalarOp.MIN, y, all[high]);
        }
        Tape.Rule[] rules = new Tape.Rule[all.length];
        rules[0] = (g, s) -> masked(inside(s, low, high), g, s[0]);
        if (low > 0) {
            rules[low] = (g, s) -> masked(high < 0 ? s[0].lt(s[low]) : s[0].lt(s[low]).logicalAnd(s[low].lt(s[high])), g, s[low]);
        }
        if (high > 0) {
            rules[high] = (g, s) -> masked(low < 0 ? s[0].gt(s[high]) : s[0].gt(s[high]).logicalOr(s[high].lt(s[low])), g, s[high]);
        }
        return Tape.record("clamp", y, all, all, rules);
    }

    private static Tensor inside(Tensor[] saved, int low, int high) {
        if (low < 0) {
            return saved[0].le(saved[high]);
        }
        Tensor above = saved[0].ge(saved[low]);
        return high < 0 ? above : above.logicalAnd(saved[0].le(saved[high]));
    }

    private static Tensor masked(Tensor condition, Tensor gradient, Tensor operand) {
        return Tape.sumTo(condition.where(gradient, Primitives.scalarLike(gradient, 0, gradient.dtype())), operand.shape());
    }

    // ---- sums of products -------------------------------------------------------------------------------------------------------

    /** See {@link dev.ashlar.ElementwiseOps#addcmul(Tensor, Tensor, double)}; {@code value} null is 1. */
    public static Tensor addcmul(Tensor self, Tensor first, Tensor second, @Nullable Number value) {
        Tensor[] all = together("addcmul", self, first, second);
        DType type = all[0].dtype();
        if (type == DType.BOOL) {
            throw new DTypeMismatchException("[addcmul] expected numbers, got bool; cast, for example with to(DType.INT64)");
        }
        Tensor[] wide = wide(all);
        Tensor scaled = value == null ? wide[1] : wide[1].mul(number(wide[1], value));
        return wide[0].add(scaled.mul(wide[2])).to(type);
    }

    /** See {@link dev.ashlar.ElementwiseOps#addcdiv(Tensor, Tensor, double)}; {@code value} null is 1. */
    public static Tensor addcdiv(Tensor self, Tensor first, Tensor second, @Nullable Number value) {
        if (!first.dtype().isFloatingPoint() && !second.dtype().isFloatingPoint()) {
            throw new DTypeMismatchException("[addcdiv] expected a floating-point dividend or divisor, got " + first.dtype() + " and "
                    + second.dtype() + "; cast one, for example with to(DType.FLOAT32)");
        }
        Tensor[] all = together("addcdiv", self, first, second);
        Tensor[] wide = wide(all);
        Tensor scaled = value == null ? wide[1] : wide[1].mul(number(wide[1], value));
        return wide[0].add(scaled.div(wide[2])).to(all[0].dtype());
    }

    private static Tensor number(Tensor like, Number value) {
        return value instanceof Long whole
                ? Primitives.scalarOf(like, whole, like.dtype())
                : Primitives.scalarLike(like, value.doubleValue(), like.dtype());
    }

    // ---- interpolation ----------------------------------------------------------------------------------------------------------

    /** See {@link dev.ashlar.ElementwiseOps#lerp(Tensor, double)}. */
    public static Tensor lerp(Tensor self, Tensor end, double weight) {
        Tensor[] wide = wide(together("lerp", self, end));
        Tensor number = Primitives.scalarLike(wide[0], weight, wide[0].dtype());
        Tensor y = between(wide[0], wide[1], number, weight < 0.5);
        return lerp(y, wide[0], wide[1], number).to(Promotion.of(self, end));
    }

    /** See {@link dev.ashlar.ElementwiseOps#lerp(Tensor, Tensor)}. */
    public static Tensor lerp(Tensor self, Tensor end, Tensor weight) {
        Tensor[] all = together("lerp", self, end, weight);
        Tensor[] wide = wide(all);
        Tensor near = between(wide[0], wide[1], wide[2], true);
        Tensor far = between(wide[0], wide[1], wide[2], false);
        Tensor y = Primitives.select("lerp", Primitives.detached(wide[2]).lt(0.5), near, far);
        return lerp(y, wide[0], wide[1], wide[2]).to(all[0].dtype());
    }

    /** Starts from the end that is nearer, so that weights of 0 and 1 give the ends exactly. */
    private static Tensor between(Tensor self, Tensor end, Tensor weight, boolean fromSelf) {
        Tensor a = Primitives.detached(self);
        Tensor b = Primitives.detached(end);
        Tensor w = Primitives.detached(weight);
        Tensor distance = b.sub(a);
        return fromSelf ? a.add(w.mul(distance)) : b.sub(distance.mul(Primitives.inner(w.rsub(1.0))));
    }

    private static Tensor lerp(Tensor y, Tensor self, Tensor end, Tensor weight) {
        return Tape.record(
                "lerp",
                y,
                of(self, end, weight),
                of(self, end, weight),
                (g, s) -> Tape.sumTo(g.mul(s[2].rsub(1.0)), self.shape()),
                (g, s) -> Tape.sumTo(g.mul(s[2]), end.shape()),
                (g, s) -> Tape.sumTo(g.mul(s[1].sub(s[0])), weight.shape()));
    }

    // ---- operands ---------------------------------------------------------------------------------------------------------------

    /** Returns the operands on the first one's device and in their common type. */
    private static Tensor[] together(String name, Tensor first, Tensor... others) {
        Tensor[] all = new Tensor[others.length + 1];
        all[0] = first;
        for (int i = 0; i < others.length; i++) {
            all[i + 1] = Primitives.onDeviceOf(name, first, others[i]);
        }
        DType type = Promotion.of(all);
        if (name.equals("lerp") && !type.isFloatingPoint()) {
            throw new DTypeMismatchException("[lerp] expected floating-point tensors, got " + type + "; cast, for example with"
                    + " to(DType.FLOAT32)");
        }
        for (int i = 0; i < all.length; i++) {
            all[i] = all[i].to(type);
        }
        return all;
    }

    private static Tensor[] wide(Tensor[] operands) {
        Tensor[] wide = new Tensor[operands.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = Promotion.wide(operands[i]);
        }
        return wide;
    }
}
