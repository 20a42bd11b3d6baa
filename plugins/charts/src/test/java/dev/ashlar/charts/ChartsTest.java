// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ashlar.type.AshlarException;
import dev.ashlar.type.InvalidArgumentException;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChartsTest {
    private static final int BLUE = Look.series(0).getRGB();
    private static final int ORANGE = Look.series(1).getRGB();
    /** What a translucent blue dot leaves on white. */
    private static final IntPredicate BLUISH = rgb -> {
        Color color = new Color(rgb);
        return color.getBlue() - color.getRed() > 60;
    };
    private static final IntPredicate ORANGISH = rgb -> {
        Color color = new Color(rgb);
        return color.getRed() - color.getBlue() > 60;
    };

    @TempDir
    private Path folder;

    private static BufferedImage read(Path file) throws IOException {
        BufferedImage image = ImageIO.read(file.toFile());
        assertThat(image).as("a PNG").isNotNull();
        assertThat(image.getWidth()).isEqualTo(1600);
        assertThat(image.getHeight()).isEqualTo(1120);
        return image;
    }

    private static long count(BufferedImage image, IntPredicate wanted) {
        return IntStream.of(image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth())).filter(wanted).count();
    }

    /** Returns the mean row of the pixels of one colour in one column, from the top. */
    private static double row(BufferedImage image, int column, int rgb) {
        return IntStream.range(0, image.getHeight()).filter(y -> image.getRGB(column, y) == rgb).average().orElseThrow();
    }

    private static double[] exponential(double first, double last) {
        return IntStream.range(0, 200).mapToDouble(i -> first * Math.pow(last / first, i / 199.0)).toArray();
    }

    @Test
    void lossCurveShowsBothCurves() throws IOException {
        Path file = folder.resolve("loss.png");
        Charts.lossCurve(file, "Loss", exponential(1, 0.3), exponential(1.2, 0.5));

        BufferedImage image = read(file);
        assertThat(count(image, rgb -> rgb == BLUE)).isGreaterThan(2000);
        assertThat(count(image, rgb -> rgb == ORANGE)).isGreaterThan(2000);
    }

    @Test
    void lossCurveWithoutValidationShowsOne() throws IOException {
        Path file = folder.resolve("loss.png");
        Charts.lossCurve(file, "Loss", exponential(1, 0.3), new double[0]);

        BufferedImage image = read(file);
        assertThat(count(image, rgb -> rgb == BLUE)).isGreaterThan(2000);
        assertThat(count(image, rgb -> rgb == ORANGE)).isZero();
    }

    /** An exponential is a straight line on a logarithmic axis and hangs through on a linear one. */
    @Test
    void theAxisIsLogarithmicFromTwoDecadesOn() throws IOException {
        Path file = folder.resolve("loss.png");

        Charts.lossCurve(file, "Loss", exponential(1, 0.001), new double[0]);
        BufferedImage logarithmic = read(file);
        double middle = (row(logarithmic, 400, BLUE) + row(logarithmic, 1200, BLUE)) / 2;
        assertThat(row(logarithmic, 800, BLUE)).isBetween(middle - 6, middle + 6);

        Charts.lossCurve(file, "Loss", exponential(1, 0.05), new double[0]);
        BufferedImage linear = read(file);
        middle = (row(linear, 400, BLUE) + row(linear, 1200, BLUE)) / 2;
        assertThat(row(linear, 800, BLUE)).isGreaterThan(middle + 40);
    }

    @Test
    void lossesThatAreNotFiniteAreLeftOut() throws IOException {
        Path file = folder.resolve("loss.png");
        double[] losses = exponential(1, 0.3);
        Arrays.fill(losses, 100, 200, Double.NaN);
        losses[99] = Double.POSITIVE_INFINITY;
        Charts.lossCurve(file, "Loss", losses, new double[] {Double.NaN});

        assertThat(count(read(file), rgb -> rgb == BLUE)).isGreaterThan(1000);
    }

    @Test
    void oneEpochIsADot() throws IOException {
        Path file = folder.resolve("loss.png");
        Charts.lossCurve(file, "Loss", new double[] {0.5}, new double[0]);

        assertThat(row(read(file), 848, BLUE)).isBetween(100.0, 1000.0);
    }

    @Test
    void aDivergedTrainingIsRefused() {
        assertThatExceptionOfType(InvalidArgumentException.class)
                .isThrownBy(() -> Charts.lossCurve(folder.resolve("loss.png"), "Loss", new double[] {Double.NaN}, new double[0]))
                .withMessageContaining("none of them finite").withMessageContaining("smaller learning rate");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void fitPlotShowsEveryTarget() throws IOException {
        Path file = folder.resolve("fit.png");
        double[] truth = IntStream.range(0, 100).asDoubleStream().toArray();
        double[] better = Arrays.stream(truth).map(v -> v + 3).toArray();
        Charts.predictedAgainstTrue(file, "Fit", List.of(new FitSeries("a", truth, better), new FitSeries("b", better, truth)));

        BufferedImage image = read(file);
        assertThat(count(image, BLUISH)).isGreaterThan(1000);
        assertThat(count(image, ORANGISH)).isGreaterThan(1000);
    }

    @Test
    void fitPlotOfAConstantAndOfManyRows() throws IOException {
        Path file = folder.resolve("fit.png");
        Charts.predictedAgainstTrue(file, "Fit", List.of(new FitSeries("a", new double[] {5, 5}, new double[] {5, 5})));
        assertThat(count(read(file), BLUISH)).isGreaterThan(50);

        double[] many = IntStream.range(0, 300_000).asDoubleStream().toArray();
        Charts.predictedAgainstTrue(file, "Fit", List.of(new FitSeries("a", many, many)));
        assertThat(count(read(file), BLUISH)).isGreaterThan(1000);
    }

    @Test
    void fittedCurveShowsDataAndModel() throws IOException {
        Path file = folder.resolve("curve.png");
        double[] x = IntStream.range(0, 50).asDoubleStream().toArray();
        double[] y = Arrays.stream(x).map(v -> v * v).toArray();
        Charts.fittedCurve(file, "Fit", "x", "y", x, y, x, y);

        BufferedImage image = read(file);
        assertThat(count(image, BLUISH)).isGreaterThan(500);
        assertThat(count(image, rgb -> rgb == ORANGE)).isGreaterThan(2000);
    }

    @Test
    void confusionMatrixIsDarkWhereTheRowsAre() throws IOException {
        Path file = folder.resolve("confusion.png");
        Charts.confusionMatrix(file, "Confusion matrix", List.of("a", "b"), new long[][] {{0, 9}, {3, 0}});

        BufferedImage image = read(file);
        // True class a is the upper row; 9 of its rows were predicted as b, the right column.
        int upperRight = image.getRGB(1150, 200);
        int lowerLeft = image.getRGB(300, 900);
        assertThat(new Color(image.getRGB(300, 200))).isEqualTo(Color.WHITE);
        assertThat(new Color(image.getRGB(1150, 900))).isEqualTo(Color.WHITE);
        assertThat(new Color(upperRight).getRed()).isLessThan(new Color(lowerLeft).getRed());
        assertThat(new Color(lowerLeft).getRed()).isLessThan(255);
    }

    @Test
    void confusionMatrixOfManyClasses() throws IOException {
        Path file = folder.resolve("confusion.png");
        List<String> classes = IntStream.range(0, 60).mapToObj(i -> "class " + i).toList();
        long[][] counts = new long[60][60];
        for (int i = 0; i < 60; i++) {
            counts[i][i] = 10;
        }
        Charts.confusionMatrix(file, "Confusion matrix", classes, counts);

        assertThat(count(read(file), BLUISH)).isGreaterThan(5000);
    }

    @Test
    void argumentsThatDoNotFit() {
        assertThatExceptionOfType(InvalidArgumentException.class)
                .isThrownBy(() -> Charts.confusionMatrix(folder.resolve("c.png"), "C", List.of("a", "b"), new long[][] {{1, 2}}))
                .withMessageContaining("2 x 2 counts");
        assertThatExceptionOfType(InvalidArgumentException.class)
                .isThrownBy(() -> new FitSeries("y", new double[2], new double[3]))
                .withMessageContaining("2 rows of 'y'").withMessageContaining("got 3");
        assertThatExceptionOfType(InvalidArgumentException.class)
                .isThrownBy(() -> Charts.fittedCurve(folder.resolve("c.png"), "C", "x", "y", new double[2], new double[3], new double[1],
                        new double[1]))
                .withMessageContaining("2 places and 3 values");
        assertThatExceptionOfType(InvalidArgumentException.class)
                .isThrownBy(() -> Charts.predictedAgainstTrue(folder.resolve("c.png"), "C", List.of()))
                .withMessageContaining("at least one row");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void anOlderPictureIsReplacedAndNothingElseIsLeft() throws IOException {
        Path file = Files.writeString(folder.resolve("loss.png"), "older");
        Charts.lossCurve(file, "Loss", exponential(1, 0.3), new double[0]);

        read(file);
        assertThat(folder).isDirectoryContaining(path -> path.equals(file));
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void aFolderThatDoesNotExist() {
        Path file = folder.resolve("none").resolve("loss.png");
        assertThatExceptionOfType(AshlarException.class)
                .isThrownBy(() -> Charts.lossCurve(file, "Loss", new double[] {1}, new double[0]))
                .withMessageContaining("writable file").withMessageContaining(file.toString()).withMessageContaining("folder exists");
    }

    @Test
    void aPictureThatCannotReplaceItsTargetLeavesNothingBehind() throws IOException {
        Path occupied = Files.createDirectories(folder.resolve("loss.png"));
        Files.writeString(occupied.resolve("file"), "x");

        assertThatExceptionOfType(AshlarException.class)
                .isThrownBy(() -> Charts.lossCurve(occupied, "Loss", new double[] {1}, new double[0]));
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(occupied);
        }
    }
}
