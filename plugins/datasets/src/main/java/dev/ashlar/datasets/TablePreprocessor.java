// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.datasets;

import dev.ashlar.Tensor;
import dev.ashlar.data.TensorDataset;
import dev.ashlar.type.InvalidArgumentException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Turns tables into what a network takes, and its outputs back into what the table spoke of. All that it knows was learned from the
 * training rows: means and deviations of numeric columns, the categories of the others, the classes of the target. Immutable; it is
 * part of a saved model through {@link #toMap} and {@link #fromMap}.
 *
 * <p>Features: a numeric column is standardised (a constant one becomes zeros); another one becomes a column of zeros and ones for each
 * of its categories in sorted order. Targets: numbers are standardised; classes are numbered from 0 in sorted order, numbers by value
 * before text. Labels such as {@code 7} and {@code 7.0} are the same.
 */
public final class TablePreprocessor {
    private final Task task;
    private final List<Feature> features;
    private final List<String> targets;
    /** One for each target in regression, none in classification. */
    private final List<Scale> targetScales;
    /** The classes in classification, none in regression. */
    private final List<String> classes;

    TablePreprocessor(Task task, List<Feature> features, List<String> targets, List<Scale> targetScales, List<String> classes) {
        this.task = task;
        this.features = List.copyOf(features);
        this.targets = List.copyOf(targets);
        this.targetScales = List.copyOf(targetScales);
        this.classes = List.copyOf(classes);
    }

    /**
     * Learns from the training rows.
     *
     * @param training at least one row, without missing values in the named columns
     * @param featureNames at least one column; none is a target or occurs twice
     * @param targetNames one column, or several numeric ones for regression
     * @param task null to guess it, see {@link Task#guess}
     * @throws InvalidArgumentException if a column does not exist or does not suit; the message names the line where a cell is to blame
     */
    public static TablePreprocessor fit(Table training, List<String> featureNames, List<String> targetNames, @Nullable Task task) {
        requireDistinct("target", targetNames);
        requireDistinct("feature", featureNames);
        for (String name : featureNames) {
            if (targetNames.contains(name)) {
                throw new InvalidArgumentException("[fit features] expected features that are no targets, got '" + name
                        + "' as both; a network that is given the answer learns nothing");
            }
        }
        if (training.rowCount() == 0) {
            throw new InvalidArgumentException("[fit] expected at least one complete row in " + training.source()
                    + ", got none; each row misses a value in some column, so leave out columns with gaps");
        }
        for (String name : concatenated(targetNames, featureNames)) {
            Column column = training.column(name);
            for (int row = 0; row < column.size(); row++) {
                if (column.isMissing(row)) {
                    throw Feature.missing(training, row, column);
                }
            }
        }
        Task known = task != null ? task : Task.guess(training, targetNames);
        List<Scale> scales = new ArrayList<>();
        List<String> classes = List.of();
        if (known == Task.REGRESSION) {
            targetNames.forEach(name -> scales.add(Scale.of(training.numeric(name))));
        } else {
            classes = fitClasses(training, targetNames);
        }
        List<Feature> features = featureNames.stream().map(name -> Feature.fit(training, training.column(name))).toList();
        return new TablePreprocessor(known, features, targetNames, scales, classes);
    }

    private static List<String> fitClasses(Table training, List<String> targetNames) {
        if (targetNames.size() != 1) {
            throw new InvalidArgumentException("[fit target] expected one target for classification, got " + targetNames
                    + "; train a model for each");
        }
        Column column = training.column(targetNames.getFirst());
        TreeSet<String> labels = new TreeSet<>(Cells.NUMBERS_FIRST);
        for (int row = 0; row < column.size(); row++) {
            labels.add(Objects.requireNonNull(column.label(row)));
        }
        if (labels.size() < 2) {
            throw new InvalidArgumentException("[fit target] expected at least two classes in column '" + column.name() + "' of "
                    + training.source() + ", got only '" + labels.first() + "'; choose another target");
        }
        if (labels.size() > Feature.MOST_CATEGORIES) {
            throw new InvalidArgumentException("[fit target] expected at most " + Feature.MOST_CATEGORIES + " classes in column '"
                    + column.name() + "' of " + training.source() + ", got " + labels.size()
                    + "; choose another target, or regression if these are quantities");
        }
        return List.copyOf(labels);
    }

    private static void requireDistinct(String what, List<String> names) {
        if (names.isEmpty()) {
            throw new InvalidArgumentException("[fit] expected at least one " + what + " column, got none");
        }
        if (new LinkedHashSet<>(names).size() != names.size()) {
            throw new InvalidArgumentException("[fit] expected each " + what + " column once, got " + names);
        }
    }

    private static List<String> concatenated(List<String> first, List<String> second) {
        List<String> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    /** Returns the task, as given or guessed. */
    public Task task() {
        return task;
    }

    /** Returns the names of the table columns that are read as features. */
    public List<String> featureColumns() {
        return features.stream().map(Feature::name).toList();
    }

    /** Returns the names of the columns of the feature matrix, {@code COLUMN} or {@code COLUMN=CATEGORY}. */
    public List<String> featureNames() {
        return features.stream().flatMap(feature -> feature.expandedNames().stream()).toList();
    }

    /** Returns the number of columns of the feature matrix: the inputs of the network. */
    public int inputSize() {
        return features.stream().mapToInt(Feature::width).sum();
    }

    /** Returns the number of classes, or of targets in regression: the outputs of the network. */
    public int outputSize() {
        return task == Task.CLASSIFICATION ? classes.size() : targets.size();
    }

    /** Returns the names of the target columns. */
    public List<String> targetColumns() {
        return targets;
    }

    /** Returns the classes by their numbers; empty in regression. */
    public List<String> classes() {
        return classes;
    }

    /**
     * Returns the feature matrix of a table, of {@link #inputSize} columns; other columns of the table are ignored.
     *
     * @throws InvalidArgumentException if a column does not exist, a value is missing, no number where the training rows had one, or of
     *         a category that the training rows did not have; the message names the line
     */
    public FloatMatrix features(Table table) {
        FloatMatrix matrix = FloatMatrix.allocate(table.rowCount(), inputSize());
        int at = 0;
        for (Feature feature : features) {
            feature.encode(table, matrix, at);
            at += feature.width();
        }
        return matrix;
    }

    /**
     * Returns the standardised targets of a table, one column for each.
     *
     * @throws InvalidArgumentException if this is classification, a column does not exist, or a value is missing or no number
     */
    public FloatMatrix regressionTargets(Table table) {
        requireTask(Task.REGRESSION, "regression targets");
        FloatMatrix matrix = FloatMatrix.allocate(table.rowCount(), targets.size());
        for (int c = 0; c < targets.size(); c++) {
            new Feature.NumericFeature(targets.get(c), targetScales.get(c)).encode(table, matrix, c);
        }
        return matrix;
    }

    /**
     * Returns the class number, 0 to {@link #outputSize} - 1, of each row of a table.
     *
     * @throws InvalidArgumentException if this is regression, the column does not exist, or a label is missing or not among the classes
     *         of the training rows; the message names the line
     */
    public long[] classTargets(Table table) {
        requireTask(Task.CLASSIFICATION, "class targets");
        Map<String, Integer> numbers = new HashMap<>();
        for (int i = 0; i < classes.size(); i++) {
            numbers.put(classes.get(i), i);
        }
        Column column = table.column(targets.getFirst());
        long[] result = new long[table.rowCount()];
        for (int row = 0; row < result.length; row++) {
            String label = column.label(row);
            if (label == null) {
                throw Feature.missing(table, row, column);
            }
            Integer number = numbers.get(label);
            if (number == null) {
                throw new InvalidArgumentException("[encode] expected a class of the training rows (" + Names.list(classes) + ") in "
                        + table.place(row, column) + ", got '" + label + "'; drop the row, or train again with rows of that class");
            }
            result[row] = number;
        }
        return result;
    }

    /**
     * Returns a table as samples for a loader: features, and standardised targets of float32 or the class number.
     *
     * @throws InvalidArgumentException as {@link #features}, {@link #regressionTargets} and {@link #classTargets} do
     */
    public TensorDataset dataset(Table table) {
        Tensor given = features(table).toTensor();
        return new TensorDataset(
                given, task == Task.REGRESSION ? regressionTargets(table).toTensor() : Tensor.of(classTargets(table)));
    }

    /**
     * Turns standardised outputs back into the targets' own units.
     *
     * @param outputs row after row, {@link #outputSize} values each
     * @return for each row the values of the targets
     * @throws InvalidArgumentException if this is classification, or the length does not fit
     */
    public double[][] restoreTargets(float[] outputs) {
        requireTask(Task.REGRESSION, "restore targets");
        int width = targets.size();
        if (outputs.length % width != 0) {
            throw new InvalidArgumentException("[restore targets] expected a multiple of " + width + " outputs, got " + outputs.length);
        }
        double[][] restored = new double[outputs.length / width][width];
        for (int i = 0; i < outputs.length; i++) {
            restored[i / width][i % width] = targetScales.get(i % width).restore(outputs[i]);
        }
        return restored;
    }

    /**
     * Returns the standard deviation of a target over the training rows (1 for a constant one): the factor between an error of the
     * standardised output and one in the target's own unit.
     *
     * @throws InvalidArgumentException if this is classification
     */
    public double targetDeviation(int target) {
        requireTask(Task.REGRESSION, "target deviation");
        return targetScales.get(Objects.checkIndex(target, targets.size())).deviation();
    }

    private void requireTask(Task wanted, String operation) {
        if (task != wanted) {
            throw new InvalidArgumentException("[" + operation + "] expected a preprocessor for " + wanted.label() + ", got one for "
                    + task.label());
        }
    }

    /** Returns all that this preprocessor knows as maps, lists, strings and numbers, as JSON writes them. */
    public Map<String, Object> toMap() {
        return PreprocessorMap.write(task, features, targets, targetScales, classes);
    }

    /**
     * Returns the preprocessor that {@link #toMap} was called on.
     *
     * @throws InvalidArgumentException if an entry is missing or of the wrong kind; the message names it
     */
    public static TablePreprocessor fromMap(Map<String, ?> map) {
        return PreprocessorMap.read(map);
    }
}
