// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import dev.ashlar.Generator;
import dev.ashlar.Tensor;
import dev.ashlar.type.DType;
import dev.ashlar.type.DTypeMismatchException;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.Shape;
import dev.ashlar.type.ShapeMismatchException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Random numbers that depend on values which the host must see: weights and rates. */
public final class HostDrawing {
    /** Rates from here on are drawn by rejection. */
    private static final double LARGE_RATE = 10;

    private static final double[] LANCZOS = {
        0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905,
        -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7
    };

    private HostDrawing() {}

    // ---- multinomial ------------------------------------------------------------------------------------------------------------

    /** Positions drawn by weight: [n] to [count], [rows, n] to [rows, count]. */
    public static Tensor multinomial(Tensor weights, long count, boolean replacement, Generator generator) {
        if (weights.dim() != 1 && weights.dim() != 2) {
            throw new ShapeMismatchException("[multinomial] expected weights of 1 or 2 dimensions, got shape " + weights.shape()
                    + "; reshape them to [rows, n]");
        }
        if (!weights.dtype().isFloatingPoint()) {
            throw new DTypeMismatchException("[multinomial] expected floating-point weights, got " + weights.dtype()
                    + "; cast them with to(DType.FLOAT32)");
        }
        int n = Math.toIntExact(weights.size(-1));
        if (count < 1) {
            throw new InvalidArgumentException("[multinomial] expected a count >= 1, got " + count + "; ask for at least one");
        }
        if (!replacement && count > n) {
            throw new InvalidArgumentException("[multinomial] expected a count of at most " + n + " without replacement, got " + count
                    + "; draw fewer, or with replacement");
        }
        int rows = weights.dim() == 1 ? 1 : Math.toIntExact(weights.size(0));
        int each = Math.toIntExact(count);
        double[] values = weights.toDoubleArray();
        for (int row = 0; row < rows; row++) {
            check(values, row * n, n);
        }
        boolean single = weights.dtype() != DType.FLOAT64;
        long[] chosen = new long[rows * each];
        synchronized (generator) {
            if (replacement && each > 1) {
                for (int row = 0; row < rows; row++) {
                    bySum(values, row * n, n, single, generator, chosen, row * each, each);
                }
            } else {
                race(values, rows, n, single, generator, chosen, each);
            }
        }
        Shape shape = weights.dim() == 1 ? Shape.of(count) : Shape.of(rows, count);
        return Drawing.upload(chosen, shape, Primitives.runtime(weights));
    }

    private static void check(double[] values, int start, int n) {
        double sum = 0;
        for (int i = start; i < start + n; i++) {
            if (!(values[i] >= 0) || Double.isInfinite(values[i])) {
                throw new InvalidArgumentException("[multinomial] expected finite weights >= 0, got " + values[i]
                        + "; clamp them, and look for NaN");
            }
            sum += values[i];
        }
        if (!(sum > 0)) {
            throw new InvalidArgumentException("[multinomial] expected a weight above 0 in each row, got the sum " + sum
                    + "; a row needs something to choose");
        }
    }

    private static double rounded(double value, boolean single) {
        return single ? (float) value : value;
    }

    private static void bySum(
            double[] values, int start, int n, boolean single, Generator generator, long[] chosen, int target, int each) {
        double[] sums = new double[n];
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum = rounded(sum + values[start + i], single);
            sums[i] = sum;
        }
        for (int i = 0; i < n; i++) {
            sums[i] = rounded(sums[i] / sum, single);
        }
        sums[n - 1] = 1;
        for (int i = 0; i < each; i++) {
            double drawn = generator.nextDouble();
            int low = 0;
            int high = n;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (sums[middle] < drawn) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            chosen[target + i] = low;
        }
    }

    /** Each position starts a clock of its weight's rate; those that ring first are chosen. */
    private static void race(double[] values, int rows, int n, boolean single, Generator generator, long[] chosen, int each) {
        for (int row = 0; row < rows; row++) {
            double[] scores = new double[n];
            for (int i = 0; i < n; i++) {
                double time = rounded(-Math.log1p(-generator.nextDouble()), single);
                scores[i] = values[row * n + i] == 0 ? 0 : rounded(values[row * n + i] / time, single);
            }
            int[] order = IntStream.range(0, n).boxed().sorted(Comparator.comparingDouble((Integer i) -> -scores[i]))
                    .mapToInt(Integer::intValue).toArray();
            for (int i = 0; i < each; i++) {
                chosen[row * each + i] = order[i];
            }
        }
    }

    // ---- poisson ----------------------------------------------------------------------------------------------------------------

    /**
     * Whole numbers with the rates given as means: by products of uniform numbers below 10, by transformed rejection from there on.
     *
     * @see <a href="https://doi.org/10.1016/0167-6687(93)90997-4">Hoermann: The transformed rejection method for generating Poisson random
     *     variables</a>
     */
    public static Tensor poisson(Tensor rates, Generator generator) {
        if (!rates.dtype().isFloatingPoint()) {
            throw new DTypeMismatchException("[poisson] expected floating-point rates, got " + rates.dtype()
                    + "; cast them with to(DType.FLOAT32)");
        }
        double[] values = rates.toDoubleArray();
        for (double rate : values) {
            if (!(rate >= 0)) {
                throw new InvalidArgumentException("[poisson] expected rates >= 0, got " + rate + "; clamp them");
            }
        }
        synchronized (generator) {
            Arrays.setAll(values, i -> values[i] < LARGE_RATE ? product(values[i], generator) : rejection(values[i], generator));
        }
        return Creation.of(values, rates.shape().toArray()).to(rates.dtype()).to(rates.device());
    }

    private static double product(double rate, Generator generator) {
        if (rate == 0) {
            return 0;
        }
        double limit = Math.exp(-rate);
        double product = generator.nextDouble();
        long count = 0;
        while (product > limit) {
            product *= generator.nextDouble();
            count++;
        }
        return count;
    }

    private static double rejection(double rate, Generator generator) {
        double logRate = Math.log(rate);
        double b = 0.931 + 2.53 * Math.sqrt(rate);
        double a = -0.059 + 0.02483 * b;
        double inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
        double accepted = 0.9277 - 3.6224 / (b - 2);
        while (true) {
            double u = generator.nextDouble() - 0.5;
            double v = generator.nextDouble();
            double us = 0.5 - Math.abs(u);
            double k = Math.floor((2 * a / us + b) * u + rate + 0.43);
            if (us >= 0.07 && v <= accepted) {
                return k;
            }
            if (k < 0 || us < 0.013 && v > us) {
                continue;
            }
            if (Math.log(v) + Math.log(inverseAlpha) - Math.log(a / (us * us) + b) <= -rate + k * logRate - logFactorial(k)) {
                return k;
            }
        }
    }

    /**
     * Lanczos' approximation of log k!, g = 7, n = 9.
     *
     * @see <a href="https://doi.org/10.1137/0701008">Lanczos: A precision approximation of the gamma function</a>
     */
    private static double logFactorial(double k) {
        double sum = LANCZOS[0];
        for (int i = 1; i < LANCZOS.length; i++) {
            sum += LANCZOS[i] / (k + i);
        }
        double t = k + 7.5;
        return 0.5 * Math.log(2 * Math.PI) + (k + 0.5) * Math.log(t) - t + Math.log(sum);
    }
}
