// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.type;

import java.util.Arrays;
import java.util.Locale;

/**
 * The type of a tensor's elements. Promotion of two types follows
 * <a href="https://docs.pytorch.org/docs/stable/tensor_attributes.html#torch-dtype">PyTorch's table</a>.
 */
public enum DType {
    FLOAT64(8, Kind.FLOATING),
    FLOAT32(4, Kind.FLOATING),
    /** IEEE 754 binary16. */
    FLOAT16(2, Kind.FLOATING),
    /** The upper half of a float32. */
    BFLOAT16(2, Kind.FLOATING),
    INT64(8, Kind.INTEGER),
    INT32(4, Kind.INTEGER),
    INT16(2, Kind.INTEGER),
    INT8(1, Kind.INTEGER),
    UINT8(1, Kind.INTEGER),
    /** One byte: 0 is false, 1 is true; no other value is ever stored. */
    BOOL(1, Kind.BOOLEAN);

    private enum Kind {
        BOOLEAN,
        INTEGER,
        FLOATING
    }

    private final int bytes;
    private final Kind kind;

    DType(int bytes, Kind kind) {
        this.bytes = bytes;
        this.kind = kind;
    }

    /** Returns the size of one element in bytes. */
    public int bytes() {
        return bytes;
    }

    public boolean isFloatingPoint() {
        return kind == Kind.FLOATING;
    }

    /** Returns whether this is a signed or unsigned integer type; {@link #BOOL} is none. */
    public boolean isInteger() {
        return kind == Kind.INTEGER;
    }

    /**
     * Returns the type that arithmetic on this one happens in, before the result is rounded or wrapped back: float32 for the 16-bit
     * floating types, int32 for the integers below it, else this type.
     */
    public DType arithmetic() {
        return switch (this) {
            case FLOAT16, BFLOAT16 -> FLOAT32;
            case INT16, INT8, UINT8 -> INT32;
            default -> this;
        };
    }

    /** Returns the name in lower case as users write it, for example {@code float32}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the type named by {@link #label()}.
     *
     * @throws InvalidArgumentException if there is no such type
     */
    public static DType of(String label) {
        for (DType type : values()) {
            if (type.label().equals(label)) {
                return type;
            }
        }
        throw new InvalidArgumentException("[dtype] expected one of "
                + Arrays.stream(values()).map(DType::label).toList() + ", got '" + label + "'; use a name from the list");
    }

    /** Returns the type in which an operation on operands of both types is computed, both being tensors of one or more dimensions. */
    public static DType promote(DType a, DType b) {
        if (a == b) {
            return a;
        }
        if (a.kind != b.kind) {
            return a.kind.compareTo(b.kind) > 0 ? a : b;
        }
        if (a.kind == Kind.FLOATING) {
            // float16 and bfloat16 have no common type among themselves but float32.
            return a.bytes == b.bytes ? FLOAT32 : a.bytes > b.bytes ? a : b;
        }
        if (a == UINT8 || b == UINT8) {
            DType other = a == UINT8 ? b : a;
            return other == INT8 ? INT16 : other;
        }
        return a.bytes > b.bytes ? a : b;
    }

    /** Returns whether a value of {@code other} belongs to a higher category (bool, then integer, then floating point) than this type. */
    public boolean isLowerCategoryThan(DType other) {
        return kind.compareTo(other.kind) < 0;
    }

    @Override
    public String toString() {
        return label();
    }
}
