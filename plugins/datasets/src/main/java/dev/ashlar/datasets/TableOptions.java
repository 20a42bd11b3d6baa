// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.datasets;

import org.jspecify.annotations.Nullable;

/**
 * How the text of a table is to be understood.
 *
 * @param header whether the first line names the columns; otherwise they are named {@code 0}, {@code 1}, {@code 2} ...
 * @param separator what stands between two cells, or null to find out: tab, semicolon or comma
 */
public record TableOptions(boolean header, @Nullable Character separator) {
    /** A header, and a separator to be found out. */
    public static TableOptions defaults() {
        return new TableOptions(true, null);
    }

    /** Returns these options with another {@link #header()}. */
    public TableOptions withHeader(boolean value) {
        return new TableOptions(value, separator);
    }

    /** Returns these options with a separator that is not guessed. */
    public TableOptions withSeparator(char value) {
        return new TableOptions(header, value);
    }
}
