// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.tutorials;

import dev.ashlar.Device;
import dev.ashlar.Tensor;
import dev.ashlar.autograd.Autograd;
import dev.ashlar.charts.Plot;
import dev.ashlar.charts.Regions;
import dev.ashlar.nn.Layer;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.stream.IntStream;

/** What several tutorials show in the same way. */
final class Shown {
    /** Fine enough for a smooth border, and few enough for one batch. */
    private static final int PLACES = 200;

    private Shown() {}

    /** Returns a number as {@code %g} of C writes it: six digits, none of them needless. */
    static String brief(double value) {
        return new BigDecimal(value).round(new MathContext(6)).stripTrailingZeros().toPlainString();
    }

    /**
     * Asks a classifier about a part of the plane.
     *
     * @param model from [places, 2] to a logit of class 1, [places, 1], or one for each class, [places, classes]
     */
    static Regions regions(Layer model, Device device, double xLow, double xHigh, double yLow, double yHigh) {
        Tensor places = Tensor.of(Regions.places(xLow, xHigh, yLow, yHigh, PLACES, PLACES), (long) PLACES * PLACES, 2).to(device);
        try (var _ = Autograd.noGrad()) {
            Tensor logits = model.forward(places);
            Tensor classes = logits.size(1) == 1 ? logits.squeeze(1).sigmoid() : logits.argmax(1);
            return new Regions(xLow, xHigh, yLow, yHigh, PLACES, classes.toDoubleArray());
        }
    }

    /** Adds a series for each class. */
    static Plot classes(Plot plot, double[] x, double[] y, long[] classes, String... names) {
        for (int each = 0; each < names.length; each++) {
            int wanted = each;
            int[] rows = IntStream.range(0, classes.length).filter(row -> classes[row] == wanted).toArray();
            plot.color(each).dots(names[each], choose(x, rows), choose(y, rows));
        }
        return plot;
    }

    private static double[] choose(double[] values, int[] rows) {
        return IntStream.of(rows).mapToDouble(row -> values[row]).toArray();
    }
}
