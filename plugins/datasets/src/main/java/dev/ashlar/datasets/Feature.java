// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.datasets;

import dev.ashlar.type.InvalidArgumentException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/** How one column of a table becomes one or more columns of the feature matrix. */
sealed interface Feature {
    /** A category that is seen once or twice teaches nothing, and the matrix grows by a column for each. */
    int MOST_CATEGORIES = 1000;

    /** From this part of numbers on, a cell that is none is a slip of the pen and not a category. */
    double MOSTLY_NUMERIC = 0.9;

    String name();

    /** Returns the number of columns that this one becomes. */
    int width();

    /** Returns the names of those columns. */
    List<String> expandedNames();

    /** Writes the encoded column into {@code target}, beginning at column {@code at} of each row. */
    void encode(Table table, FloatMatrix target, int at);

    static Feature fit(Table table, Column column) {
        return switch (column) {
            case Column.Numeric numeric -> new NumericFeature(numeric.name(), Scale.of(numeric));
            case Column.Categorical categorical -> fitCategories(table, categorical);
        };
    }

    private static Feature fitCategories(Table table, Column.Categorical column) {
        int numbers = 0;
        int stray = -1;
        for (int row = 0; row < column.size(); row++) {
            String text = Objects.requireNonNull(column.text(row));
            if (Cells.isNumber(text)) {
                numbers++;
            } else if (stray < 0) {
                stray = row;
            }
        }
        if (stray >= 0) {
            String text = Objects.requireNonNull(column.text(stray));
            if (Cells.hasDecimalComma(text)) {
                throw new InvalidArgumentException("[fit features] expected a number in " + table.place(stray, column) + ", got '" + text
                        + "'; write the decimal comma as a point");
            }
            if (numbers >= MOSTLY_NUMERIC * column.size()) {
                throw new InvalidArgumentException("[fit features] expected a number in " + table.place(stray, column)
                        + ", as in most rows, got '" + text + "'; correct the cell or empty it");
            }
        }
        TreeSet<String> categories = new TreeSet<>();
        for (int row = 0; row < column.size(); row++) {
            categories.add(Objects.requireNonNull(column.label(row)));
        }
        if (categories.size() > MOST_CATEGORIES) {
            throw new InvalidArgumentException("[fit features] expected at most " + MOST_CATEGORIES + " categories in column '"
                    + column.name() + "' of " + table.source() + ", got " + categories.size() + "; leave the column out of the features");
        }
        return new CategoricalFeature(column.name(), List.copyOf(categories));
    }

    static InvalidArgumentException missing(Table table, int row, Column column) {
        return new InvalidArgumentException("[encode] expected a value in " + table.place(row, column)
                + ", got an empty cell; fill it or drop the row");
    }

    /** A number, standardised. */
    record NumericFeature(String name, Scale scale) implements Feature {
        @Override
        public int width() {
            return 1;
        }

        @Override
        public List<String> expandedNames() {
            return List.of(name);
        }

        @Override
        public void encode(Table table, FloatMatrix target, int at) {
            Column.Numeric column = table.numeric(name);
            for (int row = 0; row < column.size(); row++) {
                if (column.isMissing(row)) {
                    throw missing(table, row, column);
                }
                target.values()[row * target.columns() + at] = scale.standardise(column.value(row));
            }
        }
    }

    /** One of a few texts: a column of zeros and ones for each. */
    record CategoricalFeature(String name, List<String> categories) implements Feature {
        @Override
        public int width() {
            return categories.size();
        }

        @Override
        public List<String> expandedNames() {
            return categories.stream().map(category -> name + "=" + category).toList();
        }

        @Override
        public void encode(Table table, FloatMatrix target, int at) {
            Map<String, Integer> positions = new HashMap<>();
            for (int i = 0; i < categories.size(); i++) {
                positions.put(categories.get(i), i);
            }
            Column column = table.column(name);
            for (int row = 0; row < column.size(); row++) {
                String label = column.label(row);
                if (label == null) {
                    throw missing(table, row, column);
                }
                Integer position = positions.get(label);
                if (position == null) {
                    throw new InvalidArgumentException("[encode] expected a category of the training rows (" + Names.list(categories)
                            + ") in " + table.place(row, column) + ", got '" + label
                            + "'; drop the row, or train again with rows of that category");
                }
                target.values()[row * target.columns() + at + position] = 1;
            }
        }
    }
}
