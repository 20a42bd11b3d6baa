// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.datasets;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.ashlar.type.InvalidArgumentException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads separated values in two passes over the text: the first counts the rows and finds which columns are numeric, so that the second
 * keeps no text of those.
 */
final class TableReader {
    // A tab or semicolon that divides every line alike is no accident; a comma may be a decimal comma between semicolons.
    private static final char[] SEPARATORS = {'\t', ';', ','};
    private static final String READ = "read table";
    private static final int PROBED_RECORDS = 50;

    private final String source;
    private final String text;
    private final char separator;
    private final boolean header;

    private TableReader(String source, String text, TableOptions options) {
        this.source = source;
        this.text = text.startsWith("\uFEFF") ? text.substring(1) : text;
        this.header = options.header();
        Character given = options.separator();
        this.separator = given != null ? given : guessSeparator();
    }

    static Table read(Path file, TableOptions options) {
        byte[] bytes = InputFiles.read(READ, "a file of separated values", file);
        String source = InputFiles.name(file);
        return parse(source, InputFiles.decode(READ, source, bytes), options);
    }

    static Table parse(String source, String text, TableOptions options) {
        TableReader reader = new TableReader(source, text, options);
        try {
            return reader.read();
        } catch (CsvParseException e) {
            throw new InvalidArgumentException("[read table] expected cells with closed quotes in " + source + ", got: " + rootMessage(e)
                    + "; check the quotation marks there");
        }
    }

    private Table read() {
        Layout layout = survey();
        int rows = layout.rows;
        int width = layout.names.size();
        double[][] numbers = new double[width][];
        @Nullable String[][] cells = new String[width][];
        List<Map<String, String>> known = new ArrayList<>();
        for (int c = 0; c < width; c++) {
            known.add(new HashMap<>());
            if (layout.numeric[c]) {
                numbers[c] = new double[rows];
            } else {
                cells[c] = new String[rows];
            }
        }
        long[] lines = new long[rows];
        int[] next = {header ? -1 : 0};
        forEachRecord(separator, Integer.MAX_VALUE, row -> {
            int r = next[0]++;
            if (r < 0) {
                return;
            }
            lines[r] = row.getStartingLineNumber();
            for (int c = 0; c < width; c++) {
                String cell = row.getField(c).strip();
                boolean missing = Cells.isMissing(cell);
                if (layout.numeric[c]) {
                    numbers[c][r] = missing ? Double.NaN : number(cell, lines[r], layout.names.get(c));
                } else {
                    // Categories repeat: one copy of each text is enough.
                    cells[c][r] = missing ? null : known.get(c).computeIfAbsent(cell, same -> same);
                }
            }
        });
        List<Column> columns = new ArrayList<>();
        for (int c = 0; c < width; c++) {
            String name = layout.names.get(c);
            columns.add(layout.numeric[c] ? new Column.Numeric(name, numbers[c]) : new Column.Categorical(name, cells[c]));
        }
        return new Table(source, columns, lines);
    }

    private double number(String cell, long line, String column) {
        double value = Double.parseDouble(cell);
        if (Double.isInfinite(value)) {
            throw new InvalidArgumentException("[read table] expected a number within the range of a double in " + source + ", line " + line
                    + ", column '" + column + "', got '" + cell + "'; correct the cell or empty it");
        }
        return value;
    }

    /** What the first pass finds out. */
    private static final class Layout {
        private List<String> names = List.of();
        private boolean[] numeric = {};
        private boolean[] present = {};
        private int rows;
    }

    private Layout survey() {
        Layout layout = new Layout();
        forEachRecord(separator, Integer.MAX_VALUE, row -> {
            int width = row.getFieldCount();
            if (layout.names.isEmpty()) {
                layout.names = header ? headerNames(row) : numberedNames(width);
                layout.numeric = new boolean[width];
                Arrays.fill(layout.numeric, true);
                layout.present = new boolean[width];
                if (header) {
                    return;
                }
            }
            if (width != layout.names.size()) {
                throw new InvalidArgumentException("[read table] expected " + cells(layout.names.size()) + " in " + source + ", line "
                        + row.getStartingLineNumber() + ", as in the first line, got " + width
                        + "; check that line's separators and quotation marks");
            }
            layout.rows++;
            for (int c = 0; c < width; c++) {
                String cell = row.getField(c).strip();
                if (!Cells.isMissing(cell)) {
                    layout.present[c] = true;
                    layout.numeric[c] &= Cells.isNumber(cell);
                }
            }
        });
        if (layout.names.isEmpty()) {
            throw new InvalidArgumentException("[read table] expected a table, got the empty file " + source);
        }
        if (layout.rows == 0) {
            throw new InvalidArgumentException("[read table] expected rows below the header of " + source
                    + ", got none; if its only line is data, read it without header (--no-header)");
        }
        for (int c = 0; c < layout.names.size(); c++) {
            layout.numeric[c] &= layout.present[c];
        }
        return layout;
    }

    private List<String> headerNames(CsvRecord row) {
        List<String> names = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        boolean onlyNumbers = row.getFields().stream().map(String::strip).allMatch(Cells::isNumber);
        for (int c = 0; c < row.getFieldCount(); c++) {
            String name = row.getField(c).strip();
            if (name.isEmpty()) {
                name = Integer.toString(c);
            }
            if (!seen.add(name)) {
                throw new InvalidArgumentException("[read table] expected each column once in the header of " + source + ", got '" + name
                        + "' twice; " + (onlyNumbers ? "if the first line is data, read it without header (--no-header)" : "rename one"));
            }
            names.add(name);
        }
        return names;
    }

    static List<String> numberedNames(int width) {
        List<String> names = new ArrayList<>();
        for (int c = 0; c < width; c++) {
            names.add(Integer.toString(c));
        }
        return names;
    }

    /** Returns what separates the cells of a text. */
    static char separatorOf(String text) {
        return new TableReader("", text, TableOptions.defaults()).separator;
    }

    private char guessSeparator() {
        char best = ',';
        int most = 1;
        for (char candidate : SEPARATORS) {
            List<Integer> widths = new ArrayList<>();
            try {
                forEachRecord(candidate, PROBED_RECORDS, row -> widths.add(row.getFieldCount()));
            } catch (CsvParseException e) {
                // An unclosed quote says nothing about the separator; the reading itself will report it.
                continue;
            }
            if (widths.isEmpty()) {
                continue;
            }
            int first = widths.getFirst();
            if (first > 1 && widths.stream().allMatch(width -> width == first)) {
                return candidate;
            }
            if (first > most) {
                most = first;
                best = candidate;
            }
        }
        return best;
    }

    private interface RecordAction {
        void accept(CsvRecord row);
    }

    private void forEachRecord(char separatedBy, int limit, RecordAction action) {
        try (CsvReader<CsvRecord> reader = CsvReader.builder()
                .fieldSeparator(separatedBy)
                .skipEmptyLines(true)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(false)
                .trimWhitespacesAroundQuotes(true)
                .ofCsvRecord(text)) {
            int count = 0;
            for (CsvRecord row : reader) {
                if (count++ == limit) {
                    return;
                }
                action.accept(row);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String cells(int count) {
        return count == 1 ? "1 cell" : count + " cells";
    }

    private static String rootMessage(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = root.getMessage();
        return message == null ? root.toString() : message;
    }
}
