// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.minimal;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import dev.ashlar.type.DType;
import java.lang.foreign.MemorySegment;

/** Step 6: the ten storage types, between memory and the encoding that {@link Interpreter} computes with. */
final class Elements {
    private Elements() {}

    static long load(DType type, MemorySegment memory, long element) {
        long at = element * type.bytes();
        return fromBits(type, switch (type.bytes()) {
            case 1 -> memory.get(JAVA_BYTE, at);
            case 2 -> memory.get(JAVA_SHORT_UNALIGNED, at);
            case 4 -> memory.get(JAVA_INT_UNALIGNED, at);
            default -> memory.get(JAVA_LONG_UNALIGNED, at);
        });
    }

    static void store(DType type, MemorySegment memory, long element, long value) {
        long at = element * type.bytes();
        long bits = toBits(type, value);
        switch (type.bytes()) {
            case 1 -> memory.set(JAVA_BYTE, at, (byte) bits);
            case 2 -> memory.set(JAVA_SHORT_UNALIGNED, at, (short) bits);
            case 4 -> memory.set(JAVA_INT_UNALIGNED, at, (int) bits);
            default -> memory.set(JAVA_LONG_UNALIGNED, at, bits);
        }
    }

    /** Returns the value that a bit pattern stands for; only as many low bits count as the type has. */
    static long fromBits(DType type, long bits) {
        return switch (type) {
            case FLOAT64, INT64 -> bits;
            case FLOAT32 -> Double.doubleToRawLongBits(Float.intBitsToFloat((int) bits));
            case FLOAT16 -> Double.doubleToRawLongBits(Float.float16ToFloat((short) bits));
            case BFLOAT16 -> Double.doubleToRawLongBits(Float.intBitsToFloat((int) bits << 16));
            case INT32 -> (int) bits;
            case INT16 -> (short) bits;
            case INT8 -> (byte) bits;
            case UINT8, BOOL -> bits & 0xFF;
        };
    }

    /** Returns the bit pattern of a value that the type can represent. */
    static long toBits(DType type, long value) {
        return switch (type) {
            case FLOAT32 -> Float.floatToRawIntBits((float) Double.longBitsToDouble(value));
            case FLOAT16 -> Float.floatToFloat16((float) Double.longBitsToDouble(value));
            case BFLOAT16 -> {
                float f = (float) Double.longBitsToDouble(value);
                // Cutting a NaN's payload off could leave the bits of an infinity.
                yield Float.isNaN(f) ? 0x7FC0 : Float.floatToRawIntBits(f) >>> 16;
            }
            default -> value;
        };
    }
}
