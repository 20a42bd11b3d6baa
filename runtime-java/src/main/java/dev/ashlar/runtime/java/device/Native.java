// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.java.device;

import dev.ashlar.type.DType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The process's memory as one segment, addressed absolutely. It has no lifetime and no useful bounds, so the JIT drops both checks;
 * in exchange {@link Operands} checks every binding of a launch before a kernel touches it.
 */
public final class Native {
    @SuppressWarnings("restricted")
    public static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);
    public static final ValueLayout.OfByte I8 = ValueLayout.JAVA_BYTE;
    public static final ValueLayout.OfShort I16 = ValueLayout.JAVA_SHORT_UNALIGNED;
    public static final ValueLayout.OfInt I32 = ValueLayout.JAVA_INT_UNALIGNED;
    public static final ValueLayout.OfLong I64 = ValueLayout.JAVA_LONG_UNALIGNED;
    public static final ValueLayout.OfFloat F32 = ValueLayout.JAVA_FLOAT_UNALIGNED;
    public static final ValueLayout.OfDouble F64 = ValueLayout.JAVA_DOUBLE_UNALIGNED;

    private Native() {}

    /** Returns the element at an address: raw bits of a floating type (sign-extended), else the value. */
    public static long load(DType type, long address) {
        return switch (type) {
            case FLOAT64, INT64 -> ALL.get(I64, address);
            case FLOAT32, INT32 -> ALL.get(I32, address);
            case FLOAT16, BFLOAT16, INT16 -> ALL.get(I16, address);
            case INT8, BOOL -> ALL.get(I8, address);
            case UINT8 -> ALL.get(I8, address) & 0xFF;
        };
    }

    /** Stores what {@link #load} returns; only the low bits of the type's width count. */
    public static void store(DType type, long address, long bits) {
        switch (type.bytes()) {
            case 8 -> ALL.set(I64, address, bits);
            case 4 -> ALL.set(I32, address, (int) bits);
            case 2 -> ALL.set(I16, address, (short) bits);
            default -> ALL.set(I8, address, (byte) bits);
        }
    }
}
