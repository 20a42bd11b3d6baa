// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.charts;

import dev.ashlar.type.InvalidArgumentException;
import java.awt.Graphics2D;
import java.util.List;
import org.knowm.xchart.internal.chartpart.IChart;

/** Plots side by side, in rows from the top, each as large as the first. */
public final class Panels extends Drawing {
    private final List<IChart> charts;
    private final int columns;

    /**
     * @param columns plots in a row, 1 or more
     * @param plots at least one
     */
    public Panels(int columns, List<Plot> plots) {
        if (columns < 1 || plots.isEmpty()) {
            throw new InvalidArgumentException("[panels] expected 1 or more columns and plots, got " + columns + " columns and "
                    + plots.size() + " plots");
        }
        this.columns = Math.min(columns, plots.size());
        this.charts = plots.stream().map(Plot::chart).toList();
    }

    @Override
    IChart chart() {
        int width = charts.getFirst().getWidth();
        int height = charts.getFirst().getHeight();
        int rows = Math.ceilDiv(charts.size(), columns);
        return new IChart() {
            @Override
            public void paint(Graphics2D graphics, int ignoredWidth, int ignoredHeight) {
                for (int i = 0; i < charts.size(); i++) {
                    int x = i % columns * width;
                    int y = i / columns * height;
                    graphics.translate(x, y);
                    charts.get(i).paint(graphics, width, height);
                    graphics.translate(-x, -y);
                }
            }

            @Override
            public int getWidth() {
                return columns * width;
            }

            @Override
            public int getHeight() {
                return rows * height;
            }

            @Override
            public String getTitle() {
                return charts.getFirst().getTitle();
            }
        };
    }
}
