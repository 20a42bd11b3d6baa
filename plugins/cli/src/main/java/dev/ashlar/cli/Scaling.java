// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.cli;

import dev.ashlar.datasets.TablePreprocessor;
import dev.ashlar.type.InvalidArgumentException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a table's rows become numbers, divided in two: what only a table can be asked (categories, class names) stays with the
 * preprocessor, what is arithmetic goes into the model, which then takes and gives values in the table's own units.
 *
 * @param standardised a preprocessor whose features and targets are standardised
 * @param raw a preprocessor whose features are in the table's own units
 * @param means for each column of the feature matrix what the model subtracts
 * @param deviations for each column of the feature matrix what the model divides by
 */
record Scaling(TablePreprocessor standardised, TablePreprocessor raw, float[] means, float[] deviations) {
    /**
     * Where a column lies so many deviations from 0, float32 would not tell its values apart (times of day written as seconds since
     * 1970, say); the preprocessor then moves it to 0 in double precision.
     */
    private static final double FAR = 1e4;
    /** Deviations outside 1/this to this are not left to float32 at all. */
    private static final double EXTREME = 1e30;
    private static final String FEATURES = "features";
    private static final String CATEGORIES = "categories";
    private static final String MEAN = "mean";
    private static final String DEVIATION = "deviation";

    static Scaling of(TablePreprocessor standardised) {
        Map<String, Object> map = new LinkedHashMap<>(standardised.toMap());
        List<Float> means = new ArrayList<>();
        List<Float> deviations = new ArrayList<>();
        List<Map<String, Object>> rawFeatures = new ArrayList<>();
        for (Object entry : (List<?>) map.get(FEATURES)) {
            Map<String, Object> feature = new LinkedHashMap<>();
            ((Map<?, ?>) entry).forEach((key, value) -> feature.put((String) key, value));
            if (feature.get(CATEGORIES) instanceof List<?> categories) {
                categories.forEach(category -> {
                    means.add(0f);
                    deviations.add(1f);
                });
            } else {
                double mean = ((Number) feature.get(MEAN)).doubleValue();
                double deviation = ((Number) feature.get(DEVIATION)).doubleValue();
                boolean extreme = deviation > EXTREME || deviation < 1 / EXTREME;
                boolean far = extreme || Math.abs(mean) > FAR * deviation;
                means.add(far ? 0f : (float) mean);
                deviations.add(extreme ? 1f : (float) deviation);
                feature.put(MEAN, far ? mean : 0.0);
                feature.put(DEVIATION, extreme ? deviation : 1.0);
            }
            rawFeatures.add(feature);
        }
        map.put(FEATURES, rawFeatures);
        return new Scaling(standardised, TablePreprocessor.fromMap(map), array(means), array(deviations));
    }

    private static float[] array(List<Float> values) {
        float[] array = new float[values.size()];
        for (int i = 0; i < array.length; i++) {
            array[i] = values.get(i);
        }
        return array;
    }

    /**
     * Returns the means of a regression's targets.
     *
     * @throws InvalidArgumentException if a target is too large or too small for the float32 numbers that a model gives
     */
    float[] targetMeans() {
        double[] zero = standardised.restoreTargets(new float[standardised.outputSize()])[0];
        float[] means = new float[zero.length];
        for (int i = 0; i < means.length; i++) {
            double deviation = standardised.targetDeviation(i);
            if (Math.abs(zero[i]) > EXTREME || deviation > EXTREME || deviation < 1 / EXTREME) {
                throw new InvalidArgumentException("[train] expected values that fit float32 in the target '"
                        + standardised.targetColumns().get(i) + "', got a mean of " + zero[i] + " and a deviation of " + deviation
                        + "; use another unit");
            }
            means[i] = (float) zero[i];
        }
        return means;
    }

    /** Returns the standard deviations of a regression's targets. */
    float[] targetDeviations() {
        float[] deviations = new float[standardised.outputSize()];
        for (int i = 0; i < deviations.length; i++) {
            deviations[i] = (float) standardised.targetDeviation(i);
        }
        return deviations;
    }
}
