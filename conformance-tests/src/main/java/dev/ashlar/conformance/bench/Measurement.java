// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.bench;

import dev.ashlar.Device;
import java.util.Arrays;

/**
 * What came of a workload on a device.
 *
 * @param name of the workload
 * @param unit of the figures
 * @param higherIsBetter whether a larger figure is a better one
 * @param figures one for each sample, ascending
 * @param runs in each sample
 */
public record Measurement(String name, String unit, boolean higherIsBetter, double[] figures, long runs) {
    private static final int SAMPLES = 9;
    private static final double WARM_UP_SECONDS = 2;
    private static final double SAMPLE_SECONDS = 0.3;
    private static final int FEWEST_WARM_UP_RUNS = 3;

    /**
     * Sets a workload up, runs it until compilers have settled, and measures it several times. A sample is as many runs as fill a third
     * of a second, and ends when the device has done them all.
     */
    public static Measurement of(Workload workload, Device device) {
        try (workload) {
            workload.setUp(device);
            long warmUpRuns = 0;
            long start = System.nanoTime();
            double last = 0;
            while (warmUpRuns < FEWEST_WARM_UP_RUNS || seconds(start) < WARM_UP_SECONDS) {
                long begin = System.nanoTime();
                workload.run();
                device.synchronize();
                last = seconds(begin);
                warmUpRuns++;
            }
            long runs = Math.max(1, Math.round(SAMPLE_SECONDS / last));
            double[] figures = new double[SAMPLES];
            for (int sample = 0; sample < SAMPLES; sample++) {
                long begin = System.nanoTime();
                for (long run = 0; run < runs; run++) {
                    workload.run();
                }
                device.synchronize();
                figures[sample] = workload.figure(seconds(begin) / runs);
            }
            Arrays.sort(figures);
            return new Measurement(workload.name(), workload.unit(), workload.higherIsBetter(), figures, runs);
        }
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) * 1e-9;
    }

    /** Returns the figure in the middle. */
    public double median() {
        return figures[figures.length / 2];
    }

    public double min() {
        return figures[0];
    }

    public double max() {
        return figures[figures.length - 1];
    }
}
