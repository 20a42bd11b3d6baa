// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.datasets;

/**
 * Standardisation of one numeric column.
 *
 * @param mean the mean over the training rows
 * @param deviation the standard deviation over the training rows (divided by n), 1 for a constant column; positive
 */
record Scale(double mean, double deviation) {
    /** Below this part of the largest value a deviation is only rounding. */
    private static final double CONSTANT = 1e-12;

    static Scale of(Column.Numeric column) {
        int count = column.size();
        double sum = 0;
        double largest = 0;
        for (int row = 0; row < count; row++) {
            sum += column.value(row) / count;
            largest = Math.max(largest, Math.abs(column.value(row)));
        }
        double mean = sum;
        // Divided by the largest value first, so that squares neither overflow nor vanish.
        double unit = largest > 0 ? largest : 1;
        double squares = 0;
        for (int row = 0; row < count; row++) {
            double difference = (column.value(row) - mean) / unit;
            squares += difference * difference;
        }
        double relative = Math.sqrt(squares / count);
        return new Scale(mean, relative <= CONSTANT ? 1 : relative * unit);
    }

    float standardise(double value) {
        return (float) ((value - mean) / deviation);
    }

    double restore(double standardised) {
        return standardised * deviation + mean;
    }
}
