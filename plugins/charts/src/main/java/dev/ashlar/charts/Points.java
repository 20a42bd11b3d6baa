// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.charts;

import java.util.stream.IntStream;

/** The points of a series that can be drawn. */
record Points(double[] x, double[] y) {
    /** More than this many cannot be told apart on a picture, and only cost time. */
    private static final int MOST = 5000;

    /** Keeps what is finite; of very many points, equally spaced ones with the first and the last. */
    static Points of(double[] x, double[] y) {
        return of(x, y, MOST);
    }

    static Points of(double[] x, double[] y, int most) {
        int[] finite = IntStream.range(0, x.length).filter(i -> Double.isFinite(x[i]) && Double.isFinite(y[i])).toArray();
        int[] kept = finite.length <= most
                ? finite
                : IntStream.range(0, most).map(i -> finite[(int) ((long) i * (finite.length - 1) / (most - 1))]).toArray();
        return new Points(IntStream.of(kept).mapToDouble(i -> x[i]).toArray(), IntStream.of(kept).mapToDouble(i -> y[i]).toArray());
    }

    boolean isEmpty() {
        return x.length == 0;
    }
}
