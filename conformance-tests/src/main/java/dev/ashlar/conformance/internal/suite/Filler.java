// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.suite;

import dev.ashlar.conformance.internal.oracle.Numbers;
import dev.ashlar.conformance.internal.oracle.Scalar;
import dev.ashlar.type.DType;
import java.util.Random;

/** Fills an area. */
@FunctionalInterface
public interface Filler {
    /** Returns the value of one element; it is rounded to the type. */
    Scalar next(DType type, int element, Random random);

    /** What an output holds before the launch: a pattern that no kernel writes by chance; valid for bool too. */
    Filler UNTOUCHED = (type, element, random) -> switch (type) {
        case BOOL -> Scalar.whole(element & 1);
        case FLOAT64, FLOAT32, FLOAT16, BFLOAT16 -> Scalar.exact(-771 - element % 7);
        default -> Scalar.whole(0x5A ^ element % 5);
    };

    /** Ordinary values of both signs; sums, products and quotients of a few stay far from overflow and underflow. */
    Filler ORDINARY = (type, element, random) -> switch (type) {
        case BOOL -> Scalar.whole(random.nextInt(2));
        case UINT8 -> Scalar.whole(random.nextInt(256));
        case FLOAT64, FLOAT32, FLOAT16, BFLOAT16 -> Scalar.exact(4 * random.nextDouble() - 2);
        default -> Scalar.whole(random.nextInt(201) - 100);
    };

    /** Small whole numbers in every type, so that sums and products of many are exact in float32. */
    Filler SMALL_WHOLE = (type, element, random) -> {
        int value = type == DType.BOOL ? random.nextInt(2) : type == DType.UINT8 ? random.nextInt(9) : random.nextInt(9) - 4;
        return type.isFloatingPoint() ? Scalar.exact(value) : Scalar.whole(value);
    };

    /** Any bits of an integer type; floating types over their middle range of exponents. */
    Filler ANY = (type, element, random) -> type.isFloatingPoint()
            ? Scalar.exact((random.nextBoolean() ? 1 : -1) * Math.scalb(1 + random.nextDouble(), random.nextInt(24) - 12))
            : Scalar.whole(type == DType.BOOL ? random.nextInt(2) : Numbers.wrap(type, random.nextLong()));

    /** Repeats the given numbers. */
    static Filler of(double... values) {
        return (type, element, random) -> {
            double value = values[element % values.length];
            return type.isFloatingPoint() ? Scalar.exact(value) : type == DType.BOOL ? Scalar.bool(value != 0) : Scalar.whole((long) value);
        };
    }

    /** Repeats the given whole numbers. */
    static Filler ofWhole(long... values) {
        return (type, element, random) -> {
            long value = values[element % values.length];
            return type.isFloatingPoint() ? Scalar.exact(value) : type == DType.BOOL ? Scalar.bool(value != 0) : Scalar.whole(value);
        };
    }

    /** Whole numbers in [0, extent). */
    static Filler indices(int extent) {
        return (type, element, random) -> Scalar.whole(random.nextInt(extent));
    }

    /** Floating numbers in [from, to). */
    static Filler between(double from, double to) {
        return (type, element, random) -> Scalar.exact(from + (to - from) * random.nextDouble());
    }

    /** Fills an array of so many elements. */
    default byte[] fill(DType type, long elements, Random random) {
        byte[] data = new byte[Math.toIntExact(elements * type.bytes())];
        for (int i = 0; i < elements; i++) {
            Numbers.put(type, data, (long) i * type.bytes(), next(type, i, random));
        }
        return data;
    }
}
