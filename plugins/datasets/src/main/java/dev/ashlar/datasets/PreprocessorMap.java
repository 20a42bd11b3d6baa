// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.datasets;

import dev.ashlar.type.InvalidArgumentException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The form in which a {@link TablePreprocessor} is saved. Reading trusts nothing: the file may have been edited or cut. */
final class PreprocessorMap {
    private static final String TASK = "task";
    private static final String FEATURES = "features";
    private static final String TARGETS = "targets";
    private static final String CLASSES = "classes";
    private static final String CATEGORIES = "categories";
    private static final String NAME = "name";
    private static final String MEAN = "mean";
    private static final String DEVIATION = "deviation";

    private PreprocessorMap() {
    }

    static Map<String, Object> write(Task task, List<Feature> features, List<String> targets, List<Scale> scales, List<String> classes) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(TASK, task.label());
        map.put(FEATURES, features.stream().map(PreprocessorMap::writeFeature).toList());
        List<Map<String, Object>> writtenTargets = new ArrayList<>();
        for (int i = 0; i < targets.size(); i++) {
            writtenTargets.add(writeColumn(targets.get(i), scales.isEmpty() ? null : scales.get(i)));
        }
        map.put(TARGETS, writtenTargets);
        if (task == Task.CLASSIFICATION) {
            map.put(CLASSES, classes);
        }
        return map;
    }

    private static Map<String, Object> writeFeature(Feature feature) {
        return switch (feature) {
            case Feature.NumericFeature numeric -> writeColumn(numeric.name(), numeric.scale());
            case Feature.CategoricalFeature categorical -> {
                Map<String, Object> map = writeColumn(categorical.name(), null);
                map.put(CATEGORIES, categorical.categories());
                yield map;
            }
        };
    }

    private static Map<String, Object> writeColumn(String name, @Nullable Scale scale) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(NAME, name);
        if (scale != null) {
            map.put(MEAN, scale.mean());
            map.put(DEVIATION, scale.deviation());
        }
        return map;
    }

    static TablePreprocessor read(Map<?, ?> map) {
        Task task = Task.of(text(map, TASK));
        List<Feature> features = new ArrayList<>();
        for (Object entry : list(map, FEATURES)) {
            Map<?, ?> feature = asMap(entry, FEATURES);
            String name = text(feature, NAME);
            features.add(feature.containsKey(CATEGORIES)
                    ? new Feature.CategoricalFeature(name, texts(feature, CATEGORIES))
                    : new Feature.NumericFeature(name, scale(feature)));
        }
        List<String> targets = new ArrayList<>();
        List<Scale> scales = new ArrayList<>();
        for (Object entry : list(map, TARGETS)) {
            Map<?, ?> target = asMap(entry, TARGETS);
            targets.add(text(target, NAME));
            if (task == Task.REGRESSION) {
                scales.add(scale(target));
            }
        }
        List<String> classes = task == Task.CLASSIFICATION ? texts(map, CLASSES) : List.of();
        if (task == Task.CLASSIFICATION && targets.size() != 1) {
            throw invalid(TARGETS, "one target for classification", targets);
        }
        return new TablePreprocessor(task, features, targets, scales, classes);
    }

    private static Scale scale(Map<?, ?> map) {
        double mean = number(map, MEAN);
        double deviation = number(map, DEVIATION);
        if (!(deviation > 0)) {
            throw invalid(DEVIATION, "a positive number", deviation);
        }
        return new Scale(mean, deviation);
    }

    private static double number(Map<?, ?> map, String key) {
        if (map.get(key) instanceof Number number && Double.isFinite(number.doubleValue())) {
            return number.doubleValue();
        }
        throw invalid(key, "a finite number", map.get(key));
    }

    private static String text(Map<?, ?> map, String key) {
        if (map.get(key) instanceof String text) {
            return text;
        }
        throw invalid(key, "text", map.get(key));
    }

    private static List<?> list(Map<?, ?> map, String key) {
        if (map.get(key) instanceof List<?> list && !list.isEmpty()) {
            return list;
        }
        throw invalid(key, "a list that is not empty", map.get(key));
    }

    private static List<String> texts(Map<?, ?> map, String key) {
        List<String> texts = new ArrayList<>();
        for (Object entry : list(map, key)) {
            if (!(entry instanceof String text)) {
                throw invalid(key, "a list of text", entry);
            }
            texts.add(text);
        }
        return texts;
    }

    private static Map<?, ?> asMap(@Nullable Object entry, String key) {
        if (entry instanceof Map<?, ?> map) {
            return map;
        }
        throw invalid(key, "a list of objects", entry);
    }

    private static InvalidArgumentException invalid(String key, String expected, @Nullable Object got) {
        return new InvalidArgumentException("[load preprocessing] expected " + expected + " as '" + key + "', got "
                + (got == null ? "nothing" : got) + "; the model file is damaged or of another version, train it again");
    }
}
