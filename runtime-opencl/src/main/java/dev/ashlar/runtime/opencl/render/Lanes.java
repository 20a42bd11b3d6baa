// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.opencl.render;

import dev.ashlar.type.DType;

/**
 * How values are written down for one element at a time or for several at once. In registers float16 and bfloat16 are their bits in a
 * {@code ushort}; bool is an {@code int}: 0 and 1 for one element, 0 and -1 (a mask) for several.
 */
final class Lanes {
    static final Lanes ONE = new Lanes(1);

    private final int count;
    private final String suffix;

    private Lanes(int count) {
        this.count = count;
        this.suffix = count == 1 ? "" : Integer.toString(count);
    }

    static Lanes of(int count) {
        return count == 1 ? ONE : new Lanes(count);
    }

    int count() {
        return count;
    }

    /** Returns what vector types and functions end with. */
    String suffix() {
        return suffix;
    }

    boolean isVector() {
        return count > 1;
    }

    /** Returns the type of elements in memory. */
    static String storage(DType type) {
        return switch (type) {
            case FLOAT64 -> "double";
            case FLOAT32 -> "float";
            case FLOAT16, BFLOAT16 -> "ushort";
            case INT64 -> "long";
            case INT32 -> "int";
            case INT16 -> "short";
            case INT8 -> "char";
            case UINT8, BOOL -> "uchar";
        };
    }

    /** Returns the type that moves bits of a storage type around. */
    static String bits(DType type) {
        return switch (type.bytes()) {
            case 8 -> "long";
            case 4 -> "int";
            case 2 -> "short";
            default -> "char";
        };
    }

    /** Returns the type of one value in a register. */
    static String scalar(DType type) {
        return type == DType.BOOL ? "int" : storage(type);
    }

    /** Returns the type of values in a register. */
    String type(DType type) {
        return scalar(type) + suffix;
    }

    String splat(DType type, String value) {
        return isVector() ? "((" + type(type) + ")(" + value + "))" : "(" + value + ")";
    }

    /** Returns a load of adjacent elements. */
    String load(DType type, String pointer, String index) {
        if (!isVector()) {
            return one(type, pointer, index);
        }
        String loaded = "vload" + suffix + "(0, " + pointer + " + " + index + ")";
        return type == DType.BOOL ? "(convert_int" + suffix + "(" + loaded + ") != 0)" : loaded;
    }

    /** Returns a load of one element for all. */
    String loadSplat(DType type, String pointer, String index) {
        String value = one(type, pointer, index);
        return isVector() && type == DType.BOOL ? "((int" + suffix + ")(-" + value + "))" : splat(type, value);
    }

    private static String one(DType type, String pointer, String index) {
        String value = pointer + "[" + index + "]";
        return type == DType.BOOL ? "((int)(" + value + " != 0))" : value;
    }

    /** Returns a statement that stores adjacent elements. */
    String store(DType type, String value, String pointer, String index) {
        if (!isVector()) {
            return pointer + "[" + index + "] = " + (type == DType.BOOL ? "(uchar)" : "") + "(" + value + ");";
        }
        String stored = type == DType.BOOL ? "convert_uchar" + suffix + "(" + value + " & 1)" : value;
        return "vstore" + suffix + "(" + stored + ", 0, " + pointer + " + " + index + ");";
    }

    /** Returns the mask of a comparison of values with {@code bytes} bytes, as a bool. */
    String asBool(int bytes, String comparison) {
        return isVector() && bytes != 4 ? "convert_int" + suffix + "(" + comparison + ")" : "(" + comparison + ")";
    }

    /** Returns a bool as the condition of a selection between values with {@code bytes} bytes. */
    String asCondition(int bytes, String bool) {
        if (!isVector() || bytes == 4) {
            return bool;
        }
        String type = bytes == 8 ? "long" : bytes == 2 ? "short" : "char";
        return "convert_" + type + suffix + "(" + bool + ")";
    }

    /** Returns a bool as 0 or 1 in an int. */
    String asZeroOne(String bool) {
        return isVector() ? "(-" + bool + ")" : bool;
    }

    /** Returns the coordinates along an axis whose first is given, as int64. */
    String coordinates(String first) {
        if (!isVector()) {
            return "((long)(" + first + "))";
        }
        StringBuilder steps = new StringBuilder();
        for (int i = 0; i < count; i++) {
            steps.append(i == 0 ? "" : ", ").append(i);
        }
        return "((long" + suffix + ")((long)(" + first + ")) + (long" + suffix + ")(" + steps + "))";
    }
}
