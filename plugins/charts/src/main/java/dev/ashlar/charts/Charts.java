// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.charts;

import dev.ashlar.type.InvalidArgumentException;
import java.awt.BasicStroke;
import java.awt.Color;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.HeatMapChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Draws what a training came to, as PNG files of 1600 x 1120 pixels. A file is written whole or not at all, and replaces an older one.
 *
 * <p>All methods throw {@link dev.ashlar.type.AshlarException} if the file cannot be written or the machine has no fonts. They may be
 * called from any thread.
 */
public final class Charts {
    /** From this ratio of the largest to the smallest loss on, a linear axis shows only the first epochs. */
    private static final double DECADES = 100;
    /** Up to so many epochs each has its own tick. */
    private static final int FEW_EPOCHS = 15;
    /** With more classes than this the numbers in the cells no longer fit. */
    private static final int MOST_CELLS_WITH_VALUES = 15;
    /** What fits below the plot, if every name has the length of the longest. */
    private static final int MOST_LEVEL_CHARACTERS = 80;

    private Charts() {
    }

    /**
     * Draws the loss of each epoch. The axis is logarithmic where the losses span two decades or more and none is 0 or below. Losses
     * that are not finite are left out.
     *
     * @param training one loss for each epoch
     * @param validation one for each epoch, or empty where no rows were held out
     * @throws InvalidArgumentException if no training loss is finite
     */
    public static void lossCurve(Path file, String title, double[] training, double[] validation) {
        Points trainingPoints = Points.of(epochs(training), training);
        Points validationPoints = Points.of(epochs(validation), validation);
        if (trainingPoints.isEmpty()) {
            throw new InvalidArgumentException("[loss curve] expected at least one finite loss, got " + training.length
                    + " losses, none of them finite; a smaller learning rate may keep the training from diverging");
        }
        XYChart chart = chart(title, "epoch", "loss");
        chart.getStyler().setLegendPosition(LegendPosition.InsideNE);
        if (training.length > FEW_EPOCHS) {
            // Equally spaced values from the axis' start on would get ticks of odd steps: 1, 5, 9 ...
            chart.getStyler().setXAxisMin(0.5);
        }
        addLine(chart, "training", trainingPoints, 0);
        if (!validationPoints.isEmpty()) {
            addLine(chart, "validation", validationPoints, 1);
        }
        if (spansDecades(trainingPoints.y(), validationPoints.y())) {
            chart.getStyler().setYAxisLogarithmic(true);
        }
        PictureFile.png(file, chart);
    }

    /** Returns whether finite values span so much that a linear axis would show only the largest; not if one is 0 or below. */
    static boolean spansDecades(double[]... series) {
        double smallest = Double.POSITIVE_INFINITY;
        double largest = 0;
        for (double[] values : series) {
            for (double value : values) {
                if (Double.isFinite(value)) {
                    smallest = Math.min(smallest, value);
                    largest = Math.max(largest, value);
                }
            }
        }
        return smallest > 0 && largest >= DECADES * smallest;
    }

    static double[] epochs(double[] losses) {
        return IntStream.rangeClosed(1, losses.length).asDoubleStream().toArray();
    }

    /**
     * Draws predictions against true values, with the diagonal on which a perfect model lies.
     *
     * @param series at least one target; several share the axes
     * @throws InvalidArgumentException if no target has a row whose two values are finite
     */
    public static void predictedAgainstTrue(Path file, String title, List<FitSeries> series) {
        XYChart chart = chart(title, "true", "predicted");
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        List<Points> all = new ArrayList<>();
        for (FitSeries each : series) {
            Points points = Points.of(each.truth(), each.predicted());
            all.add(points);
            for (double[] values : List.of(points.x(), points.y())) {
                for (double value : values) {
                    low = Math.min(low, value);
                    high = Math.max(high, value);
                }
            }
        }
        if (low > high) {
            throw noPoints();
        }
        double margin = high > low ? (high - low) * 0.04 : 1;
        addDiagonal(chart, low - margin, high + margin);
        for (int i = 0; i < series.size(); i++) {
            if (!all.get(i).isEmpty()) {
                addDots(chart, series.get(i).name(), all.get(i), i);
            }
        }
        chart.getStyler().setLegendPosition(LegendPosition.InsideNW).setPlotContentSize(1);
        chart.getStyler().setXAxisMin(low - margin).setXAxisMax(high + margin).setYAxisMin(low - margin).setYAxisMax(high + margin);
        PictureFile.png(file, chart);
    }

    /**
     * Draws the data of a single numeric feature with the curve that was fitted through it.
     *
     * @param feature the name of the horizontal axis
     * @param target the name of the vertical axis
     * @param x the feature of each row
     * @param y the target of each row
     * @param curveX where the curve was computed, ascending
     * @param curveY the model's values there
     * @throws InvalidArgumentException if two arrays that belong together differ in length, or nothing in them is finite
     */
    public static void fittedCurve(Path file, String title, String feature, String target, double[] x, double[] y, double[] curveX,
            double[] curveY) {
        requireEqualLength("data", x, y);
        requireEqualLength("curve", curveX, curveY);
        Points data = Points.of(x, y);
        Points curve = Points.of(curveX, curveY);
        if (data.isEmpty() || curve.isEmpty()) {
            throw noPoints();
        }
        XYChart chart = chart(title, feature, target);
        addDots(chart, "data", data, 0);
        addLine(chart, "model", curve, 1);
        chart.getStyler().setLegendPosition(LegendPosition.InsideNW);
        PictureFile.png(file, chart);
    }

    /**
     * Draws a confusion matrix: a row for each true class, from the top, and a column for each predicted one.
     *
     * @param classes the names of the classes, at least one
     * @param counts {@code counts[t][p]} rows of true class {@code t} were predicted as {@code p}
     * @throws InvalidArgumentException if the matrix is not square or does not have the size of {@code classes}
     */
    public static void confusionMatrix(Path file, String title, List<String> classes, long[][] counts) {
        int size = classes.size();
        if (size == 0 || counts.length != size || Arrays.stream(counts).anyMatch(row -> row.length != size)) {
            throw new InvalidArgumentException("[confusion matrix] expected " + size + " x " + size + " counts for the classes " + classes
                    + ", got " + counts.length + " rows");
        }
        HeatMapChart chart = new HeatMapChartBuilder().width(Look.WIDTH).height(Look.HEIGHT).theme(Look.THEME)
                .title(title).xAxisTitle("predicted").yAxisTitle("true").build();
        Look.apply(chart.getStyler());
        boolean legible = size <= MOST_CELLS_WITH_VALUES;
        chart.getStyler().setPlotContentSize(1).setDecimalPattern("#").setLegendPosition(LegendPosition.OutsideE)
                .setLegendVisible(!legible);
        chart.getStyler().setPlotGridLinesVisible(false);
        chart.getStyler().setRangeColors(new Color[] {Color.WHITE, new Color(0x7FB8DA)}).setMin(0);
        chart.getStyler().setShowValue(legible).setValueFontColor(Look.ink()).setHeatMapValueDecimalPattern("#");
        if (legible) {
            // A tick for every class; slanted where the names would run into each other.
            int longest = classes.stream().mapToInt(String::length).max().orElse(0);
            chart.getStyler().setXAxisTickMarkSpacingHint(1).setXAxisLabelRotation(longest * size > MOST_LEVEL_CHARACTERS ? 45 : 0);
        }
        // The axis counts upwards, whereas a matrix is read from the top.
        List<String> fromBottom = new ArrayList<>(classes);
        Collections.reverse(fromBottom);
        List<Number[]> cells = new ArrayList<>();
        for (int predicted = 0; predicted < size; predicted++) {
            for (int row = 0; row < size; row++) {
                cells.add(new Number[] {predicted, row, counts[size - 1 - row][predicted]});
            }
        }
        chart.addSeries("rows", classes, fromBottom, cells);
        PictureFile.png(file, chart);
    }

    private static XYChart chart(String title, String xTitle, String yTitle) {
        XYChart chart = new XYChartBuilder().width(Look.WIDTH).height(Look.HEIGHT).theme(Look.THEME)
                .title(title).xAxisTitle(xTitle).yAxisTitle(yTitle).build();
        Look.apply(chart.getStyler());
        return chart;
    }

    private static void addLine(XYChart chart, String name, Points points, int color) {
        XYSeries series = chart.addSeries(name, points.x(), points.y());
        series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Line);
        series.setLineColor(Look.series(color)).setLineStyle(new BasicStroke(2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        // A line needs two points to be seen.
        series.setMarker(points.x().length == 1 ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
        series.setMarkerColor(Look.series(color));
    }

    private static void addDots(XYChart chart, String name, Points points, int color) {
        XYSeries series = chart.addSeries(name, points.x(), points.y());
        series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
        series.setMarker(SeriesMarkers.CIRCLE).setMarkerColor(Look.translucentSeries(color));
        chart.getStyler().setMarkerSize(7);
    }

    private static void addDiagonal(XYChart chart, double from, double to) {
        XYSeries series = chart.addSeries("perfect", new double[] {from, to}, new double[] {from, to});
        series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Line);
        series.setMarker(SeriesMarkers.NONE);
        series.setLineColor(Look.DASHED_COLOR).setLineStyle(Look.DASHED);
    }

    private static void requireEqualLength(String what, double[] x, double[] y) {
        if (x.length != y.length) {
            throw new InvalidArgumentException("[fit plot] expected as many values as places in the " + what + ", got " + x.length
                    + " places and " + y.length + " values");
        }
    }

    private static InvalidArgumentException noPoints() {
        return new InvalidArgumentException("[fit plot] expected at least one row whose values are finite, got none; a smaller learning rate "
                + "may keep the training from diverging");
    }
}
