// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.opencl.render;

import dev.ashlar.type.DType;
import dev.ashlar.type.UnsupportedKernelException;
import java.util.Set;

/** Conversions between element types with the contract's semantics. */
final class Casts {
    private final Lanes lanes;
    private final Set<String> helpers;

    Casts(Lanes lanes, Set<String> helpers) {
        this.lanes = lanes;
        this.helpers = helpers;
    }

    /** Returns the value {@code x} of one type in another type. */
    String cast(DType from, DType to, String x) {
        if (from == to) {
            return x;
        }
        if (to == DType.BOOL) {
            return toBool(from, x);
        }
        if (from == DType.BOOL) {
            return fromBool(to, x);
        }
        if (from == DType.FLOAT16 || from == DType.BFLOAT16) {
            return cast(DType.FLOAT32, to, call(from == DType.FLOAT16 ? "h2f" : "b2f", x));
        }
        if (to == DType.FLOAT16 || to == DType.BFLOAT16) {
            return call(to == DType.FLOAT16 ? "f2h" : "f2b", toShortFloat(from, to, x));
        }
        if (from.isFloatingPoint() && to.isInteger()) {
            return floatToInteger(from, to, x);
        }
        return convert(to, x);
    }

    /** Returns a float32 that rounds to the short type as the value itself would. */
    private String toShortFloat(DType from, DType to, String x) {
        if (from == DType.FLOAT64) {
            return call("d2f_odd", x);
        }
        // Integers that a float cannot hold are beyond the range of float16, but not of bfloat16.
        if (to == DType.BFLOAT16 && (from == DType.INT64 || from == DType.INT32)) {
            return call("l2f_odd", cast(from, DType.INT64, x));
        }
        return cast(from, DType.FLOAT32, x);
    }

    private String floatToInteger(DType from, DType to, String x) {
        String f = from == DType.FLOAT64 ? "d" : "f";
        if (to == DType.INT64) {
            return call(f + "2l", x);
        }
        String value = call(f + "2i", x);
        return switch (to) {
            case INT16 -> convert(to, clamped(value, -32768, 32767));
            case INT8 -> convert(to, clamped(value, -128, 127));
            case UINT8 -> convert(to, clamped(value, 0, 255));
            default -> value;
        };
    }

    private String clamped(String value, int low, int high) {
        return "clamp(" + value + ", " + lanes.splat(DType.INT32, Integer.toString(low)) + ", "
                + lanes.splat(DType.INT32, Integer.toString(high)) + ")";
    }

    private String toBool(DType from, String x) {
        return switch (from) {
            case FLOAT16, BFLOAT16 -> lanes.asBool(2, "(" + x + " & (ushort)0x7fff) != (ushort)0");
            case FLOAT64 -> lanes.asBool(8, x + " != 0.0");
            case FLOAT32 -> lanes.asBool(4, x + " != 0.0f");
            default -> lanes.asBool(from.bytes(), x + " != (" + Lanes.scalar(from) + ")0");
        };
    }

    private String fromBool(DType to, String x) {
        String number = lanes.asZeroOne(x);
        return switch (to) {
            case FLOAT16 -> convert(to, number + " * 0x3c00");
            case BFLOAT16 -> convert(to, number + " * 0x3f80");
            case INT32 -> number;
            default -> convert(to, number);
        };
    }

    /** Returns the bits of {@code x} as another type of the same width. */
    String bits(DType from, DType to, String x) {
        if (from.bytes() != to.bytes()) {
            throw new UnsupportedKernelException("[opencl] expected a bitcast between types of one width, got " + from + " to " + to
                    + "; cast instead");
        }
        if (to == DType.BOOL || from == DType.BOOL) {
            return from == to ? x : cast(from, to, x);
        }
        return "as_" + lanes.type(to) + "(" + x + ")";
    }

    private String convert(DType to, String x) {
        return "convert_" + lanes.type(to) + "(" + x + ")";
    }

    private String call(String name, String x) {
        helpers.add(Helpers.id(name, lanes));
        return "ash_" + name + lanes.suffix() + "(" + x + ")";
    }
}
