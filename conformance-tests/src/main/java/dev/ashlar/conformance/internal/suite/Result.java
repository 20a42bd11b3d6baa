// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.suite;

import dev.ashlar.Tensor;
import dev.ashlar.conformance.internal.ops.Values;
import dev.ashlar.conformance.internal.oracle.Numbers;
import dev.ashlar.conformance.internal.oracle.Scalar;
import dev.ashlar.type.DType;
import java.util.Arrays;

/**
 * What was read from a tensor.
 *
 * @param type of the elements
 * @param shape of the tensor
 * @param bytes as they are stored
 */
public record Result(DType type, int[] shape, byte[] bytes) {
    /** Reads a tensor; computes what is pending. */
    public static Result of(Tensor tensor) {
        int[] shape = Arrays.stream(tensor.shape().toArray()).mapToInt(Math::toIntExact).toArray();
        return new Result(tensor.dtype(), shape, tensor.toByteArray());
    }

    public double value(int element) {
        Scalar scalar = Numbers.decode(type, Numbers.bitsAt(type, bytes, (long) element * type.bytes()));
        return type.isFloatingPoint() ? scalar.x() : scalar.n();
    }

    /** Demands the expected shape. */
    public void expectShape(String where, Values expected) {
        if (!Arrays.equals(shape, expected.shape())) {
            throw new RuleFailure("[" + where + "] expected shape " + Arrays.toString(expected.shape()) + ", got "
                    + Arrays.toString(shape));
        }
    }

    /**
     * Demands the expected values.
     *
     * @param units how many half units in the last place of the larger of value and scale are allowed; 0 for the correctly rounded value
     * @param scale see units
     * @param inputs said in the message
     */
    public void expect(String where, Values expected, double units, double scale, String inputs) {
        expectShape(where, expected);
        double roundoff = type.isFloatingPoint() ? Math.scalb(1.0, -Numbers.precision(type)) : 0;
        for (int i = 0; i < expected.data().length; i++) {
            double wanted = expected.data()[i];
            double allowed = Double.isFinite(wanted) ? units * roundoff * Math.max(Math.abs(wanted), scale) : 0;
            expect(where, i, units == 0 ? inType(wanted) : wanted, allowed, inputs);
        }
    }

    /** Returns a value rounded or wrapped to the type. */
    private double inType(double value) {
        return type.isInteger() ? Numbers.wrap(type, (long) value) : Numbers.round(type, value);
    }

    /** Demands values within an absolute error. */
    public void expectWithin(String where, Values expected, double allowed, String inputs) {
        expectShape(where, expected);
        for (int i = 0; i < expected.data().length; i++) {
            expect(where, i, expected.data()[i], allowed, inputs);
        }
    }

    private void expect(String where, int element, double wanted, double allowed, String inputs) {
        double got = value(element);
        boolean same = got == wanted || Double.isNaN(got) && Double.isNaN(wanted);
        // An infinity far below the largest number is no rounding error, so differences are only taken of finite numbers.
        if (!same && !(Double.isFinite(wanted) && Math.abs(got - wanted) <= allowed + smallest())) {
            throw new RuleFailure("[" + where + "] expected " + wanted + " as " + type + (allowed > 0 ? " within " + allowed : "")
                    + " at element " + element + " of shape " + Arrays.toString(shape) + ", got " + got + " from " + inputs);
        }
    }

    /** Where the correct result is subnormal, zero is accepted; but half precision comes from float32, which has normal numbers there. */
    private double smallest() {
        return type == DType.FLOAT16 ? 0x1p-24 : type.isFloatingPoint() ? Numbers.smallestNormal(type) : 0;
    }

    /** Demands the same bits. */
    public void expectBits(String where, Result other, String what, String inputs) {
        int at = Arrays.mismatch(bytes, other.bytes);
        if (at >= 0 || !Arrays.equals(shape, other.shape) || type != other.type) {
            int element = Math.max(0, at) / type.bytes();
            throw new RuleFailure("[" + where + "] expected the same bits " + what + ", got "
                    + (at < 0 ? Arrays.toString(other.shape) + " of " + other.type : other.value(element) + " instead of " + value(element)
                            + " at element " + element + " of shape " + Arrays.toString(shape)) + " from " + inputs);
        }
    }
}
