// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.tutorials;

import dev.ashlar.Device;
import dev.ashlar.Tensor;
import dev.ashlar.autograd.Autograd;
import dev.ashlar.charts.Drawing;
import dev.ashlar.charts.Panels;
import dev.ashlar.charts.Plot;
import dev.ashlar.datasets.Synthetic;
import dev.ashlar.nn.Layer;
import dev.ashlar.nn.Sequential;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The pictures of {@link Lecture}. */
final class LecturePictures {
    private static final int PANEL_WIDTH = 400;
    private static final int PANEL_HEIGHT = 320;
    private static final int PLACES = 300;

    private LecturePictures() {}

    static double[] ends(double[] x) {
        return new double[] {Arrays.stream(x).min().orElseThrow(), Arrays.stream(x).max().orElseThrow()};
    }

    static Plot regression(String title, double[] x, double[] y) {
        return new Plot(title, "x", "y").dots("data", x, y);
    }

    static Plot fit(String title, double[] x, double[] y, Layer model, Device device, double @Nullable [] yRange) {
        Tensor places = places(x);
        Plot plot = regression(title, x, y);
        if (yRange != null) {
            plot.yRange(yRange[0], yRange[1]);
        }
        return plot.line("model", places.toDoubleArray(), values(model, places, device));
    }

    private static Tensor places(double[] x) {
        double[] ends = ends(x);
        return Tensor.linspace(ends[0], ends[1], PLACES);
    }

    private static double[] values(Layer model, Tensor places, Device device) {
        try (var _ = Autograd.noGrad()) {
            return model.forward(places.unsqueeze(1).to(device)).flatten().toDoubleArray();
        }
    }

    /** Draws what each hidden node makes of the input, and what comes out of their sum. */
    static Drawing nodes(double[] x, Sequential model, Device device) {
        Tensor places = places(x);
        double[] at = places.toDoubleArray();
        List<Plot> plots = new ArrayList<>();
        try (var _ = Autograd.noGrad()) {
            Tensor hidden = model.get(1).forward(model.get(0).forward(places.unsqueeze(1).to(device)));
            for (int node = 0; node < hidden.size(1); node++) {
                plots.add(new Plot("Hidden node " + (node + 1), "x", "output of the sigmoid", PANEL_WIDTH, PANEL_HEIGHT)
                        .yRange(0, 1).line("_node", at, hidden.select(1, node).toDoubleArray()));
            }
        }
        plots.add(new Plot("Prediction", "x", "weighted sum of the nodes", PANEL_WIDTH, PANEL_HEIGHT).color(1)
                .line("_prediction", at, values(model, places, device)));
        return new Panels(2, plots);
    }

    static Drawing activations(Tensor x, List<Layer> functions) {
        double[] at = x.toDoubleArray();
        return new Panels(3, functions.stream().map(function -> new Plot(function.getClass().getSimpleName(), "x", "f(x)", PANEL_WIDTH,
                PANEL_HEIGHT).line("_f", at, function.forward(x).toDoubleArray())).toList());
    }

    /** @param model what colours the ground; null for the data alone */
    static Plot classification(String title, Synthetic.Classes data, @Nullable Layer model, Device device) {
        Plot plot = new Plot(title, "x1", "x2", 720, 560).legendOutside();
        double[] x = data.x().column(0);
        double[] y = data.x().column(1);
        double[] xEnds = wider(ends(x));
        double[] yEnds = wider(ends(y));
        if (model != null) {
            plot.regions(Shown.regions(model, device, xEnds[0], xEnds[1], yEnds[0], yEnds[1]));
        }
        int count = (int) Arrays.stream(data.y()).max().orElseThrow() + 1;
        return Shown.classes(plot, x, y, data.y(), IntStream.range(0, count).mapToObj(each -> "class " + each).toArray(String[]::new));
    }

    private static double[] wider(double[] ends) {
        double margin = 0.1 * (ends[1] - ends[0]);
        return new double[] {ends[0] - margin, ends[1] + margin};
    }
}
