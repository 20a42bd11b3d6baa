// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.random;

import dev.ashlar.type.InvalidArgumentException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Draws from a finite set in the order in which numpy does.
 *
 * @see <a href="https://numpy.org/doc/stable/reference/random/generated/numpy.random.choice.html">numpy.random.choice</a>
 */
public final class Choosing {
    private static final double TOLERANCE = 1e-8;

    private Choosing() {}

    public static long[] choose(HostRandom source, int n, int count, boolean replace, double @Nullable [] p) {
        check(n, count, replace, p);
        long[] chosen = new long[count];
        if (count == 0) {
            return chosen;
        }
        if (p == null) {
            if (replace) {
                source.integers(chosen, 0, n);
                return chosen;
            }
            return Arrays.copyOf(source.permutation(n), count);
        }
        if (replace) {
            double[] cumulative = cumulative(p);
            for (int i = 0; i < count; i++) {
                chosen[i] = position(cumulative, source.nextDouble());
            }
            return chosen;
        }
        return distinct(source, n, count, p.clone());
    }

    private static void check(int n, int count, boolean replace, double @Nullable [] p) {
        if (n < 1 && count > 0 || count < 0) {
            throw new InvalidArgumentException("[choice] expected something to choose from and a count >= 0, got " + count + " of " + n
                    + "; pass n >= 1");
        }
        if (!replace && count > n) {
            throw new InvalidArgumentException("[choice] expected a count of at most " + n + " without replacement, got " + count
                    + "; draw fewer, or with replacement");
        }
        if (p == null) {
            return;
        }
        double sum = 0;
        int positive = 0;
        for (double value : p) {
            sum += value;
            positive += value > 0 ? 1 : 0;
        }
        boolean negative = Arrays.stream(p).anyMatch(value -> !(value >= 0));
        if (p.length != n || negative || Math.abs(sum - 1) > TOLERANCE) {
            throw new InvalidArgumentException("[choice] expected " + n + " probabilities >= 0 that sum to 1, got " + p.length
                    + " with the sum " + sum + "; divide them by their sum");
        }
        if (!replace && positive < count) {
            throw new InvalidArgumentException("[choice] expected at least " + count + " probabilities above 0 without replacement, got "
                    + positive + "; draw fewer, or with replacement");
        }
    }

    private static double[] cumulative(double[] p) {
        double[] sums = p.clone();
        for (int i = 1; i < sums.length; i++) {
            sums[i] += sums[i - 1];
        }
        double total = sums[sums.length - 1];
        for (int i = 0; i < sums.length; i++) {
            sums[i] /= total;
        }
        return sums;
    }

    /** Returns the first position whose sum is above the number. */
    private static int position(double[] cumulative, double number) {
        int low = 0;
        int high = cumulative.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (cumulative[middle] <= number) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Draws as many as are missing, keeps each new number once, and goes on without those found. */
    private static long[] distinct(HostRandom source, int n, int count, double[] p) {
        long[] chosen = new long[count];
        boolean[] taken = new boolean[n];
        int found = 0;
        while (found < count) {
            double[] drawn = new double[count - found];
            for (int i = 0; i < drawn.length; i++) {
                drawn[i] = source.nextDouble();
            }
            for (int i = 0; i < found; i++) {
                p[(int) chosen[i]] = 0;
            }
            double[] cumulative = cumulative(p);
            for (double number : drawn) {
                int place = position(cumulative, number);
                if (!taken[place]) {
                    taken[place] = true;
                    chosen[found++] = place;
                }
            }
        }
        return chosen;
    }
}
