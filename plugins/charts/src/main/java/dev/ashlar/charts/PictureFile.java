// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.charts;

import dev.ashlar.type.AshlarException;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.internal.chartpart.IChart;

/** Draws a chart and writes it whole or not at all. */
final class PictureFile {
    /** Pixels per unit of the layout: text stays sharp on dense screens and in print. */
    private static final int SCALE = 2;

    private PictureFile() {
    }

    /** What fills a file. */
    @FunctionalInterface
    private interface Encoder {
        void encode(OutputStream out) throws IOException;
    }

    static void png(Path file, IChart chart) {
        BufferedImage image = draw(chart);
        write(file, out -> {
            if (!ImageIO.write(image, "png", out)) {
                throw new AshlarException("[write chart] expected a PNG encoder in this Java runtime, got none; use a full JDK");
            }
        });
    }

    static void svg(Path file, IChart chart) {
        write(file, out -> {
            try {
                String text = new String(ChartEncoder.getBytes(chart, "svg"), StandardCharsets.UTF_8);
                out.write(SlimSvg.of(text).getBytes(StandardCharsets.UTF_8));
            } catch (InternalError | NoClassDefFoundError | UnsatisfiedLinkError e) {
                throw noFonts(e);
            }
        });
    }

    private static void write(Path file, Encoder encoder) {
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
                    encoder.encode(out);
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

    private static BufferedImage draw(IChart chart) {
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
            throw noFonts(e);
        }
        return image;
    }

    /** What the JDK throws where the libraries for text or the fonts themselves are missing, as in small containers. */
    private static AshlarException noFonts(Error e) {
        return new AshlarException("[draw chart] expected fonts on this machine, got '" + e.getMessage()
                + "'; install fontconfig and a font such as DejaVu", e);
    }
}
