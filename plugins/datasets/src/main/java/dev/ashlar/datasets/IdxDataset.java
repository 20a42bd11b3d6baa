// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.datasets;

import dev.ashlar.Tensor;
import dev.ashlar.data.Dataset;
import dev.ashlar.type.IndexOutOfRangeException;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.ShapeMismatchException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Images and labels from two {@link Idx} files. A sample is an image, {@code [1, height, width]} of float32, and its class, int64 without
 * dimensions; bytes become numbers from 0 to 1. Images that already have channels, or are rows of anything else, keep their shape.
 */
public final class IdxDataset implements Dataset {
    private final Idx images;
    private final Idx labels;
    private final long[] sampleShape;

    /**
     * @throws ShapeMismatchException if there are not as many labels as images
     */
    public IdxDataset(Idx images, Idx labels) {
        if (images.shape().rank() < 2 || labels.shape().rank() != 1 || labels.type().isFloatingPoint()
                || images.shape().size(0) != labels.shape().size(0)) {
            throw new ShapeMismatchException("[idxDataset] expected images and a whole number for each, got " + images + " and " + labels);
        }
        this.images = images;
        this.labels = labels;
        long[] sizes = images.shape().toArray();
        sampleShape = sizes.length == 3 ? new long[] {1, sizes[1], sizes[2]} : Arrays.copyOfRange(sizes, 1, sizes.length);
    }

    /** Opens the files of images and labels. */
    public static IdxDataset open(Path images, Path labels) {
        return new IdxDataset(Idx.open(images), Idx.open(labels));
    }

    /**
     * Opens MNIST, or what comes in files of the same names (Fashion-MNIST, KMNIST), compressed or not.
     *
     * @param folder holds {@code train-images-idx3-ubyte}, {@code t10k-labels-idx1-ubyte.gz} and so on
     * @param training whether the training images are wanted, or those for testing
     */
    public static IdxDataset mnist(Path folder, boolean training) {
        String part = training ? "train" : "t10k";
        return open(find(folder, part + "-images-idx3-ubyte"), find(folder, part + "-labels-idx1-ubyte"));
    }

    private static Path find(Path folder, String name) {
        for (String spelled : List.of(name, name + ".gz")) {
            if (Files.exists(folder.resolve(spelled))) {
                return folder.resolve(spelled);
            }
        }
        throw new InvalidArgumentException("[mnist] expected " + name + " or " + name + ".gz in " + folder + ", there is none;"
                + " check the path");
    }

    @Override
    public long size() {
        return images.shape().size(0);
    }

    @Override
    public List<Tensor> get(long index) {
        List<Tensor> one = batch(new long[] {index});
        return List.of(one.get(0).reshape(sampleShape), one.get(1).reshape());
    }

    @Override
    public List<Tensor> batch(long[] indices) {
        int width = Math.toIntExact(images.rowSize());
        float[] pixels = new float[Math.multiplyExact(width, indices.length)];
        long[] classes = new long[indices.length];
        for (int i = 0; i < indices.length; i++) {
            if (indices[i] < 0 || indices[i] >= size()) {
                throw new IndexOutOfRangeException("[idxDataset] expected an index in [0, " + size() + "), got " + indices[i]);
            }
            images.fill(indices[i], pixels, i * width);
            classes[i] = (long) labels.element(indices[i]);
        }
        long[] sizes = new long[sampleShape.length + 1];
        sizes[0] = indices.length;
        System.arraycopy(sampleShape, 0, sizes, 1, sampleShape.length);
        return List.of(Tensor.of(pixels, sizes), Tensor.of(classes));
    }
}
