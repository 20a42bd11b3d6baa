// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.tutorials;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;

/** A sheet of small grey pictures with a line of text below each. */
final class InkSheet {
    private static final int COLUMNS = 4;
    /** Pixels on the sheet for one of a picture. */
    private static final int ZOOM = 20;
    private static final int GAP = 32;

    private InkSheet() {}

    /**
     * A picture.
     *
     * @param ink row-major, 0 for paper and 1 for black
     * @param from where in {@code ink} it begins
     */
    record Sample(float[] ink, int from, String text) {}

    /** @param side rows and columns of each picture */
    static void write(Path file, int side, List<Sample> samples) {
        int cell = side * ZOOM + GAP;
        int rows = Math.max(1, Math.ceilDiv(samples.size(), COLUMNS));
        BufferedImage image = new BufferedImage(COLUMNS * cell + GAP, rows * cell + GAP, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, GAP / 2));
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
        for (int i = 0; i < samples.size(); i++) {
            paint(graphics, side, samples.get(i), GAP + i % COLUMNS * cell, GAP / 2 + i / COLUMNS * cell);
        }
        graphics.dispose();
        try {
            ImageIO.write(image, "png", file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void paint(Graphics2D graphics, int side, Sample sample, int left, int top) {
        for (int pixel = 0; pixel < side * side; pixel++) {
            float paper = 1 - Math.clamp(sample.ink()[sample.from() + pixel], 0f, 1f);
            graphics.setColor(new Color(paper, paper, paper));
            graphics.fillRect(left + pixel % side * ZOOM, top + pixel / side * ZOOM, ZOOM, ZOOM);
        }
        graphics.setColor(Color.LIGHT_GRAY);
        graphics.drawRect(left, top, side * ZOOM, side * ZOOM);
        graphics.setColor(Color.BLACK);
        graphics.drawString(sample.text(), left, top + side * ZOOM + GAP / 2 + 2);
    }
}
