// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.datasets;

import dev.ashlar.Tensor;
import dev.ashlar.type.InvalidArgumentException;
import java.util.function.DoubleSupplier;

/**
 * Made-up data: the generators of scikit-learn. With a {@code randomState} they give its numbers: draws, products and sums equal
 * numpy's, and what goes through sine, cosine, logarithm or a factorisation may differ in the last bits.
 *
 * <pre>{@code
 * var data = Synthetic.makeRegression().nSamples(500).nFeatures(1).noise(10).randomState(0).make();
 * Tensor x = data.x().toTensor().to(DType.FLOAT32);
 * }</pre>
 *
 * <p>Each method returns the settings with scikit-learn's defaults; {@code make()} draws. Without a {@code randomState} they draw from
 * {@link dev.ashlar.Ashlar#generator()}.
 *
 * @see <a href="https://scikit-learn.org/stable/datasets/sample_generators.html">scikit-learn: Generated datasets</a>
 */
public final class Synthetic {
    private Synthetic() {}

    /**
     * Samples with numbers to predict.
     *
     * @param x of shape {@code [samples, features]}
     * @param y of shape {@code [samples, targets]}
     * @param coefficients of shape {@code [features, targets]}: what {@code y} was made with, before the noise
     */
    public record Regression(DoubleMatrix x, DoubleMatrix y, DoubleMatrix coefficients) {
    }

    /**
     * Samples with classes.
     *
     * @param x of shape {@code [samples, features]}
     * @param y the class of each sample, from 0
     */
    public record Classes(DoubleMatrix x, long[] y) {
        /** Returns the classes as a tensor of int64 and shape {@code [samples]} on the default device. */
        public Tensor labels() {
            return Tensor.of(y);
        }
    }

    /** Returns the settings for a random linear problem. */
    public static MakeRegression makeRegression() {
        return new MakeRegression();
    }

    /** Returns the settings for clusters at the corners of a cube, for classification, with features that say nothing among others. */
    public static MakeClassification makeClassification() {
        return new MakeClassification();
    }

    /** Returns the settings for Gaussian clouds. */
    public static MakeBlobs makeBlobs() {
        return new MakeBlobs();
    }

    /** Returns the settings for a circle in a circle. */
    public static MakeCircles makeCircles() {
        return new MakeCircles();
    }

    /** Returns the settings for two half circles that reach into one another. */
    public static MakeMoons makeMoons() {
        return new MakeMoons();
    }

    // ---- what the generators share ----------------------------------------------------------------------------------------------

    static int atLeast(String what, int least, int value) {
        if (value < least) {
            throw new InvalidArgumentException("[" + what + "] expected a number >= " + least + ", got " + value);
        }
        return value;
    }

    static double notNegative(String what, double value) {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw new InvalidArgumentException("[" + what + "] expected a finite number >= 0, got " + value);
        }
        return value;
    }

    static double[] fill(double[] target, DoubleSupplier source) {
        for (int i = 0; i < target.length; i++) {
            target[i] = source.getAsDouble();
        }
        return target;
    }

    static int[] toInts(long[] positions) {
        int[] result = new int[positions.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = (int) positions[i];
        }
        return result;
    }

    static long[] choose(long[] values, int[] positions) {
        long[] result = new long[positions.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = values[positions[i]];
        }
        return result;
    }
}
