// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.datasets;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One column of a {@link Table}. It is immutable, and rows are counted from 0. */
public sealed interface Column {
    /** Returns the name, unique in its table. */
    String name();

    /** Returns the number of rows. */
    int size();

    /** Returns whether the cell is empty, {@code NA}, {@code NaN}, {@code null} or {@code ?}. */
    boolean isMissing(int row);

    /**
     * Returns the cell as a label: all spellings of one number ({@code 7}, {@code 7.0}) give the same text.
     *
     * @return null where the cell is missing
     */
    @Nullable String label(int row);

    /** Returns a column of the given rows, in that order. */
    Column rows(int[] rows);

    /** A column all of whose present cells are numbers. */
    final class Numeric implements Column {
        private final String name;
        private final double[] values;

        /** Takes finite values, and NaN for a missing cell; the array is copied. */
        public Numeric(String name, double[] values) {
            this.name = name;
            this.values = values.clone();
        }

        /** Returns the value, NaN where it is missing. */
        public double value(int row) {
            return values[row];
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public int size() {
            return values.length;
        }

        @Override
        public boolean isMissing(int row) {
            return Double.isNaN(values[row]);
        }

        @Override
        public @Nullable String label(int row) {
            return isMissing(row) ? null : Cells.canonical(values[row]);
        }

        @Override
        public Numeric rows(int[] rows) {
            return new Numeric(name, Arrays.stream(rows).mapToDouble(row -> values[row]).toArray());
        }
    }

    /** A column with at least one present cell that is no number, or without any present cell. */
    final class Categorical implements Column {
        private final String name;
        private final @Nullable String[] cells;

        /** Takes the cells' text, null for a missing cell; the array is copied. */
        public Categorical(String name, @Nullable String[] cells) {
            this.name = name;
            this.cells = cells.clone();
        }

        /** Returns the text as it was written, null where it is missing. */
        public @Nullable String text(int row) {
            return cells[row];
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public int size() {
            return cells.length;
        }

        @Override
        public boolean isMissing(int row) {
            return cells[row] == null;
        }

        @Override
        public @Nullable String label(int row) {
            String cell = cells[row];
            return cell == null ? null : Cells.canonical(cell);
        }

        @Override
        public Categorical rows(int[] rows) {
            @Nullable String[] selected = new String[rows.length];
            for (int i = 0; i < rows.length; i++) {
                selected[i] = cells[rows[i]];
            }
            return new Categorical(name, selected);
        }
    }
}
