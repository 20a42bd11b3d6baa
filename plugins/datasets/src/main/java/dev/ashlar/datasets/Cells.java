// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.datasets;

import java.util.Comparator;
import java.util.Set;
import java.util.regex.Pattern;

/** What the text of one cell means. */
final class Cells {
    private static final Set<String> MISSING = Set.of("", "NA", "NaN", "nan", "null", "NULL", "?");
    // Double.parseDouble takes "1d", "0x1p3", "Infinity" and "NaN" too, which nobody writes into a table to mean a number.
    private static final Pattern NUMBER = Pattern.compile("[+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?");
    private static final Pattern DECIMAL_COMMA = Pattern.compile("[+-]?\\d+,\\d+");
    /** Up to here every whole number is a double of its own. */
    private static final double EXACT_LIMIT = 9.0e15;

    /** Numbers by value and before all text, text by its characters. */
    static final Comparator<String> NUMBERS_FIRST = (a, b) -> {
        boolean numberA = isNumber(a);
        boolean numberB = isNumber(b);
        if (numberA != numberB) {
            return numberA ? -1 : 1;
        }
        int byValue = numberA ? Double.compare(Double.parseDouble(a), Double.parseDouble(b)) : 0;
        return byValue != 0 ? byValue : a.compareTo(b);
    };

    private Cells() {
    }

    static boolean isMissing(String cell) {
        return MISSING.contains(cell);
    }

    static boolean isNumber(String cell) {
        return NUMBER.matcher(cell).matches();
    }

    static boolean hasDecimalComma(String cell) {
        return DECIMAL_COMMA.matcher(cell).matches();
    }

    /** Returns the one text that stands for all spellings of a number ({@code 7}, {@code 7.0}, {@code +7}), any other text as it is. */
    static String canonical(String cell) {
        return isNumber(cell) ? canonical(Double.parseDouble(cell)) : cell;
    }

    static String canonical(double value) {
        if (value == Math.rint(value) && Math.abs(value) < EXACT_LIMIT) {
            return Long.toString((long) value);
        }
        return Double.toString(value);
    }
}
