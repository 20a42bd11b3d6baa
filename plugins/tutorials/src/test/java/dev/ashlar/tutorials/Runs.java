// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.tutorials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ashlar.Device;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.xml.sax.SAXException;

/** Runs a tutorial to its end and looks at what it left. */
record Runs(String text, SequencedMap<String, Double> figures) {
    static Runs of(Tutorial tutorial, Path folder, boolean quick) throws IOException {
        StringWriter text = new StringWriter();
        TutorialContext context = new TutorialContext(Device.of("java"), folder, new PrintWriter(text), quick);
        tutorial.run(context);
        assertThat(context.pictures()).isNotEmpty();
        for (String picture : context.pictures()) {
            lookAt(folder, picture);
        }
        return new Runs(text.toString(), context.notedFigures());
    }

    /** The picture is there, it has been drawn on, and its SVG is one. */
    private static void lookAt(Path folder, String picture) throws IOException {
        BufferedImage image = ImageIO.read(folder.resolve(picture + ".png").toFile());
        int background = image.getRGB(0, 0);
        long drawn = IntStream.of(image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth()))
                .filter(pixel -> pixel != background).count();
        assertThat(drawn).as("pixels of %s", picture).isGreaterThan(5000);
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            // The document type is named by an address that the tests must not need.
            factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
            var root = factory.newDocumentBuilder().parse(Files.newInputStream(folder.resolve(picture + ".svg"))).getDocumentElement();
            assertThat(root.getTagName()).isEqualTo("svg");
            assertThat(root.getElementsByTagName("path").getLength()).as("shapes of %s.svg", picture).isGreaterThan(10);
        } catch (ParserConfigurationException | SAXException e) {
            throw new AssertionError(picture + ".svg", e);
        }
    }

    /** Asserts a figure to an absolute tolerance. */
    Runs figure(String name, double expected, double tolerance) {
        assertThat(figures).containsKey(name);
        assertThat(figures.get(name)).as(name).isCloseTo(expected, within(tolerance));
        return this;
    }

    /** Asserts that a figure is below a bound. */
    Runs below(String name, double bound) {
        assertThat(figures).containsKey(name);
        assertThat(figures.get(name)).as(name).isLessThan(bound);
        return this;
    }

    Runs printed(String... lines) {
        assertThat(text).contains(lines);
        return this;
    }
}
