// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.type.InvalidArgumentException;
import java.util.Arrays;

/** Sizes of windows for rows and columns. */
final class Windows {
    private Windows() {}

    static int[] both(int value) {
        return new int[] {value, value};
    }

    /** Returns a copy after a check. */
    static int[] checked(String operation, String name, int[] values, int least) {
        if (values.length != 2 || values[0] < least || values[1] < least) {
            throw new InvalidArgumentException("[" + operation + "] expected two numbers >= " + least + " for " + name + ", got "
                    + Arrays.toString(values));
        }
        return values.clone();
    }

    /** Writes one number if both are equal. */
    static String repr(int[] values) {
        return values[0] == values[1] ? Integer.toString(values[0]) : Repr.tuple(values);
    }
}
