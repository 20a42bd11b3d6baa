// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Numbers as Python writes them, so that modules print as in PyTorch. */
final class Repr {
    private Repr() {}

    static String of(boolean value) {
        return value ? "True" : "False";
    }

    /** Shortest digits that give the number back; an exponent below 1e-4 and from 1e16 on. */
    static String of(double value) {
        if (Double.isNaN(value)) {
            return "nan";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        double size = Math.abs(value);
        if (size == 0 || size >= 1e-4 && size < 1e16) {
            String plain = new BigDecimal(Double.toString(size)).stripTrailingZeros().toPlainString();
            return (Math.copySign(1, value) < 0 ? "-" : "") + (plain.contains(".") ? plain : plain + ".0");
        }
        String[] parts = Double.toString(value).split("E");
        int exponent = Integer.parseInt(parts[1]);
        String digits = parts[0].endsWith(".0") ? parts[0].substring(0, parts[0].length() - 2) : parts[0];
        return digits + "e" + (exponent < 0 ? "-" : "+") + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
    }

    /** As {@link #of(double)}, but whole numbers without a point, for what users of Python write as an integer. */
    static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15 ? Long.toString((long) value) : of(value);
    }

    static String tuple(int[] values) {
        return tuple(Arrays.stream(values).asLongStream().toArray());
    }

    static String tuple(long[] values) {
        String inner = Arrays.stream(values).mapToObj(Long::toString).collect(Collectors.joining(", "));
        return values.length == 1 ? "(" + inner + ",)" : "(" + inner + ")";
    }
}
