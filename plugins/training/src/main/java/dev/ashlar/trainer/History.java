// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.trainer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import de.siegmar.fastcsv.writer.CsvWriter;
import dev.ashlar.type.InvalidArgumentException;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The figures of a training, one row per epoch, as a table, CSV or JSON. */
public final class History {
    private static final String EPOCH = "epoch";
    private static final ObjectMapper JSON = new JsonMapper();

    private final TreeMap<Long, Map<String, Double>> rows = new TreeMap<>();
    private String stopped = "";

    /** Creates a history without rows. */
    public History() {}

    /** Adds the figures of an epoch, in place of what it had. */
    public void add(long epoch, Map<String, Double> figures) {
        rows.put(epoch, Collections.unmodifiableMap(new LinkedHashMap<>(figures)));
    }

    /** Returns the figures of all epochs, by epoch. */
    public Map<Long, Map<String, Double>> rows() {
        return Collections.unmodifiableMap(rows);
    }

    /** Returns one figure of all epochs that have it. */
    public double[] get(String figure) {
        return rows.values().stream().filter(row -> row.containsKey(figure)).mapToDouble(row -> row.get(figure)).toArray();
    }

    /** Returns the figure of the last epoch; NaN if it has none. */
    public double last(String figure) {
        return rows.isEmpty() ? Double.NaN : rows.lastEntry().getValue().getOrDefault(figure, Double.NaN);
    }

    /** Returns why the training ended before its last epoch; empty if it did not. */
    public String stopped() {
        return stopped;
    }

    void stopped(String reason) {
        stopped = reason;
    }

    private Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        rows.values().forEach(row -> names.addAll(row.keySet()));
        return names;
    }

    // ---- formats ----------------------------------------------------------------------------------------------------------------

    /** Returns a line of names and one per epoch; what an epoch has not is empty. */
    public String toCsv() {
        StringWriter text = new StringWriter();
        try (CsvWriter csv = CsvWriter.builder().build(text)) {
            List<String> header = new ArrayList<>(names());
            header.addFirst(EPOCH);
            csv.writeRecord(header);
            rows.forEach((epoch, row) -> csv.writeRecord(header.stream()
                    .map(name -> name.equals(EPOCH) ? epoch.toString() : row.containsKey(name) ? row.get(name).toString() : "")
                    .toList()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** Returns an array of an object per epoch; NaN and infinities are strings. */
    public String toJson() {
        List<Map<String, Object>> list = new ArrayList<>();
        rows.forEach((epoch, row) -> {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put(EPOCH, epoch);
            object.putAll(row);
            list.add(object);
        });
        try {
            return JSON.writeValueAsString(list);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("numbers and texts can be written", e);
        }
    }

    /**
     * Returns the history that {@link #toJson} wrote.
     *
     * @throws InvalidArgumentException if it did not
     */
    public static History fromJson(String json) {
        try {
            History history = new History();
            JSON.readTree(json).forEach(object -> {
                Map<String, Double> row = new LinkedHashMap<>();
                object.properties().forEach(member -> {
                    if (!member.getKey().equals(EPOCH)) {
                        row.put(member.getKey(), Double.valueOf(member.getValue().asText()));
                    }
                });
                history.add(object.path(EPOCH).asLong(), row);
            });
            return history;
        } catch (JsonProcessingException | NumberFormatException e) {
            throw new InvalidArgumentException("[history] expected what toJson() returned, got '" + json + "'");
        }
    }

    /** Writes CSV, or JSON if the name ends so. */
    public void write(Path file) {
        try {
            Files.writeString(file, file.toString().endsWith(".json") ? toJson() + "\n" : toCsv());
        } catch (IOException e) {
            throw new UncheckedIOException("[history] cannot write " + file, e);
        }
    }

    /** Returns a table. */
    @Override
    public String toString() {
        Set<String> names = names();
        StringBuilder text = new StringBuilder(EPOCH);
        names.forEach(name -> text.append("  ").append(padded(name, 10)));
        rows.forEach((epoch, row) -> {
            text.append('\n').append(padded(epoch.toString(), EPOCH.length()));
            names.forEach(name -> text.append("  ").append(padded(
                    row.containsKey(name) ? String.format(Locale.ROOT, "%.4g", row.get(name)) : "", Math.max(10, name.length()))));
        });
        return text.toString();
    }

    private static String padded(String text, int width) {
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }
}
