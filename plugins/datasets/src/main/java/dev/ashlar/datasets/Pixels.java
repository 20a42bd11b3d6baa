// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.datasets;

import dev.ashlar.type.InvalidArgumentException;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/**
 * An image as numbers from 0 to 1.
 *
 * @param values channel after channel, row after row
 */
record Pixels(float[] values, int channels, int height, int width) {
    private static final float[] BRIGHTNESS = {0.299f, 0.587f, 0.114f};

    static Pixels read(Path file, boolean gray) {
        byte[] bytes = InputFiles.read("read image", "an image", file);
        BufferedImage image;
        try {
            image = ImageIO.read(new ByteArrayInputStream(bytes));
        } catch (IOException | RuntimeException e) {
            // Readers throw what their parsers trip over.
            throw new InvalidArgumentException("[read image] expected a whole image, got " + file + ", which is damaged (" + e.getMessage()
                    + "); replace or remove it");
        }
        if (image == null) {
            throw new InvalidArgumentException("[read image] expected an image in a format that Java reads, got " + file
                    + (bytes.length == 0 ? ", which is empty" : "") + "; convert it to PNG");
        }
        return of(image, gray);
    }

    static Pixels of(BufferedImage image, boolean gray) {
        int width = image.getWidth();
        int height = image.getHeight();
        int count = width * height;
        float[] colours = new float[3 * count];
        Raster raster = image.getRaster();
        boolean indexed = image.getColorModel() instanceof java.awt.image.IndexColorModel;
        // Java takes grey values for linear light and would brighten them.
        boolean plain = raster.getNumBands() <= 2 && !indexed;
        float white = plain ? (1 << image.getColorModel().getComponentSize(0)) - 1 : 255;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int rgb = plain ? 0 : image.getRGB(x, y);
                for (int channel = 0; channel < 3; channel++) {
                    int value = plain ? raster.getSample(x, y, 0) : rgb >> 16 - 8 * channel & 0xFF;
                    colours[channel * count + y * width + x] = value / white;
                }
            }
        }
        if (!gray) {
            return new Pixels(colours, 3, height, width);
        }
        float[] brightness = new float[count];
        for (int i = 0; i < count; i++) {
            float sum = 0;
            for (int channel = 0; channel < 3; channel++) {
                sum += BRIGHTNESS[channel] * colours[channel * count + i];
            }
            brightness[i] = plain ? colours[i] : sum;
        }
        return new Pixels(brightness, 1, height, width);
    }

    /** Returns the image in another size: linear between pixels, and over as many as fall into one where it shrinks. */
    Pixels resized(int newHeight, int newWidth) {
        return newHeight == height && newWidth == width
                ? this
                : along(channels * height, width, 1, newWidth, newWidth).along(channels, height, newWidth, newHeight, newWidth);
    }

    /** Resizes lines of {@code length} whose elements are {@code step} apart; as many lines lie side by side. */
    private Pixels along(int blocks, int length, int step, int newLength, int newWidth) {
        float[] result = new float[blocks * newLength * step];
        double scale = (double) length / newLength;
        double reach = Math.max(scale, 1);
        for (int i = 0; i < newLength; i++) {
            double middle = (i + 0.5) * scale;
            int from = Math.max(0, (int) (middle - reach + 0.5));
            int to = Math.min(length, (int) (middle + reach + 0.5));
            double[] weights = new double[to - from];
            double sum = 0;
            for (int j = from; j < to; j++) {
                weights[j - from] = Math.max(0, 1 - Math.abs(j + 0.5 - middle) / reach);
                sum += weights[j - from];
            }
            for (int block = 0; block < blocks; block++) {
                for (int lane = 0; lane < step; lane++) {
                    double value = 0;
                    for (int j = from; j < to; j++) {
                        value += weights[j - from] * values[(block * length + j) * step + lane];
                    }
                    result[(block * newLength + i) * step + lane] = (float) (value / sum);
                }
            }
        }
        return new Pixels(result, channels, result.length / channels / newWidth, newWidth);
    }
}
