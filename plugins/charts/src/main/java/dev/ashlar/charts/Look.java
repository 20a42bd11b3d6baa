// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.charts;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.Locale;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.ChartTheme;

/** The colours and fonts that all pictures share. */
final class Look {
    static final ChartTheme THEME = ChartTheme.XChart;
    static final int WIDTH = 800;
    static final int HEIGHT = 560;

    /** Told apart by people with any kind of colour vision: blue, orange, green, purple, brown, grey. */
    private static final int[] SERIES = {0x0072B2, 0xD55E00, 0x009E73, 0x8E5AA8, 0x8C6D31, 0x595959};
    private static final Color INK = new Color(0x333333);
    private static final Color FAINT = new Color(0xE4E4E4);
    static final Color DASHED_COLOR = new Color(0x999999);
    static final BasicStroke DASHED = new BasicStroke(1.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, new float[] {6, 5}, 0);

    private Look() {
    }

    static Color series(int number) {
        return new Color(SERIES[number % SERIES.length]);
    }

    static Color translucentSeries(int number) {
        Color color = series(number);
        return new Color(color.getRed(), color.getGreen(), color.getBlue(), 150);
    }

    static Color ink() {
        return INK;
    }

    static void apply(AxesChartStyler styler) {
        styler.setLocale(Locale.ROOT);
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setPlotBackgroundColor(Color.WHITE);
        styler.setPlotBorderVisible(false);
        styler.setChartPadding(16);
        styler.setChartFontColor(INK);
        styler.setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 16));
        styler.setChartTitlePadding(10);
        styler.setChartTitleBoxVisible(false);
        styler.setLegendBorderColor(FAINT);
        styler.setLegendBackgroundColor(new Color(255, 255, 255, 220));
        styler.setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
        styler.setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
        styler.setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
        styler.setAxisTickLabelsColor(INK);
        styler.setAxisTickMarksColor(new Color(0x999999));
        styler.setPlotGridLinesColor(FAINT);
        styler.setPlotGridLinesStroke(new BasicStroke(1f));
        styler.setAntiAlias(true);
    }
}
