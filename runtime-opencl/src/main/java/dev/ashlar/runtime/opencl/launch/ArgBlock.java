// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.opencl.launch;

import dev.ashlar.runtime.opencl.render.ArgLayout;
import dev.ashlar.runtime.opencl.render.Literals;
import dev.ashlar.type.DType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.jocl.Pointer;

/** The struct of numbers in native memory, as the kernel reads it. Knows whether it has changed since the last launch. */
final class ArgBlock {
    private final ByteBuffer bytes;
    private final Pointer pointer;
    private final ArgLayout.Field[] fields;
    private final int[] places;
    private final boolean wide;
    private int version;

    ArgBlock(ArgLayout layout, boolean wide) {
        this.wide = wide;
        List<ArgLayout.Field> ordered = layout.ordered(wide);
        this.fields = ordered.toArray(ArgLayout.Field[]::new);
        this.places = new int[fields.length];
        int at = 0;
        for (int i = 0; i < fields.length; i++) {
            places[i] = at;
            at += fields[i].bytes(wide);
        }
        this.bytes = ByteBuffer.allocateDirect(Math.max(8, layout.bytes(wide))).order(ByteOrder.nativeOrder());
        this.pointer = Pointer.to(bytes);
    }

    int size() {
        return bytes.capacity();
    }

    Pointer pointer() {
        return pointer;
    }

    /** Returns a number that is another one whenever the contents are. */
    int version() {
        return version;
    }

    /** Writes the numbers of a launch. */
    void fill(Geometry[] members, long[] extras) {
        boolean changed = version == 0;
        for (int i = 0; i < fields.length; i++) {
            ArgLayout.Field field = fields[i];
            long value = value(field, members[field.member()], extras);
            int at = places[i];
            if (field.bytes(wide) == 8) {
                if (bytes.getLong(at) != value) {
                    bytes.putLong(at, value);
                    changed = true;
                }
            } else if (bytes.getInt(at) != (int) value) {
                bytes.putInt(at, (int) value);
                changed = true;
            }
        }
        if (changed) {
            version++;
        }
    }

    private static long value(ArgLayout.Field field, Geometry member, long[] extras) {
        return switch (field.kind()) {
            case SIZE -> member.sizes[field.a()];
            case STRIDE -> member.strides[field.a()][field.b()];
            case OFFSET -> member.offsets[field.a()];
            case MULTIPLIER -> multiplier(member.sizes[field.a()]);
            case SHIFT -> shift(member.sizes[field.a()]);
            case PARAM -> param(field.type(), member.params[field.a()]);
            case EXTRA -> extras[field.a()];
            case EXTENT -> member.extent;
            case SITE -> member.site;
        };
    }

    private static long param(DType type, long bits) {
        return Literals.encode(type, bits);
    }

    /** Returns the shift of the division by a constant: for q below 2^31, q / d is (high(q * m) + q) >> shift. */
    static int shift(long divisor) {
        return divisor <= 1 ? 0 : 64 - Long.numberOfLeadingZeros(divisor - 1);
    }

    /** Returns the multiplier m that belongs to {@link #shift}. */
    static int multiplier(long divisor) {
        if (divisor <= 1 || divisor > Integer.MAX_VALUE) {
            return divisor <= 1 ? 1 : 0;
        }
        long power = 1L << shift(divisor);
        return (int) (((power - divisor) << 32) / divisor + 1);
    }
}
