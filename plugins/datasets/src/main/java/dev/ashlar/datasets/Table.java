// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.datasets;

import dev.ashlar.type.InvalidArgumentException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Named columns of equal length, which remember the file and the lines that they came from. Immutable; what selects rows or columns
 * returns another table.
 */
public final class Table {
    private final String source;
    private final Map<String, Column> columns = new LinkedHashMap<>();
    private final long[] lines;

    /**
     * @param source what messages call this table: the name of its file
     * @param columns at least one, all of the length of {@code lines}, no name twice
     * @param lines for each row the line of the source where it starts, counted from 1
     * @throws InvalidArgumentException if the columns differ in length or a name occurs twice
     */
    public Table(String source, Collection<? extends Column> columns, long[] lines) {
        this.source = source;
        this.lines = lines.clone();
        if (columns.isEmpty()) {
            throw new InvalidArgumentException("[table] expected at least one column in " + source + ", got none");
        }
        for (Column column : columns) {
            if (column.size() != lines.length) {
                throw new InvalidArgumentException("[table] expected " + lines.length + " rows in column '" + column.name() + "' of "
                        + source
                        + ", got " + column.size());
            }
            if (this.columns.put(column.name(), column) != null) {
                throw new InvalidArgumentException("[table] expected each column of " + source + " once, got '" + column.name()
                        + "' twice");
            }
        }
    }

    /**
     * Reads a file of separated values in UTF-8, with or without a byte order mark; cells may be quoted.
     *
     * @throws InvalidArgumentException if there is no such file, or it holds no table; the message names the line and what is wrong there
     */
    public static Table read(Path file, TableOptions options) {
        return TableReader.read(file, options);
    }

    /**
     * Reads a table from text, as {@link #read} does from a file.
     *
     * @param source what messages call this table
     */
    public static Table parse(String source, String text, TableOptions options) {
        return TableReader.parse(source, text, options);
    }

    /** Returns what messages call this table: the name of its file. */
    public String source() {
        return source;
    }

    /** Returns the number of rows, the header not counted. */
    public int rowCount() {
        return lines.length;
    }

    /** Returns the names of all columns in the order of the file. */
    public List<String> columnNames() {
        return List.copyOf(columns.keySet());
    }

    /** Returns all columns in the order of the file. */
    public List<Column> columns() {
        return List.copyOf(columns.values());
    }

    /** Returns whether there is a column of this name. */
    public boolean hasColumn(String name) {
        return columns.containsKey(name);
    }

    /**
     * Returns the column of this name.
     *
     * @throws InvalidArgumentException if there is none; the message lists the names that there are, and the nearest
     */
    public Column column(String name) {
        Column column = columns.get(name);
        if (column == null) {
            String hint = Names.nearest(name, columns.keySet()).map(near -> "; did you mean '" + near + "'?").orElse("");
            throw new InvalidArgumentException("[table] expected a column of " + source + " (" + Names.list(columns.keySet()) + "), got '"
                    + name + "'" + hint);
        }
        return column;
    }

    /**
     * Returns the column of this name if all its present cells are numbers.
     *
     * @throws InvalidArgumentException if there is no such column, or it holds a cell that is no number; the message names its line
     */
    public Column.Numeric numeric(String name) {
        return switch (column(name)) {
            case Column.Numeric numeric -> numeric;
            case Column.Categorical categorical -> throw notNumeric(categorical);
        };
    }

    /**
     * Returns numeric columns side by side, NaN where a cell is missing.
     *
     * @throws InvalidArgumentException if there is no such column, or it holds a cell that is no number; the message names its line
     */
    public DoubleMatrix matrix(String... names) {
        DoubleMatrix matrix = DoubleMatrix.allocate(rowCount(), names.length);
        for (int c = 0; c < names.length; c++) {
            Column.Numeric column = numeric(names[c]);
            for (int row = 0; row < rowCount(); row++) {
                matrix.values()[row * names.length + c] = column.value(row);
            }
        }
        return matrix;
    }

    /** Returns the line of the source where a row starts, counted from 1. */
    public long line(int row) {
        return lines[row];
    }

    /** Returns {@code FILE, line N, column 'NAME'}, the place of a cell for a message. */
    String place(int row, Column column) {
        return source + ", line " + lines[row] + ", column '" + column.name() + "'";
    }

    /** Returns a table of these columns only, in this order. */
    public Table select(List<String> names) {
        return new Table(source, names.stream().map(this::column).toList(), lines);
    }

    /** Returns a table of these rows only, in this order; a row may be taken twice. */
    public Table rows(int... rows) {
        List<Column> selected = columns.values().stream().map(column -> column.rows(rows)).toList();
        return new Table(source, selected, Arrays.stream(rows).mapToLong(row -> lines[row]).toArray());
    }

    /** Returns the rows that have a value in every column; how many were dropped is the difference of the {@link #rowCount}s. */
    public Table withoutMissing() {
        int[] kept = IntStream.range(0, rowCount())
                .filter(row -> columns.values().stream().noneMatch(column -> column.isMissing(row)))
                .toArray();
        return kept.length == rowCount() ? this : rows(kept);
    }

    /** Two parts of one table. */
    public record Split(Table training, Table validation) {
    }

    /**
     * Divides the rows at random. A row that is the first to show a value of a covered column always goes to the training part, since a
     * network cannot learn a category or class that it never sees; without covered columns every division is equally likely.
     *
     * @param validationFraction the part of the rows, 0 to 1 exclusive, for validation, rounded to the nearest whole number of rows
     * @param seed the same seed gives the same division on every machine
     * @param covered columns all of whose values have to occur in the training part: categorical features and class labels
     * @throws InvalidArgumentException if the fraction is out of range or a column does not exist
     */
    public Split split(double validationFraction, long seed, List<String> covered) {
        if (!(validationFraction >= 0 && validationFraction < 1)) {
            throw new InvalidArgumentException("[split] expected a validation fraction of at least 0 and below 1, got "
                    + validationFraction);
        }
        int[] order = IntStream.range(0, rowCount()).toArray();
        Random random = new Random(seed);
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
        boolean[] needed = new boolean[order.length];
        for (String name : covered) {
            Column column = column(name);
            Set<String> seen = new HashSet<>();
            for (int row : order) {
                String label = column.label(row);
                needed[row] |= label != null && seen.add(label);
            }
        }
        long wanted = Math.round(validationFraction * rowCount());
        List<Integer> training = new ArrayList<>();
        List<Integer> validation = new ArrayList<>();
        for (int row : order) {
            (validation.size() < wanted && !needed[row] ? validation : training).add(row);
        }
        return new Split(rows(toArray(training)), rows(toArray(validation)));
    }

    private static int[] toArray(List<Integer> list) {
        return list.stream().mapToInt(Integer::intValue).toArray();
    }

    private InvalidArgumentException notNumeric(Column.Categorical column) {
        for (int row = 0; row < column.size(); row++) {
            String text = column.text(row);
            if (text != null && !Cells.isNumber(text)) {
                String hint = Cells.hasDecimalComma(text) ? "write the decimal comma as a point" : "correct the cell or empty it";
                return new InvalidArgumentException("[table] expected a number in " + place(row, column) + ", got '" + text + "'; " + hint);
            }
        }
        return new InvalidArgumentException("[table] expected numbers in column '" + column.name() + "' of " + source
                + ", got no value at all; leave the column out");
    }

    @Override
    public String toString() {
        return source + ": " + rowCount() + " rows of " + Names.list(columns.keySet());
    }
}
