// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.charts;

import dev.ashlar.type.InvalidArgumentException;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.internal.chartpart.IChart;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Lines and dots over two axes, put together call by call.
 *
 * <pre>{@code
 * new Plot("Penguins", "flipper length (mm)", "body mass (g)")
 *         .dots("measured", x, y).line("model", gridX, gridY).write(folder, "penguins");
 * }</pre>
 *
 * <p>Series get colours in their order unless {@link #color} says otherwise. Values that are not finite are left out.
 */
public final class Plot extends Drawing {
    private static final int DOT = 7;
    /** A line is not wider than some seven hundred units, and each of its points makes the SVG longer. */
    private static final int SEGMENTS = 500;

    private final XYChart chart;
    private int next;
    private boolean named;
    private @Nullable Regions regions;
    private double lowestX = Double.POSITIVE_INFINITY;
    private double highestX = Double.NEGATIVE_INFINITY;

    /** Creates an empty plot of 800 x 560 units. */
    public Plot(String title, String xTitle, String yTitle) {
        this(title, xTitle, yTitle, Look.WIDTH, Look.HEIGHT);
    }

    /** Creates an empty plot of a size, in units of 2 x 2 pixels. */
    public Plot(String title, String xTitle, String yTitle, int width, int height) {
        chart = new XYChartBuilder().width(width).height(height).theme(Look.THEME)
                .title(title).xAxisTitle(xTitle).yAxisTitle(yTitle).build();
        Look.apply(chart.getStyler());
        chart.getStyler().setLegendPosition(LegendPosition.InsideNW).setMarkerSize(DOT);
    }

    /** Plots a loss for each epoch. The axis is logarithmic where the losses span two decades or more and none is 0 or below. */
    public static Plot ofLosses(String title, String yTitle, double[] losses) {
        Plot plot = new Plot(title, "epoch", yTitle).line("_loss", Charts.epochs(losses), losses);
        return Charts.spansDecades(losses) ? plot.logarithmic() : plot;
    }

    /** Sets the colour of the next series: 0 blue, 1 orange, 2 green, 3 purple, 4 brown, 5 grey. Returns this. */
    public Plot color(int number) {
        next = number;
        return this;
    }

    /**
     * Adds a dot for each pair of values. Returns this.
     *
     * @param name for the legend; a name that starts with {@code _} is not shown there
     */
    public Plot dots(String name, double[] x, double[] y) {
        XYSeries series = add(name, x, y, XYSeriesRenderStyle.Scatter);
        // On coloured regions only full colours can be told apart.
        series.setMarker(SeriesMarkers.CIRCLE).setMarkerColor(regions == null ? Look.translucentSeries(next) : Look.series(next));
        next++;
        return this;
    }

    /**
     * Adds a line through the points in their order. Returns this.
     *
     * @param name for the legend; a name that starts with {@code _} is not shown there
     */
    public Plot line(String name, double[] x, double[] y) {
        return line(name, x, y, new BasicStroke(2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND), Look.series(next++));
    }

    /** Adds a grey dashed line, for what is compared with. Returns this. */
    public Plot dashed(String name, double[] x, double[] y) {
        return line(name, x, y, Look.DASHED, Look.DASHED_COLOR);
    }

    private Plot line(String name, double[] x, double[] y, BasicStroke stroke, Color color) {
        XYSeries series = add(name, x, y, XYSeriesRenderStyle.Line);
        series.setLineColor(color).setLineStyle(stroke);
        series.setMarker(SeriesMarkers.NONE);
        return this;
    }

    private XYSeries add(String name, double[] x, double[] y, XYSeriesRenderStyle style) {
        if (x.length != y.length) {
            throw new InvalidArgumentException("[plot] expected as many values in x and y of '" + name + "', got " + x.length + " and "
                    + y.length);
        }
        Points points = style == XYSeriesRenderStyle.Line ? Points.of(x, y, SEGMENTS) : Points.of(x, y);
        if (points.isEmpty()) {
            throw new InvalidArgumentException("[plot] expected at least one finite point in '" + name + "', got none; a smaller learning "
                    + "rate may keep the training from diverging");
        }
        for (double value : points.x()) {
            lowestX = Math.min(lowestX, value);
            highestX = Math.max(highestX, value);
        }
        XYSeries series = chart.addSeries(name, points.x(), points.y());
        series.setXYSeriesRenderStyle(style);
        series.setShowInLegend(!name.startsWith("_"));
        named |= !name.startsWith("_");
        return series;
    }

    /** Colours the ground, and fits both axes to it. Dots that are added later are opaque. Returns this. */
    public Plot regions(Regions ground) {
        regions = ground;
        chart.getStyler().setPlotContentSize(1).setPlotBackgroundColor(new Color(0, true)).setChartBackgroundColor(new Color(0, true));
        chart.getStyler().setPlotGridLinesVisible(false);
        return xRange(ground.xLow(), ground.xHigh()).yRange(ground.yLow(), ground.yHigh());
    }

    /** Sets the ends of the horizontal axis. Returns this. */
    public Plot xRange(double low, double high) {
        chart.getStyler().setXAxisMin(low).setXAxisMax(high);
        return this;
    }

    /** Sets the ends of the vertical axis. Returns this. */
    public Plot yRange(double low, double high) {
        chart.getStyler().setYAxisMin(low).setYAxisMax(high);
        return this;
    }

    /** Makes the vertical axis logarithmic; all values are above 0. Returns this. */
    public Plot logarithmic() {
        chart.getStyler().setYAxisLogarithmic(true);
        return this;
    }

    /** Sets the diameter of the dots, 7 units from the start. Returns this. */
    public Plot dotSize(int units) {
        chart.getStyler().setMarkerSize(units);
        return this;
    }

    /** Puts the legend into the upper right corner instead of the left. Returns this. */
    public Plot legendRight() {
        chart.getStyler().setLegendPosition(LegendPosition.InsideNE);
        return this;
    }

    /** Puts the legend beside the plot, where it hides nothing. Returns this. */
    public Plot legendOutside() {
        chart.getStyler().setLegendPosition(LegendPosition.OutsideE);
        return this;
    }

    @Override
    IChart chart() {
        chart.getStyler().setLegendVisible(named);
        if (chart.getStyler().getXAxisMin() == null && lowestX < highestX) {
            // An axis that starts at the first of equally spaced values gets ticks of odd steps: 1, 5, 9 ... or -2.87, -1.95, ...
            double margin = 0.005 * (highestX - lowestX);
            chart.getStyler().setXAxisMin(lowestX - margin).setXAxisMax(highestX + margin);
        }
        Regions ground = regions;
        return ground == null ? chart : new Grounded(chart, ground);
    }

    /** A chart over coloured ground. Where its axes lie is known only when it has been painted once. */
    private record Grounded(XYChart chart, Regions regions) implements IChart {
        @Override
        public void paint(Graphics2D graphics, int width, int height) {
            BufferedImage trial = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
            Graphics2D unseen = trial.createGraphics();
            chart.paint(unseen, width, height);
            unseen.dispose();
            graphics.setColor(Color.WHITE);
            graphics.fillRect(0, 0, width, height);
            regions.paint(graphics, chart.getScreenXFromChart(regions.xLow()), chart.getScreenYFromChart(regions.yLow()),
                    chart.getScreenXFromChart(regions.xHigh()), chart.getScreenYFromChart(regions.yHigh()));
            chart.paint(graphics, width, height);
        }

        @Override
        public int getWidth() {
            return chart.getWidth();
        }

        @Override
        public int getHeight() {
            return chart.getHeight();
        }

        @Override
        public String getTitle() {
            return chart.getTitle();
        }
    }
}
