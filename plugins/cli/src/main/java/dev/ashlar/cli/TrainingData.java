// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.cli;

import dev.ashlar.datasets.Column;
import dev.ashlar.datasets.Table;
import dev.ashlar.datasets.TablePreprocessor;
import dev.ashlar.datasets.Task;
import dev.ashlar.type.InvalidArgumentException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a training, checked and divided.
 *
 * @param training rows to learn from
 * @param heldOut rows that the metrics are on, which the training never sees; the training rows themselves where none were held out
 * @param heldOutKind what those are
 * @param scaling how rows become numbers, learned from the training rows
 * @param rows complete rows of the table
 * @param droppedRows rows of the table that miss a value
 * @param droppedHeldOutRows rows of the file of held-out rows that miss a value
 */
record TrainingData(
        Table training,
        Table heldOut,
        HeldOut heldOutKind,
        Scaling scaling,
        int rows,
        int droppedRows,
        int droppedHeldOutRows) {
    /** With fewer rows, a fifth of them would say nothing. */
    static final int FEWEST_ROWS_TO_SPLIT = 20;
    private static final double VALIDATION_FRACTION = 0.2;

    /** Which rows the metrics are on. */
    enum HeldOut {
        /** A fifth of the table, drawn by the seed. */
        VALIDATION,
        /** A file of their own. */
        TEST,
        /** There were too few to hold any out. */
        TRAINING;

        String label() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /**
     * Checks columns, drops rows with gaps, divides the rest and learns the scaling.
     *
     * @param features null for all columns that are no targets
     * @param task null to guess it
     * @param test rows to hold out, or null
     * @throws InvalidArgumentException if a column, a cell or the number of rows does not suit
     */
    static TrainingData prepare(
            Table table, List<String> targets, @Nullable List<String> features, @Nullable Task task, @Nullable Table test, long seed) {
        targets.forEach(table::column);
        List<String> inputs = features != null ? features : table.columnNames().stream().filter(name -> !targets.contains(name)).toList();
        if (inputs.isEmpty()) {
            throw new InvalidArgumentException("[train] expected columns besides the target in " + table.source() + ", got only "
                    + String.join(", ", targets) + "; a network needs something to predict from");
        }
        inputs.forEach(table::column);
        Task known = task != null ? task : Task.guess(table, targets);
        Table complete = complete(table);
        Table division = complete;
        Table validation = null;
        if (test == null && complete.rowCount() >= FEWEST_ROWS_TO_SPLIT) {
            Table.Split split = complete.split(VALIDATION_FRACTION, seed, covered(complete, inputs, targets, known));
            division = split.training();
            validation = split.validation();
        }
        TablePreprocessor preprocessor = TablePreprocessor.fit(division, inputs, targets, known);
        Scaling scaling = Scaling.of(preprocessor);
        int dropped = table.rowCount() - complete.rowCount();
        if (test != null) {
            List<String> used = new ArrayList<>(inputs);
            used.addAll(targets);
            used.forEach(test::column);
            Table heldOut = complete(test);
            return new TrainingData(division, heldOut, HeldOut.TEST, scaling, complete.rowCount(), dropped,
                    test.rowCount() - heldOut.rowCount());
        }
        if (validation == null || validation.rowCount() == 0) {
            return new TrainingData(division, division, HeldOut.TRAINING, scaling, complete.rowCount(), dropped, 0);
        }
        return new TrainingData(division, validation, HeldOut.VALIDATION, scaling, complete.rowCount(), dropped, 0);
    }

    private static Table complete(Table table) {
        Table complete = table.withoutMissing();
        if (complete.rowCount() == 0) {
            Map<String, Integer> gaps = new LinkedHashMap<>();
            for (Column column : table.columns()) {
                int missing = (int) IntStream.range(0, column.size()).filter(column::isMissing).count();
                if (missing > 0) {
                    gaps.put(column.name(), missing);
                }
            }
            String worst = gaps.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
            throw new InvalidArgumentException("[train] expected rows with a value in every column of " + table.source() + ", got none of "
                    + table.rowCount() + "; column '" + worst + "' alone lacks " + gaps.get(worst) + " values, remove it from the file");
        }
        return complete;
    }

    /** Returns the columns all of whose values the training rows have to show. */
    private static List<String> covered(Table table, List<String> inputs, List<String> targets, Task task) {
        List<String> covered = new ArrayList<>();
        for (String name : inputs) {
            if (table.column(name) instanceof Column.Categorical) {
                covered.add(name);
            }
        }
        if (task == Task.CLASSIFICATION) {
            covered.addAll(targets);
        }
        return covered;
    }

    /** Returns the values of a regression's targets in their own units, row after row. */
    static double[][] regressionTruth(Table table, List<String> targets) {
        double[][] truth = new double[table.rowCount()][targets.size()];
        for (int c = 0; c < targets.size(); c++) {
            Column.Numeric column = table.numeric(targets.get(c));
            for (int row = 0; row < truth.length; row++) {
                truth[row][c] = column.value(row);
            }
        }
        return truth;
    }
}
