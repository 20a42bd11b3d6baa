// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import dev.ashlar.Dropped;
import dev.ashlar.Generator;
import dev.ashlar.Tensor;
import dev.ashlar.type.DType;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.Shape;
import java.util.Arrays;

/** Sets parts of a tensor to a constant, at random. */
public final class Dropouts {
    /** What the self-normalising unit tends to for small numbers: minus its scale times its alpha. */
    private static final double SATURATED = -1.7580993408473766;

    private Dropouts() {}

    /** Throws unless the number is a probability. */
    public static void check(String name, double probability) {
        if (!(probability >= 0 && probability <= 1)) {
            throw new InvalidArgumentException("[" + name + "] expected a probability in [0, 1], got " + probability
                    + "; it is that of being dropped");
        }
    }

    /** Returns whether each element of a shape is kept; 1 drops all without drawing numbers. */
    private static Tensor kept(Tensor like, Shape shape, double probability, Generator generator) {
        if (probability == 1) {
            return Primitives.full(shape, 0L, DType.BOOL, Primitives.runtime(like));
        }
        return Drawing.bernoulli(shape, 1 - probability, DType.BOOL, generator, Primitives.runtime(like));
    }

    /** Keeps elements and multiplies them, so that sums stay what they are on average. */
    public static Tensor dropout(Tensor x, double probability, boolean training, Generator generator) {
        return !training || probability == 0 ? x : dropped(x, x.shape(), probability, generator).output();
    }

    /** As {@link #dropout}, also telling what was kept. */
    public static Dropped told(Tensor x, double probability, boolean training, Generator generator) {
        if (!training || probability == 0) {
            return new Dropped(x.mul(1.0), Primitives.full(x.shape(), 1L, DType.BOOL, Primitives.runtime(x)));
        }
        return dropped(x, x.shape(), probability, generator);
    }

    /** Keeps or drops whole features: whatever follows the first dimensions. */
    public static Tensor features(Tensor x, double probability, int leading, Generator generator) {
        return dropped(x, features(x.shape(), leading), probability, generator).output();
    }

    private static Shape features(Shape shape, int leading) {
        long[] sizes = shape.toArray();
        Arrays.fill(sizes, Math.min(leading, sizes.length), sizes.length, 1);
        return Shape.of(sizes);
    }

    private static Dropped dropped(Tensor x, Shape shape, double probability, Generator generator) {
        Tensor floating = Promotion.floating(x);
        Tensor kept = kept(floating, shape, probability, generator);
        // With everything dropped, 0 times NaN is NaN, as in PyTorch.
        double scale = probability == 1 ? 0 : 1 / (1 - probability);
        return new Dropped(floating.mul(kept.to(floating.dtype()).mul(scale)), kept);
    }

    /** Drops to the value that keeps mean 0 and variance 1 after an affine map; of whole features with {@code leading} dimensions. */
    public static Tensor alpha(Tensor input, double probability, int leading, Generator generator) {
        Tensor x = Promotion.floating(input);
        if (probability == 1) {
            return x.mul(0.0);
        }
        Tensor kept = kept(x, features(x.shape(), leading), probability, generator).to(x.dtype());
        double a = 1 / Math.sqrt((SATURATED * SATURATED * probability + 1) * (1 - probability));
        Tensor shift = kept.rsub(1).mul(SATURATED * a).sub(SATURATED * a * probability);
        return x.mul(kept.mul(a)).add(shift);
    }
}
