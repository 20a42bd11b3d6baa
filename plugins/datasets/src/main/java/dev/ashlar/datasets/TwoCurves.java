// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.datasets;

import dev.ashlar.Generator;

/** Points on two curves of the plane, with noise: the first curve is class 0. */
abstract sealed class TwoCurves<S extends TwoCurves<S>> extends SyntheticSettings<S> permits MakeCircles, MakeMoons {
    private final String name;
    private int first = 50;
    private int second = 50;
    private double noise = -1;

    TwoCurves(String name) {
        this.name = name;
    }

    /** Sets the number of samples; half of them, rounded down, lie on the outer curve. 100 from the start. Returns this. */
    public S nSamples(int count) {
        Synthetic.atLeast(name + " nSamples", 0, count);
        return nSamples(count / 2, count - count / 2);
    }

    /** Sets how many samples lie on the outer curve and on the inner one. Returns this. */
    public S nSamples(int outer, int inner) {
        first = Synthetic.atLeast(name + " nSamples", 0, outer);
        second = Synthetic.atLeast(name + " nSamples", 0, inner);
        return self();
    }

    /** Sets the standard deviation of what is added to the points; there is no noise from the start. Returns this. */
    public S noise(double deviation) {
        noise = Synthetic.notNegative(name + " noise", deviation);
        return self();
    }

    /** Writes one point of a curve. */
    abstract void point(boolean outer, int i, int count, double[] target, int at);

    /** Draws the samples. */
    public Synthetic.Classes make() {
        Generator random = source();
        DoubleMatrix x = DoubleMatrix.allocate(first + second, 2);
        long[] y = new long[x.rows()];
        for (int i = 0; i < y.length; i++) {
            boolean outer = i < first;
            point(outer, outer ? i : i - first, outer ? first : second, x.values(), 2 * i);
            y[i] = outer ? 0 : 1;
        }
        Synthetic.Classes made = shuffled(random, x, y);
        double[] values = made.x().values();
        // No noise draws nothing; noise of 0 draws as many numbers as any.
        for (int i = 0; noise >= 0 && i < values.length; i++) {
            values[i] += noise * random.nextGaussian();
        }
        return made;
    }
}
