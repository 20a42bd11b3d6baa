// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.type.InvalidArgumentException;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Numbers of windows: one for each of the last dimensions, or one for all of them. */
final class Windows {
    private Windows() {}

    /** Returns one number for all dimensions. */
    static int[] of(int value) {
        return new int[] {value};
    }

    /** Returns a copy after a check. */
    static int[] checked(String operation, String name, int rank, int[] values, int least) {
        if (values.length != 1 && values.length != rank || Arrays.stream(values).anyMatch(value -> value < least)) {
            throw new InvalidArgumentException("[" + operation + "] expected " + (rank == 1 ? "a number" : "one number or " + rank) + " >= "
                    + least + " for " + name + ", got " + Arrays.toString(values) + "; give one per dimension, or one for all");
        }
        return values.clone();
    }

    /** As {@link #checked}, null stays null. */
    static int @Nullable [] checkedOrNull(String operation, String name, int rank, int @Nullable [] values, int least) {
        return values == null ? null : checked(operation, name, rank, values, least);
    }

    /** As {@link #checked}, with a number for each dimension. */
    static int[] each(String operation, String name, int rank, int[] values, int least) {
        int[] checked = checked(operation, name, rank, values, least);
        int[] each = new int[rank];
        Arrays.setAll(each, i -> checked[checked.length == 1 ? 0 : i]);
        return each;
    }

    /** Throws unless a number is at least 1. */
    static void positive(String operation, long value) {
        if (value < 1) {
            throw new InvalidArgumentException("[" + operation + "] expected a number of at least 1, got " + value + "; give 1 or more");
        }
    }

    /** Writes one number for all dimensions as a number, and several as a tuple. */
    static String repr(int[] values) {
        return values.length == 1 ? Integer.toString(values[0]) : Repr.tuple(values);
    }

    /** As {@link #repr}, with None for -1. */
    static String reprOrNone(int[] values) {
        String inner = Arrays.stream(values).mapToObj(value -> value == -1 ? "None" : Integer.toString(value))
                .collect(Collectors.joining(", "));
        return values.length == 1 ? inner : "(" + inner + ")";
    }
}
