// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.charts;

import dev.ashlar.type.InvalidArgumentException;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/**
 * What a classifier says of every place of the plane.
 *
 * @param xLow where the grid starts on the horizontal axis
 * @param xHigh where it ends
 * @param yLow where it starts on the vertical axis
 * @param yHigh where it ends
 * @param columns places in a row of the grid
 * @param classes the number of the class at each place, row by row from {@code yLow} on; between two numbers the colours are mixed, so
 *         that a probability of two classes may stand here too. Not copied
 */
public record Regions(double xLow, double xHigh, double yLow, double yHigh, int columns, double[] classes) {
    /** How much of a class' colour is left on the white ground. */
    private static final double TINT = 0.35;

    /**
     * @throws InvalidArgumentException if the grid has no whole rows or a range is empty
     */
    public Regions {
        if (columns < 1 || classes.length == 0 || classes.length % columns != 0 || !(xLow < xHigh) || !(yLow < yHigh)) {
            throw new InvalidArgumentException("[regions] expected whole rows of " + columns
                    + " places over a range that is not empty, got " + classes.length + " places from " + xLow + " to " + xHigh + " and "
                    + yLow + " to " + yHigh);
        }
    }

    /** Returns the coordinates of the grid's places, x0, y0, x1, y1, ..., as a model wants them: row by row. */
    public static float[] places(double xLow, double xHigh, double yLow, double yHigh, int columns, int rows) {
        float[] places = new float[2 * columns * rows];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                int at = 2 * (row * columns + column);
                places[at] = (float) (xLow + (xHigh - xLow) * (column + 0.5) / columns);
                places[at + 1] = (float) (yLow + (yHigh - yLow) * (row + 0.5) / rows);
            }
        }
        return places;
    }

    private int rows() {
        return classes.length / columns;
    }

    /** Fills the rectangle between two corners of the screen, lower left and upper right. */
    void paint(Graphics2D graphics, double left, double bottom, double right, double top) {
        int rows = rows();
        BufferedImage image = new BufferedImage(columns, rows, BufferedImage.TYPE_INT_RGB);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                image.setRGB(column, rows - 1 - row, tint(classes[row * columns + column]));
            }
        }
        Object before = graphics.getRenderingHint(RenderingHints.KEY_INTERPOLATION);
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
        graphics.drawImage(image, (int) Math.round(left), (int) Math.round(top), (int) Math.round(right - left),
                (int) Math.round(bottom - top), null);
        if (before != null) {
            graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, before);
        }
    }

    private static int tint(double value) {
        int lower = (int) Math.floor(value);
        Color from = Look.series(Math.max(lower, 0));
        Color to = Look.series(Math.max(lower, 0) + 1);
        double share = Math.clamp(value - lower, 0, 1);
        return new Color(mix(from.getRed(), to.getRed(), share), mix(from.getGreen(), to.getGreen(), share),
                mix(from.getBlue(), to.getBlue(), share)).getRGB();
    }

    private static int mix(int from, int to, double share) {
        return (int) Math.round(255 - TINT * (255 - (from + (to - from) * share)));
    }
}
