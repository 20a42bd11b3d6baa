// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.datasets;

import dev.ashlar.Tensor;
import dev.ashlar.data.Dataset;
import dev.ashlar.type.IndexOutOfRangeException;
import dev.ashlar.type.InvalidArgumentException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Images in folders, one for each class: {@code root/cat/123.png}. A sample is an image, {@code [channels, height, width]} of float32 from
 * 0 to 1, and its class, int64 without dimensions. Classes and files are listed once, sorted by folder and name; images are read when they
 * are asked for. Without {@link #resize} images keep their sizes, which must be the same within a batch then.
 *
 * @see <a href="https://docs.pytorch.org/vision/stable/generated/torchvision.datasets.ImageFolder.html">torchvision: ImageFolder</a>
 */
public final class ImageFolder implements Dataset {
    private static final Set<String> ENDINGS = Set.of("png", "jpg", "jpeg", "gif", "bmp", "wbmp", "tif", "tiff");

    private final List<String> classes = new ArrayList<>();
    private final List<Path> files = new ArrayList<>();
    private final List<Long> labels = new ArrayList<>();
    private int height;
    private int width;
    private boolean gray;

    /**
     * Lists the images.
     *
     * @throws InvalidArgumentException if there is no such folder, it has no folders, or one of these has no image
     */
    public ImageFolder(Path root) {
        for (Path folder : sorted(root, root, 1)) {
            if (!Files.isDirectory(folder)) {
                continue;
            }
            List<Path> images = sorted(root, folder, Integer.MAX_VALUE).stream().filter(ImageFolder::isImage).toList();
            if (images.isEmpty()) {
                throw new InvalidArgumentException("[imageFolder] expected images (" + String.join(", ", ENDINGS.stream().sorted().toList())
                        + ") in " + folder + ", there is none; remove the folder, or put the images of the class there");
            }
            images.forEach(image -> labels.add((long) classes.size()));
            files.addAll(images);
            classes.add(InputFiles.name(folder));
        }
        if (classes.isEmpty()) {
            throw new InvalidArgumentException("[imageFolder] expected a folder for each class in " + root + ", there is none; put"
                    + " images into folders named after their classes");
        }
    }

    private static List<Path> sorted(Path root, Path folder, int depth) {
        try (Stream<Path> found = Files.walk(folder, depth, FileVisitOption.FOLLOW_LINKS)) {
            Comparator<Path> byFolder = Comparator.comparing(Path::getParent);
            return found.filter(path -> !path.equals(folder)).sorted(byFolder.thenComparing(path -> path)).toList();
        } catch (IOException e) {
            throw InputFiles.failed("imageFolder", "a folder of images", root, e);
        } catch (UncheckedIOException e) {
            throw InputFiles.failed("imageFolder", "a folder of images", root, e.getCause());
        }
    }

    private static boolean isImage(Path file) {
        String name = InputFiles.name(file).toLowerCase(Locale.ROOT);
        return ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1)) && Files.isRegularFile(file);
    }

    /** Sets the size that images are brought to. Returns this. */
    public ImageFolder resize(int newHeight, int newWidth) {
        height = Synthetic.atLeast("imageFolder resize", 1, newHeight);
        width = Synthetic.atLeast("imageFolder resize", 1, newWidth);
        return this;
    }

    /** Sets whether images have one channel, their brightness, instead of red, green and blue; false from the start. Returns this. */
    public ImageFolder grayscale(boolean oneChannel) {
        gray = oneChannel;
        return this;
    }

    /** Returns the names of the classes by their numbers. */
    public List<String> classes() {
        return List.copyOf(classes);
    }

    /** Returns the file of a sample. */
    public Path file(long index) {
        return files.get(check(index));
    }

    /** Returns the class of a sample, without reading the image. */
    public long label(long index) {
        return labels.get(check(index));
    }

    @Override
    public long size() {
        return files.size();
    }

    /**
     * Reads an image.
     *
     * @throws InvalidArgumentException if it is broken, or has gone; the message names the file
     */
    @Override
    public List<Tensor> get(long index) {
        Pixels image = read(index);
        return List.of(
                Tensor.of(image.values(), image.channels(), image.height(), image.width()),
                Tensor.of(new long[] {label(index)}).reshape());
    }

    /** Reads images that are resized, and so fit together, into one tensor. */
    @Override
    public @Nullable List<Tensor> batch(long[] indices) {
        if (height == 0) {
            return null;
        }
        int channels = gray ? 1 : 3;
        int length = Math.multiplyExact(channels * height, width);
        float[] values = new float[Math.multiplyExact(length, indices.length)];
        for (int i = 0; i < indices.length; i++) {
            System.arraycopy(read(indices[i]).values(), 0, values, i * length, length);
        }
        return List.of(
                Tensor.of(values, indices.length, channels, height, width),
                Tensor.of(Arrays.stream(indices).map(this::label).toArray()));
    }

    private Pixels read(long index) {
        Pixels image = Pixels.read(files.get(check(index)), gray);
        return height == 0 ? image : image.resized(height, width);
    }

    private int check(long index) {
        if (index < 0 || index >= files.size()) {
            throw new IndexOutOfRangeException("[imageFolder] expected an index in [0, " + files.size() + "), got " + index);
        }
        return (int) index;
    }
}
