// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.charts;

import dev.ashlar.type.AshlarException;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.knowm.xchart.internal.chartpart.Chart;

/** Draws a chart and writes it whole or not at all. */
final class PngFile {
    /** Pixels per unit of the layout: text stays sharp on dense screens and in print. */
    private static final int SCALE = 2;

    private PngFile() {
    }

    static void write(Path file, Chart<?, ?> chart) {
        BufferedImage image = draw(chart);
        Path target = file.toAbsolutePath();
        Path folder = target.getParent();
        if (folder == null) {
            throw new AshlarException("[write chart] expected the name of a file, got " + file);
        }
        try {
            // Not createTempFile, whose files only their owner may read.
            Path partial = folder.resolve("." + target.getFileName() + "." + UUID.randomUUID() + ".part");
            try {
                try (OutputStream out = Files.newOutputStream(partial, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                    if (!ImageIO.write(image, "png", out)) {
                        throw new AshlarException("[write chart] expected a PNG encoder in this Java runtime, got none; use a full JDK");
                    }
                }
                move(partial, target);
            } finally {
                Files.deleteIfExists(partial);
            }
        } catch (IOException e) {
            throw new AshlarException("[write chart] expected a writable file, got " + file + ", which failed (" + e
                    + "); check that its folder exists and may be written", e);
        }
    }

    private static void move(Path partial, Path target) throws IOException {
        try {
            Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            // Some network file systems cannot; the picture is complete by now, so that a plain move is the best there is.
            Files.move(partial, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static BufferedImage draw(Chart<?, ?> chart) {
        BufferedImage image = new BufferedImage(chart.getWidth() * SCALE, chart.getHeight() * SCALE, BufferedImage.TYPE_INT_RGB);
        try {
            Graphics2D graphics = image.createGraphics();
            try {
                graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
                graphics.scale(SCALE, SCALE);
                chart.paint(graphics, chart.getWidth(), chart.getHeight());
            } finally {
                graphics.dispose();
            }
        } catch (InternalError | NoClassDefFoundError | UnsatisfiedLinkError e) {
            // What the JDK throws where the libraries for text or the fonts themselves are missing, as in small containers.
            throw new AshlarException("[draw chart] expected fonts on this machine, got '" + e.getMessage()
                    + "'; install fontconfig and a font such as DejaVu", e);
        }
        return image;
    }
}
