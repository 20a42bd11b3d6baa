// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.datasets;

import dev.ashlar.Ashlar;
import dev.ashlar.Tensor;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.ShapeMismatchException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Changes of samples whose first tensor is an image, {@code [channels, height, width]}, for {@link dev.ashlar.data.Dataset#map}.
 *
 * <pre>{@code
 * Dataset training = images.map(Transforms.randomCrop(32, 32, 4)).map(Transforms.randomHorizontalFlip(0.5));
 * }</pre>
 *
 * <p>Random ones draw from {@link Ashlar#generator()}, which a loader sets to one of the sample's own.
 */
public final class Transforms {
    private Transforms() {}

    /** Takes the mean from each channel and divides by the standard deviation: one number for each channel, or one for all. */
    public static UnaryOperator<List<Tensor>> normalize(double[] mean, double[] std) {
        if (mean.length != std.length || mean.length == 0) {
            throw new InvalidArgumentException("[normalize] expected as many means as deviations, got " + mean.length + " and "
                    + std.length);
        }
        double[] means = mean.clone();
        double[] deviations = std.clone();
        return image(x -> x.sub(Tensor.of(means, means.length, 1, 1).to(x.dtype()).to(x.device()))
                .div(Tensor.of(deviations, deviations.length, 1, 1).to(x.dtype()).to(x.device())));
    }

    /** Mirrors images left to right with a probability. */
    public static UnaryOperator<List<Tensor>> randomHorizontalFlip(double p) {
        return image(x -> Ashlar.generator().nextDouble() < p ? x.flip(-1) : x);
    }

    /** Takes a part of the size from a random place of images, which get a border of zeros before. */
    public static UnaryOperator<List<Tensor>> randomCrop(int height, int width, int padding) {
        return image(x -> {
            long top = x.size(1) + 2L * padding - height;
            long left = x.size(2) + 2L * padding - width;
            if (top < 0 || left < 0) {
                throw new ShapeMismatchException("[randomCrop] expected images of at least " + height + " x " + width
                        + " with their border, got " + x.shape() + " and a border of " + padding);
            }
            Tensor wide = padding == 0 ? x : x.pad(0.0, padding, padding, padding, padding);
            long y = (long) (Ashlar.generator().nextDouble() * (top + 1));
            return wide.narrow(1, y, height).narrow(2, (long) (Ashlar.generator().nextDouble() * (left + 1)), width);
        });
    }

    private static UnaryOperator<List<Tensor>> image(UnaryOperator<Tensor> change) {
        return sample -> {
            List<Tensor> changed = new ArrayList<>(sample);
            changed.set(0, change.apply(sample.getFirst()));
            return changed;
        };
    }
}
