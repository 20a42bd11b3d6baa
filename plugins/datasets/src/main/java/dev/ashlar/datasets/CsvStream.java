// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.datasets;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.ashlar.Tensor;
import dev.ashlar.data.IterableDataset;
import dev.ashlar.type.InvalidArgumentException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * Rows of a file of separated values that is too big to be a {@link Table}, read one after the other. A sample has the features and the
 * targets of a row, as float32 of one dimension each; cells must be numbers.
 */
public final class CsvStream implements IterableDataset {
    private static final String READ = "read csv";
    private static final int PROBED = 1 << 16;

    private final Path file;
    private final boolean header;
    private final char separator;
    private final int[] features;
    private final int[] targets;
    private final List<String> names;

    /**
     * Reads the header.
     *
     * @param features names of columns; they are numbered {@code 0}, {@code 1} ... in a file without a header
     * @param targets names of columns, may be empty: samples have one tensor then
     * @throws InvalidArgumentException if there is no such file, or no such column
     */
    public CsvStream(Path file, TableOptions options, List<String> features, List<String> targets) {
        this.file = file;
        header = options.header();
        String start = start(file);
        Character given = options.separator();
        separator = given != null ? given : TableReader.separatorOf(start);
        try (CsvReader<CsvRecord> reader = CsvReader.builder().fieldSeparator(separator).ofCsvRecord(start)) {
            Iterator<CsvRecord> records = reader.iterator();
            if (!records.hasNext()) {
                throw new InvalidArgumentException("[" + READ + "] expected rows, got the empty file " + file);
            }
            CsvRecord first = records.next();
            names = header ? first.getFields().stream().map(String::strip).toList() : TableReader.numberedNames(first.getFieldCount());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.features = columns(features);
        this.targets = columns(targets);
    }

    private static String start(Path file) {
        InputFiles.requireFile(READ, "a file of separated values", file);
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            char[] characters = new char[PROBED];
            int count = Math.max(0, reader.read(characters));
            String text = new String(characters, 0, count);
            int end = count == PROBED ? text.lastIndexOf('\n') : count;
            return text.substring(text.startsWith("\uFEFF") ? 1 : 0, end < 0 ? count : end);
        } catch (IOException e) {
            throw InputFiles.failed(READ, "a file of separated values", file, e);
        }
    }

    private int[] columns(List<String> wanted) {
        return wanted.stream().mapToInt(name -> {
            int at = names.indexOf(name);
            if (at < 0) {
                String hint = Names.nearest(name, names).map(near -> "; did you mean '" + near + "'?").orElse("");
                throw new InvalidArgumentException("[" + READ + "] expected a column of " + file + " (" + Names.list(names) + "), got '"
                        + name + "'" + hint);
            }
            return at;
        }).toArray();
    }

    @Override
    public Iterator<List<Tensor>> iterator() {
        return new Rows();
    }

    /** The rows of one epoch; the file is open until the last one is read, or this is closed. */
    private final class Rows implements Iterator<List<Tensor>>, AutoCloseable {
        private final CsvReader<CsvRecord> reader;
        private final Iterator<CsvRecord> records;

        Rows() {
            try {
                reader = CsvReader.builder()
                        .fieldSeparator(separator)
                        .skipEmptyLines(true)
                        .detectBomHeader(true)
                        .ofCsvRecord(file, StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw InputFiles.failed(READ, "a file of separated values", file, e);
            }
            records = reader.iterator();
            if (header && hasNext()) {
                records.next();
            }
        }

        @Override
        public boolean hasNext() {
            try {
                return records.hasNext();
            } catch (CsvParseException e) {
                throw new InvalidArgumentException("[" + READ + "] expected cells with closed quotes and UTF-8 in " + file + ", got: "
                        + e.getMessage());
            } catch (UncheckedIOException e) {
                throw InputFiles.failed(READ, "a file of separated values", file, e.getCause());
            }
        }

        @Override
        public List<Tensor> next() {
            if (!hasNext()) {
                throw new NoSuchElementException("[" + READ + "] expected a further row, " + file + " has ended");
            }
            CsvRecord row = records.next();
            List<Tensor> sample = new ArrayList<>();
            sample.add(values(row, features));
            if (targets.length > 0) {
                sample.add(values(row, targets));
            }
            return sample;
        }

        private Tensor values(CsvRecord row, int[] columns) {
            float[] values = new float[columns.length];
            for (int i = 0; i < columns.length; i++) {
                String cell = columns[i] < row.getFieldCount() ? row.getField(columns[i]).strip() : "";
                if (!Cells.isNumber(cell)) {
                    throw new InvalidArgumentException("[" + READ + "] expected a number in " + file + ", line "
                            + row.getStartingLineNumber()
                            + ", column '" + names.get(columns[i]) + "', got '" + cell + "'; correct the cell or remove the line");
                }
                values[i] = Float.parseFloat(cell);
            }
            return Tensor.of(values);
        }

        @Override
        public void close() {
            try {
                reader.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
