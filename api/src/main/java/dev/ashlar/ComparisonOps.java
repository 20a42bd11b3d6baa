// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

import static dev.ashlar.internal.tensor.Tape.of;

import dev.ashlar.internal.tensor.Choosing;
import dev.ashlar.internal.tensor.Functions;
import dev.ashlar.internal.tensor.Primitives;
import dev.ashlar.internal.tensor.Promotion;
import dev.ashlar.internal.tensor.Tape;
import dev.ashlar.spi.ScalarOp;
import dev.ashlar.type.DType;
import dev.ashlar.type.DTypeMismatchException;
import org.jspecify.annotations.Nullable;

/** Comparisons, logic and choice. Comparisons give bool, and false where an operand is NaN (ne: true); operands broadcast. */
public sealed interface ComparisonOps permits Tensor {
    private Tensor self() {
        return (Tensor) this;
    }

    private Tensor number(double value) {
        DType type = self().dtype();
        boolean whole = value == Math.rint(value) && Math.abs(value) < 1L << 53;
        return Primitives.scalarLike(self(), value, whole && type != DType.BOOL ? type : Promotion.withDouble(type));
    }

    private Tensor compare(String name, ScalarOp op, Tensor other, boolean swapped) {
        Tensor b0 = Primitives.onDeviceOf(name, self(), other);
        DType type = Promotion.of(self(), b0);
        Tensor a = Primitives.detached(self()).to(type);
        Tensor b = Primitives.detached(b0).to(type);
        return swapped ? Primitives.binary(name, op, b, a) : Primitives.binary(name, op, a, b);
    }

    /** Returns this &lt; other. */
    default Tensor lt(Tensor other) {
        return compare("lt", ScalarOp.LT, other, false);
    }

    /** Returns this &lt; number. */
    default Tensor lt(double number) {
        return lt(number(number));
    }

    /** Returns this &lt; number. */
    default Tensor lt(long number) {
        return lt(Functions.number(self(), number));
    }

    /** Returns this &gt; other. */
    default Tensor gt(Tensor other) {
        return compare("gt", ScalarOp.LT, other, true);
    }

    /** Returns this &gt; number. */
    default Tensor gt(double number) {
        return gt(number(number));
    }

    /** Returns this &gt; number. */
    default Tensor gt(long number) {
        return gt(Functions.number(self(), number));
    }

    /** Returns this == other; 0.0 equals -0.0. */
    default Tensor eq(Tensor other) {
        return compare("eq", ScalarOp.EQ, other, false);
    }

    /** Returns this == number. */
    default Tensor eq(double number) {
        return eq(number(number));
    }

    /** Returns this == number. */
    default Tensor eq(long number) {
        return eq(Functions.number(self(), number));
    }

    /** Returns this != other. */
    default Tensor ne(Tensor other) {
        return eq(other).logicalNot();
    }

    /** Returns this != number. */
    default Tensor ne(double number) {
        return ne(number(number));
    }

    /** Returns this != number. */
    default Tensor ne(long number) {
        return ne(Functions.number(self(), number));
    }

    /** Returns this &lt;= other. */
    default Tensor le(Tensor other) {
        return lt(other).logicalOr(eq(other));
    }

    /** Returns this &lt;= number. */
    default Tensor le(double number) {
        return le(number(number));
    }

    /** Returns this &lt;= number. */
    default Tensor le(long number) {
        return le(Functions.number(self(), number));
    }

    /** Returns this &gt;= other. */
    default Tensor ge(Tensor other) {
        return gt(other).logicalOr(eq(other));
    }

    /** Returns this &gt;= number. */
    default Tensor ge(double number) {
        return ge(number(number));
    }

    /** Returns this &gt;= number. */
    default Tensor ge(long number) {
        return ge(Functions.number(self(), number));
    }

    // ---- logic ------------------------------------------------------------------------------------------------------------------

    /** Returns whether both are different from 0. */
    default Tensor logicalAnd(Tensor other) {
        return logic("logicalAnd", ScalarOp.AND, other);
    }

    /** Returns whether one is different from 0. */
    default Tensor logicalOr(Tensor other) {
        return logic("logicalOr", ScalarOp.OR, other);
    }

    /** Returns whether exactly one is different from 0. */
    default Tensor logicalXor(Tensor other) {
        return logic("logicalXor", ScalarOp.XOR, other);
    }

    private Tensor logic(String name, ScalarOp op, Tensor other) {
        Tensor b = Primitives.onDeviceOf(name, self(), other);
        return Primitives.binary(name, op, Primitives.detached(self()).to(DType.BOOL), Primitives.detached(b).to(DType.BOOL));
    }

    /** Returns whether the value is 0. */
    default Tensor logicalNot() {
        Tensor x = Primitives.detached(self()).to(DType.BOOL);
        return Primitives.binary("logicalNot", ScalarOp.XOR, x, Primitives.scalarOf(x, 1, DType.BOOL));
    }

    // ---- what a number is -------------------------------------------------------------------------------------------------------

    /** Returns where the value is NaN. */
    default Tensor isNan() {
        Tensor x = Primitives.detached(self());
        return x.eq(x).logicalNot();
    }

    /** Returns where the value is neither NaN nor infinite. */
    default Tensor isFinite() {
        Tensor x = Primitives.detached(self());
        if (!x.dtype().isFloatingPoint()) {
            return x.eq(x);
        }
        return x.sub(x).eq(0.0);
    }

    /** Returns where the value is infinite. */
    default Tensor isInf() {
        return isFinite().logicalOr(isNan()).logicalNot();
    }

    /** Returns where the value is infinity. */
    default Tensor isPosInf() {
        return Choosing.infinite(self(), Double.POSITIVE_INFINITY);
    }

    /** Returns where the value is -infinity. */
    default Tensor isNegInf() {
        return Choosing.infinite(self(), Double.NEGATIVE_INFINITY);
    }

    /** Returns {@link #isclose(Tensor, double, double, boolean)} with tolerances of 1e-5 and 1e-8, NaN not being close to NaN. */
    default Tensor isclose(Tensor other) {
        return isclose(other, 1e-5, 1e-8, false);
    }

    /**
     * Returns where {@code |this - other| <= absolute + relative * |other|}; equal infinities are close. The two broadcast and have one
     * type; integers are compared in float32.
     *
     * @param relative &gt;= 0
     * @param absolute &gt;= 0
     * @param equalNan whether NaN is close to NaN
     * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.isclose.html">torch.isclose</a>
     */
    default Tensor isclose(Tensor other, double relative, double absolute, boolean equalNan) {
        return Choosing.close("isclose", self(), other, relative, absolute, equalNan);
    }

    /** Returns this with NaN replaced by 0 and infinities by the largest numbers of the type. */
    default Tensor nanToNum() {
        return nanToNum(0, null, null);
    }

    /** Returns this with NaN replaced by a number and infinities by the largest numbers of the type. */
    default Tensor nanToNum(double nan) {
        return nanToNum(nan, null, null);
    }

    /**
     * Returns this with NaN and infinities replaced by numbers; of integers and bool itself. The gradient is 0 where replaced.
     *
     * @param positive instead of infinity; null for the largest number of the type
     * @param negative instead of -infinity; null for the smallest number of the type
     */
    default Tensor nanToNum(double nan, @Nullable Double positive, @Nullable Double negative) {
        return Choosing.nanToNum(self(), nan, positive, negative);
    }

    // ---- choice -----------------------------------------------------------------------------------------------------------------

    /**
     * Reads this tensor as a condition: returns {@code yes} where it is true, else {@code no}. What is not taken has no influence, not
     * even as NaN, and gets no gradient.
     */
    default Tensor where(Tensor yes, Tensor no) {
        if (self().dtype() != DType.BOOL) {
            throw new DTypeMismatchException("[where] expected a condition of bool, got " + self().dtype() + "; compare it, for example"
                    + " with ne(0)");
        }
        Tensor a0 = Primitives.onDeviceOf("where", self(), yes);
        Tensor b0 = Primitives.onDeviceOf("where", self(), no);
        DType type = Promotion.of(a0, b0);
        Tensor a = a0.to(type);
        Tensor b = b0.to(type);
        Tensor y = Primitives.select("where", self(), a, b);
        return Tape.record(
                "where",
                y,
                of(a, b),
                of(self()),
                (g, s) -> Tape.sumTo(s[0].where(g, Primitives.scalarLike(g, 0, type)), a.shape()),
                (g, s) -> Tape.sumTo(s[0].where(Primitives.scalarLike(g, 0, type), g), b.shape()));
    }

    /** Returns {@code yes} where this is true, else a number; where {@code yes} is of integers the result is float32. */
    default Tensor where(Tensor yes, double no) {
        return where(yes, Primitives.scalarLike(yes, no, Promotion.withDouble(yes.dtype())));
    }

    /** Returns {@code yes} where this is true, else a whole number. */
    default Tensor where(Tensor yes, long no) {
        return where(yes, Primitives.scalarOf(yes, no, Promotion.withLong(yes.dtype())));
    }

    /** Returns a number where this is true, else {@code no}; where {@code no} is of integers the result is float32. */
    default Tensor where(double yes, Tensor no) {
        return where(Primitives.scalarLike(no, yes, Promotion.withDouble(no.dtype())), no);
    }

    /** Returns a whole number where this is true, else {@code no}. */
    default Tensor where(long yes, Tensor no) {
        return where(Primitives.scalarOf(no, yes, Promotion.withLong(no.dtype())), no);
    }

    /** Returns one of two numbers, in float32. */
    default Tensor where(double yes, double no) {
        return where(Primitives.scalarLike(self(), yes, DType.FLOAT32), Primitives.scalarLike(self(), no, DType.FLOAT32));
    }

    /** Returns one of two whole numbers, in int64. */
    default Tensor where(long yes, long no) {
        return where(Primitives.scalarOf(self(), yes, DType.INT64), Primitives.scalarOf(self(), no, DType.INT64));
    }

    /** Returns this tensor with {@code value}, cast to its type, where the mask is true; the two broadcast. */
    default Tensor maskedFill(Tensor mask, double value) {
        return Choosing.maskedFill(self(), mask, Primitives.scalarLike(self(), value, self().dtype()));
    }

    /** Returns this tensor with {@code value} where the mask is true; the two broadcast. */
    default Tensor maskedFill(Tensor mask, long value) {
        return Choosing.maskedFill(self(), mask, Primitives.scalarOf(self(), value, self().dtype()));
    }

    /**
     * Returns this tensor with {@code value}, cast to its type, where the mask is true; the two broadcast. The value's gradient is the
     * sum over the mask.
     *
     * @param mask of bool
     * @param value zero-dimensional
     * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.Tensor.masked_fill.html">torch.Tensor.masked_fill</a>
     */
    default Tensor maskedFill(Tensor mask, Tensor value) {
        return Choosing.maskedFill(self(), mask, value);
    }

    // ---- whole tensors ----------------------------------------------------------------------------------------------------------

    /** Returns whether both have one shape and equal elements; NaN equals nothing. Waits for the device. */
    default boolean equal(Tensor other) {
        return Choosing.equal(self(), other);
    }

    /** Returns {@link #allclose(Tensor, double, double, boolean)} with tolerances of 1e-5 and 1e-8, NaN not being close to NaN. */
    default boolean allclose(Tensor other) {
        return allclose(other, 1e-5, 1e-8, false);
    }

    default boolean allclose(Tensor other, double relative, double absolute) {
        return allclose(other, relative, absolute, false);
    }

    /**
     * Returns whether {@code |this - other| <= absolute + relative * |other|} at every element; equal infinities are close. The two
     * broadcast and have one type. Waits for the device.
     *
     * @param equalNan whether NaN is close to NaN
     * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.allclose.html">torch.allclose</a>
     */
    default boolean allclose(Tensor other, double relative, double absolute, boolean equalNan) {
        return Choosing.allclose(self(), other, relative, absolute, equalNan);
    }
}
