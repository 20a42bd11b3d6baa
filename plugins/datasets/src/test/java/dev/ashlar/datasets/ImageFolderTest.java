// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.Ashlar;
import dev.ashlar.Generator;
import dev.ashlar.Tensor;
import dev.ashlar.data.Batch;
import dev.ashlar.data.DataLoader;
import dev.ashlar.data.SampleException;
import dev.ashlar.type.DType;
import dev.ashlar.type.InvalidArgumentException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images from folders, in tensors. */
class ImageFolderTest {
    @TempDir
    Path root;

    private void image(String name, int type, int width, int height, int... pixels) throws IOException {
        BufferedImage image = new BufferedImage(width, height, type);
        for (int i = 0; i < pixels.length; i++) {
            if (type == BufferedImage.TYPE_BYTE_GRAY || type == BufferedImage.TYPE_USHORT_GRAY) {
                image.getRaster().setSample(i % width, i / width, 0, pixels[i]);
            } else {
                image.setRGB(i % width, i / width, pixels[i]);
            }
        }
        Files.createDirectories(root.resolve(name).getParent());
        assertThat(ImageIO.write(image, name.substring(name.lastIndexOf('.') + 1), root.resolve(name).toFile())).isTrue();
    }

    @BeforeEach
    void images() throws IOException {
        image("dog/b.png", BufferedImage.TYPE_INT_RGB, 2, 1, 0xFF0033, 0x003366);
        image("dog/a.png", BufferedImage.TYPE_INT_ARGB, 2, 1, 0x80FF0000, 0xFFFFFFFF);
        image("cat/deep/grey.png", BufferedImage.TYPE_BYTE_GRAY, 2, 1, 0, 51);
        image("cat/wide.png", BufferedImage.TYPE_USHORT_GRAY, 2, 1, 65535, 13107);
        Files.writeString(root.resolve("cat/notes.txt"), "no image");
        Files.writeString(root.resolve("readme.txt"), "no class");
    }

    @Test
    void listsClassesAndFilesByName() {
        ImageFolder images = new ImageFolder(root);
        assertThat(images.classes()).containsExactly("cat", "dog");
        assertThat(images.size()).isEqualTo(4);
        assertThat(images.file(0)).isEqualTo(root.resolve("cat/wide.png"));
        assertThat(images.file(1)).as("folders within come after").isEqualTo(root.resolve("cat/deep/grey.png"));
        assertThat(images.file(2)).isEqualTo(root.resolve("dog/a.png"));
        assertThat(images.label(3)).isEqualTo(1);
    }

    @Test
    void channelsFirst() {
        ImageFolder images = new ImageFolder(root);
        List<Tensor> dog = images.get(3);
        assertThat(dog.getFirst().shape().toArray()).containsExactly(3, 1, 2);
        assertThat(dog.getFirst().toFloatArray()).containsExactly(1, 0, 0, 0.2f, 0.2f, 0.4f);
        assertThat(dog.getLast().itemLong()).isEqualTo(1);
        assertThat(images.get(2).getFirst().toFloatArray()).as("alpha is left out").containsExactly(1, 1, 0, 1, 0, 1);
        assertThat(images.get(1).getFirst().toFloatArray()).as("grey as stored").containsExactly(0, 0.2f, 0, 0.2f, 0, 0.2f);
        assertThat(images.get(0).getFirst().toFloatArray()).as("sixteen bits").containsExactly(1, 0.2f, 1, 0.2f, 1, 0.2f);
    }

    @Test
    void oneChannelAndBatches() {
        DataLoader loader = new DataLoader(new ImageFolder(root).grayscale(true).resize(2, 2)).batchSize(4).workers(2);
        Batch batch = loader.iterator().next();
        assertThat(batch.get(0).shape().toArray()).containsExactly(4, 1, 2, 2);
        assertThat(batch.get(1).toLongArray()).containsExactly(0, 0, 1, 1);
        assertThat(batch.get(0).toFloatArray()).startsWith(1, 0.2f, 1, 0.2f);
        ImageFolder sized = new ImageFolder(root).resize(3, 2);
        float[] one = sized.get(2).getFirst().toFloatArray();
        assertThat(sized.batch(new long[] {0, 2}).getFirst().toFloatArray()).hasSize(2 * one.length).endsWith(one);
        assertThat(new ImageFolder(root).grayscale(true).get(3).getFirst().toFloatArray()[0]).isEqualTo(0.299f + 0.114f * 0.2f);
    }

    @Test
    void resizesAsPyTorchDoesWithAntialias() {
        float[] values = new float[35];
        for (int i = 0; i < values.length; i++) {
            values[i] = (i / 7 * 7 + i % 7 * (i % 7) * 3) % 11 / 10f;
        }
        Pixels image = new Pixels(values, 1, 5, 7);
        check(image.resized(3, 4),
                0.4333333, 0.42, 0.3565714, 0.7047619, 0.5613757, 0.4835556, 0.4613333, 0.3497354, 0.6802721, 0.376,
                0.5262857, 0.577551);
        check(image.resized(8, 5),
                0.1, 0.1888889, 0.4090909, 0.6222222, 0.9, 0.40625, 0.4951389, 0.3215909, 0.4472222, 0.725, 0.775, 0.8638889,
                0.2403409, 0.2354167, 0.475, 0.525, 0.6138889, 0.5528409, 0.3673611, 0.225, 0.5041667, 0.3638889, 0.5840909,
                0.4611111, 0.31875, 0.7125, 0.1138889, 0.3340909, 0.5166667, 0.75625, 0.7145833, 0.4826389, 0.3090909,
                0.6409722, 0.575, 0.7, 0.7888889, 0.3090909, 0.7333333, 0.4);
        check(image.resized(1, 1), 0.4769559);
        assertThat(image.resized(5, 7)).isSameAs(image);
    }

    private static void check(Pixels resized, double... expected) {
        assertThat(resized.values()).hasSize(expected.length);
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) resized.values()[i]).isCloseTo(expected[i], Offset.offset(1e-6));
        }
    }

    @Test
    void saysWhatIsWrong() throws IOException {
        Path broken = root.resolve("dog/b.png");
        Files.write(broken, Arrays.copyOf(Files.readAllBytes(broken), 40));
        assertThatThrownBy(() -> new ImageFolder(root).get(3))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining(broken.toString())
                .hasMessageContaining("damaged");
        Files.writeString(broken, "no image at all");
        assertThatThrownBy(() -> new DataLoader(new ImageFolder(root).resize(1, 2)).batchSize(4).workers(1).iterator().next())
                .isInstanceOf(SampleException.class)
                .hasMessageContaining("sample 3")
                .hasMessageContaining(broken.toString());
        Files.write(broken, new byte[0]);
        assertThatThrownBy(() -> new ImageFolder(root).get(3)).hasMessageContaining("empty");
        ImageFolder listed = new ImageFolder(root);
        Files.delete(broken);
        assertThatThrownBy(() -> listed.get(3)).hasMessageContaining("does not exist");
        Files.createDirectory(root.resolve("horse"));
        assertThatThrownBy(() -> new ImageFolder(root)).hasMessageContaining("horse").hasMessageContaining("png");
        assertThatThrownBy(() -> new ImageFolder(root.resolve("cat/deep"))).hasMessageContaining("folder for each class");
        assertThatThrownBy(() -> new ImageFolder(root.resolve("none"))).hasMessageContaining("does not exist");
        assertThatThrownBy(() -> new ImageFolder(root.resolve("cat")).resize(0, 1)).hasMessageContaining("resize");
    }

    // ---- changes ----------------------------------------------------------------------------------------------------------------

    @Test
    void changesSamples() {
        Tensor image = Tensor.arange(8).reshape(2, 2, 2).to(DType.FLOAT32);
        List<Tensor> sample = List.of(image, Tensor.arange(1));
        List<Tensor> normal = Transforms.normalize(new double[] {1, 5}, new double[] {1, 2}).apply(sample);
        assertThat(normal.getFirst().toFloatArray()).containsExactly(-1, 0, 1, 2, -0.5f, 0, 0.5f, 1);
        assertThat(normal.getLast()).isSameAs(sample.getLast());
        Tensor flipped = Transforms.randomHorizontalFlip(1).apply(sample).getFirst();
        assertThat(flipped.toFloatArray()).containsExactly(1, 0, 3, 2, 5, 4, 7, 6);
        assertThat(Transforms.randomHorizontalFlip(0).apply(sample).getFirst()).isSameAs(image);
        assertThatThrownBy(() -> Transforms.randomCrop(3, 2, 0).apply(sample)).hasMessageContaining("3 x 2");
        boolean[] seen = new boolean[9];
        for (int seed = 0; seed < 100; seed++) {
            try (var _ = Ashlar.drawingFrom(new Generator(seed))) {
                Tensor crop = Transforms.randomCrop(1, 1, 1).apply(sample).getFirst();
                assertThat(crop.shape().toArray()).containsExactly(2, 1, 1);
                seen[(int) crop.toFloatArray()[1]] = true;
            }
        }
        assertThat(seen).as("border and second channel").containsExactly(true, false, false, false, true, true, true, true, false);
    }
}
