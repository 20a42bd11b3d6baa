// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.charts;

import dev.ashlar.type.InvalidArgumentException;

/**
 * One target of a regression. The arrays are not copied.
 *
 * @param name the target's name for the legend
 * @param truth the values in the data
 * @param predicted the model's values for the same rows
 */
public record FitSeries(String name, double[] truth, double[] predicted) {
    /**
     * @throws InvalidArgumentException if the arrays differ in length
     */
    public FitSeries {
        if (truth.length != predicted.length) {
            throw new InvalidArgumentException("[fit plot] expected a prediction for each of " + truth.length + " rows of '" + name
                    + "', got "
                    + predicted.length);
        }
    }
}
