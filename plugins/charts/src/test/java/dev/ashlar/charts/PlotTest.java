// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ashlar.type.InvalidArgumentException;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlotTest {
    private static final double[] X = {0, 1, 2, 3};
    private static final double[] Y = {1, 3, 2, 4};

    @TempDir
    private Path folder;

    private BufferedImage png(Drawing drawing) throws IOException {
        drawing.write(folder, "plot");
        return ImageIO.read(folder.resolve("plot.png").toFile());
    }

    private String svg(Drawing drawing) throws IOException {
        drawing.write(folder, "plot");
        return Files.readString(folder.resolve("plot.svg"));
    }

    private static long count(BufferedImage image, int fromColumn, int toColumn, IntPredicate wanted) {
        return IntStream.range(fromColumn, toColumn).mapToLong(column -> IntStream.range(0, image.getHeight())
                .filter(row -> wanted.test(image.getRGB(column, row))).count()).sum();
    }

    private static boolean bluish(int rgb) {
        Color color = new Color(rgb);
        return color.getBlue() - color.getRed() > 30;
    }

    private static boolean orangish(int rgb) {
        Color color = new Color(rgb);
        return color.getRed() - color.getBlue() > 30;
    }

    @Test
    void linesAndDotsGetColoursInTheirOrder() throws IOException {
        BufferedImage image = png(new Plot("Both", "x", "y").dots("dots", X, Y).line("line", X, Y));
        assertThat(image.getWidth()).isEqualTo(1600);
        assertThat(image.getHeight()).isEqualTo(1120);
        assertThat(count(image, 0, 1600, PlotTest::bluish)).isGreaterThan(300);
        assertThat(count(image, 0, 1600, PlotTest::orangish)).isGreaterThan(2000);
    }

    @Test
    void theSvgHasTheDotsAndTheLine() throws IOException {
        String text = svg(new Plot("Both", "x", "y").dots("dots", X, Y).line("line", X, Y));
        // Four dots and the one of the legend.
        assertThat(text.split("<ellipse", -1)).hasSize(6);
        assertThat(text.lines().filter(line -> line.contains("polyline") && line.contains("rgb(213,94,0)"))
                .map(line -> line.replaceAll(".*points=\"", "").split(" ").length)).contains(4);
        assertThat(text.length()).isLessThan(60_000);
    }

    /** Two classes, the left half of the plane and the right one. */
    @Test
    void theGroundIsColouredByClass() throws IOException {
        double[] classes = IntStream.range(0, 100).mapToDouble(i -> i % 10 < 5 ? 0 : 1).toArray();
        BufferedImage image = png(new Plot("Halves", "x", "y").regions(new Regions(-1, 1, -1, 1, 10, classes))
                .dots("_middle", new double[] {0}, new double[] {0}));
        int middle = image.getWidth() / 2;
        assertThat(count(image, 200, middle - 200, PlotTest::bluish)).isGreaterThan(200_000);
        assertThat(count(image, 200, middle - 200, PlotTest::orangish)).isZero();
        assertThat(count(image, middle + 200, 1500, PlotTest::orangish)).isGreaterThan(200_000);
        assertThat(count(image, middle + 200, 1500, PlotTest::bluish)).isZero();
        assertThat(svg(new Plot("Halves", "x", "y").regions(new Regions(-1, 1, -1, 1, 10, classes)).dots("_middle", new double[] {0},
                new double[] {0}))).contains("<image");
    }

    @Test
    void placesOfAGridRunFromTheLowerLeft() {
        assertThat(Regions.places(0, 4, 10, 12, 2, 2)).containsExactly(1, 10.5f, 3, 10.5f, 1, 11.5f, 3, 11.5f);
    }

    @Test
    void panelsLieInRows() throws IOException {
        List<Plot> plots = Collections.nCopies(3, null).stream().map(_ -> new Plot("One", "x", "y", 300, 200).line("_line", X, Y)).toList();
        BufferedImage image = png(new Panels(2, plots));
        assertThat(image.getWidth()).isEqualTo(1200);
        assertThat(image.getHeight()).isEqualTo(800);
        assertThat(count(image, 0, 600, PlotTest::bluish)).isGreaterThan(count(image, 600, 1200, PlotTest::bluish));
    }

    @Test
    void lossesOverDecadesGetALogarithmicAxis() throws IOException {
        BufferedImage steep = png(Plot.ofLosses("Loss", "loss", new double[] {1000, 100, 10, 1}));
        double middle = IntStream.range(0, steep.getHeight()).filter(row -> bluish(steep.getRGB(steep.getWidth() / 2, row))).average()
                .orElseThrow();
        // A linear axis would have it in the lowest tenth.
        assertThat(middle).isBetween(300.0, 800.0);
    }

    @Test
    void aLongLineReachesItsEnd() throws IOException {
        double[] x = IntStream.range(0, 5000).asDoubleStream().toArray();
        BufferedImage image = png(new Plot("Long", "x", "y").line("_line", x, x));
        assertThat(count(image, image.getWidth() - 250, image.getWidth(), PlotTest::bluish)).isGreaterThan(100);
        assertThat(svg(new Plot("Long", "x", "y").line("_line", x, x)).length()).isLessThan(60_000);
    }

    @Test
    void badInputIsRefused() {
        assertThatExceptionOfType(InvalidArgumentException.class).isThrownBy(() -> new Plot("t", "x", "y").dots("d", X, new double[3]))
                .withMessageContaining("4 and 3");
        assertThatExceptionOfType(InvalidArgumentException.class)
                .isThrownBy(() -> new Plot("t", "x", "y").line("l", X, new double[] {Double.NaN, Double.NaN, Double.NaN, Double.NaN}))
                .withMessageContaining("finite");
        assertThatExceptionOfType(InvalidArgumentException.class).isThrownBy(() -> new Regions(0, 1, 0, 1, 3, new double[4]));
        assertThatExceptionOfType(InvalidArgumentException.class).isThrownBy(() -> new Panels(2, List.of()));
    }

    @Test
    void segmentsOfOneLineAreJoinedAndOthersKept() {
        String slim = SlimSvg.of("""
                <line style="a" x1="0" x2="1.23456" y1="0" y2="1"/>
                <line style="a" x1="1.23456" x2="2" y1="1" y2="0"/>
                <line style="a" x1="5" x2="6" y1="5" y2="5"/>
                <path d="M1.23456,2"/>
                <ellipse cx="1" cy="2" rx="3" ry="3" style="s"/>
                <ellipse cx="2" cy="2" rx="3" ry="3" style="s"/>
                """);
        assertThat(slim).isEqualTo("""
                <polyline style="a" points="0,0 1.23,1 2,0"/>
                <polyline style="a" points="5,5 6,5"/>
                <path d="M1.2,2"/>
                <g style="s">
                <ellipse cx="1" cy="2" rx="3" ry="3"/>
                <ellipse cx="2" cy="2" rx="3" ry="3"/>
                </g>
                """);
    }
}
