// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.datasets;

import dev.ashlar.Generator;
import dev.ashlar.type.InvalidArgumentException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Gaussian clusters, stretched and turned at random, around corners of a cube of as many dimensions as there are informative features.
 * To these come redundant features, which are random combinations of them, repeated ones, and ones that are noise.
 *
 * @see <a href="https://scikit-learn.org/stable/modules/generated/sklearn.datasets.make_classification.html">make_classification</a>
 */
public final class MakeClassification extends SyntheticSettings<MakeClassification> {
    private int nSamples = 100;
    private int nFeatures = 20;
    private int nInformative = 2;
    private int nRedundant = 2;
    private int nRepeated;
    private int nClasses = 2;
    private int nClustersPerClass = 2;
    private double @Nullable [] weights;
    private double flipY = 0.01;
    private double classSep = 1;
    private boolean hypercube = true;
    private double @Nullable [] shift = {0};
    private double @Nullable [] scale = {1};

    MakeClassification() {}

    /** Sets the number of samples, at least 1; 100 from the start. Returns this. */
    public MakeClassification nSamples(int count) {
        nSamples = Synthetic.atLeast("makeClassification nSamples", 1, count);
        return this;
    }

    /** Sets the number of all features, at least 1; 20 from the start. Returns this. */
    public MakeClassification nFeatures(int count) {
        nFeatures = Synthetic.atLeast("makeClassification nFeatures", 1, count);
        return this;
    }

    /** Sets the number of features that the clusters are made in, at least 1; 2 from the start. Returns this. */
    public MakeClassification nInformative(int count) {
        nInformative = Synthetic.atLeast("makeClassification nInformative", 1, count);
        return this;
    }

    /** Sets the number of features that are combinations of the informative ones; 2 from the start. Returns this. */
    public MakeClassification nRedundant(int count) {
        nRedundant = Synthetic.atLeast("makeClassification nRedundant", 0, count);
        return this;
    }

    /** Sets the number of features that repeat informative or redundant ones; 0 from the start. Returns this. */
    public MakeClassification nRepeated(int count) {
        nRepeated = Synthetic.atLeast("makeClassification nRepeated", 0, count);
        return this;
    }

    /** Sets the number of classes, at least 1; 2 from the start. Returns this. */
    public MakeClassification nClasses(int count) {
        nClasses = Synthetic.atLeast("makeClassification nClasses", 1, count);
        return this;
    }

    /** Sets the number of clusters of each class, at least 1; 2 from the start. Returns this. */
    public MakeClassification nClustersPerClass(int count) {
        nClustersPerClass = Synthetic.atLeast("makeClassification nClustersPerClass", 1, count);
        return this;
    }

    /**
     * Sets the parts of the samples that the classes get, before labels are flipped; the last one may be left out. Without them all
     * classes get as many. Returns this.
     */
    public MakeClassification weights(double... parts) {
        weights = parts.clone();
        return this;
    }

    /** Sets the part of the samples, 0 to 1, whose class is drawn at random; 0.01 from the start. Returns this. */
    public MakeClassification flipY(double part) {
        if (!(part >= 0 && part <= 1)) {
            throw new InvalidArgumentException("[makeClassification flipY] expected a number from 0 to 1, got " + part);
        }
        flipY = part;
        return this;
    }

    /** Sets half of the length of the cube's edges, above 0; 1 from the start. Returns this. */
    public MakeClassification classSep(double half) {
        if (!(half > 0)) {
            throw new InvalidArgumentException("[makeClassification classSep] expected a number above 0, got " + half);
        }
        classSep = half;
        return this;
    }

    /** Sets whether the clusters lie at the corners of a cube, or of a random polytope; true from the start. Returns this. */
    public MakeClassification hypercube(boolean cube) {
        hypercube = cube;
        return this;
    }

    /** Sets what is added to the features, one number for all or one for each; 0 from the start, null draws them. Returns this. */
    public MakeClassification shift(double @Nullable ... values) {
        shift = values == null ? null : values.clone();
        return this;
    }

    /**
     * Sets what the features are multiplied by after the shift, one number for all or one for each; 1 from the start, null draws them
     * from 1 to 101. Returns this.
     */
    public MakeClassification scale(double @Nullable ... values) {
        scale = values == null ? null : values.clone();
        return this;
    }

    /**
     * Draws the samples.
     *
     * @throws InvalidArgumentException if the settings do not fit one another
     */
    public Synthetic.Classes make() {
        check();
        Generator random = source();
        DoubleMatrix x = DoubleMatrix.allocate(nSamples, nFeatures);
        long[] y = new long[nSamples];
        drawClusters(random, x, y);
        int told = nInformative + nRedundant;
        if (nRedundant > 0) {
            put(x, nInformative, columns(x, 0, nInformative).dot(symmetric(random, nInformative, nRedundant)));
        }
        if (nRepeated > 0) {
            double[] drawn = random.fillUniform(new double[nRepeated], 0, 1);
            int[] repeated = Arrays.stream(drawn).mapToInt(number -> (int) ((told - 1) * number + 0.5)).toArray();
            put(x, told, x.columns(repeated));
        }
        DoubleMatrix noise = DoubleMatrix.allocate(nSamples, nFeatures - told - nRepeated);
        Synthetic.fill(noise.values(), random::nextGaussian);
        put(x, told + nRepeated, noise);
        flip(random, y);
        move(random, x);
        if (!shuffle) {
            return new Synthetic.Classes(x, y);
        }
        Synthetic.Classes shuffled = shuffled(random, x, y);
        return new Synthetic.Classes(shuffled.x().columns(Synthetic.toInts(random.permutation(nFeatures))), shuffled.y());
    }

    private void check() {
        if ((long) nInformative + nRedundant + nRepeated > nFeatures) {
            throw new InvalidArgumentException("[makeClassification] expected at least as many features as informative, redundant and"
                    + " repeated ones, got " + nFeatures + " features for " + nInformative + " + " + nRedundant + " + " + nRepeated);
        }
        long clusters = (long) nClasses * nClustersPerClass;
        if (nInformative < 31 && clusters > 1L << nInformative) {
            throw new InvalidArgumentException("[makeClassification] expected at most 2^nInformative = " + (1L << nInformative)
                    + " clusters, got " + nClasses + " classes of " + nClustersPerClass + "; ask for more informative features");
        }
        if (weights != null && weights.length != nClasses && weights.length != nClasses - 1) {
            throw new InvalidArgumentException("[makeClassification] expected a weight for each of " + nClasses
                    + " classes, or for all but the last one, got " + weights.length);
        }
        for (double[] perFeature : new double[][] {shift, scale}) {
            if (perFeature != null && perFeature.length != 1 && perFeature.length != nFeatures) {
                throw new InvalidArgumentException("[makeClassification] expected a shift and a scale for each of " + nFeatures
                        + " features, or one for all, got " + perFeature.length);
            }
        }
    }

    // ---- clusters ---------------------------------------------------------------------------------------------------------------

    private void drawClusters(Generator random, DoubleMatrix x, long[] y) {
        int clusters = nClasses * nClustersPerClass;
        int[] sizes = sizes(clusters);
        DoubleMatrix centers = corners(random, clusters, nInformative);
        for (int i = 0; i < centers.values().length; i++) {
            centers.values()[i] = centers.values()[i] * (2 * classSep) - classSep;
        }
        if (!hypercube) {
            double[] byCluster = random.fillUniform(new double[clusters], 0, 1);
            double[] byFeature = random.fillUniform(new double[nInformative], 0, 1);
            for (int i = 0; i < centers.values().length; i++) {
                centers.values()[i] = centers.values()[i] * byCluster[i / nInformative] * byFeature[i % nInformative];
            }
        }
        DoubleMatrix round = DoubleMatrix.allocate(nSamples, nInformative);
        Synthetic.fill(round.values(), random::nextGaussian);
        int start = 0;
        for (int k = 0; k < clusters; k++) {
            int stop = start + sizes[k];
            Arrays.fill(y, start, stop, k % nClasses);
            double[] values = Arrays.copyOfRange(round.values(), start * nInformative, stop * nInformative);
            DoubleMatrix turned = new DoubleMatrix(values, sizes[k], nInformative).dot(symmetric(random, nInformative, nInformative));
            for (int i = start; i < stop; i++) {
                for (int j = 0; j < nInformative; j++) {
                    x.values()[i * nFeatures + j] = turned.get(i - start, j) + centers.get(k, j);
                }
            }
            start = stop;
        }
    }

    private int[] sizes(int clusters) {
        double[] parts = new double[nClasses];
        Arrays.fill(parts, 1.0 / nClasses);
        if (weights != null) {
            System.arraycopy(weights, 0, parts, 0, weights.length);
            if (weights.length < nClasses) {
                parts[nClasses - 1] = 1 - Arrays.stream(weights).reduce(0, Double::sum);
            }
        }
        int[] sizes = new int[clusters];
        int rest = nSamples;
        for (int k = 0; k < clusters; k++) {
            sizes[k] = (int) (nSamples * parts[k % nClasses] / nClustersPerClass);
            rest -= sizes[k];
        }
        if (rest < 0 || Arrays.stream(sizes).anyMatch(size -> size < 0)) {
            throw new InvalidArgumentException("[makeClassification] expected weights >= 0 that sum to at most 1, got "
                    + Arrays.toString(parts));
        }
        for (int i = 0; i < rest; i++) {
            sizes[i % clusters]++;
        }
        return sizes;
    }

    /** Returns distinct rows of zeros and ones. */
    private static DoubleMatrix corners(Generator random, int count, int dimensions) {
        DoubleMatrix corners = DoubleMatrix.allocate(count, dimensions);
        int wide = Math.max(0, dimensions - Distinct.MOST_BITS);
        if (wide > 0) {
            long[] bits = random.fillIntegers(new long[count * wide], 0, 2);
            for (int i = 0; i < bits.length; i++) {
                corners.values()[i / wide * dimensions + i % wide] = bits[i];
            }
        }
        long[] numbers = Distinct.below(random, 1 << (dimensions - wide), count);
        for (int i = 0; i < count; i++) {
            for (int j = wide; j < dimensions; j++) {
                corners.values()[i * dimensions + j] = numbers[i] >> (dimensions - 1 - j) & 1;
            }
        }
        return corners;
    }

    /** Returns a matrix of numbers from -1 to 1. */
    private static DoubleMatrix symmetric(Generator random, int rows, int columns) {
        DoubleMatrix matrix = DoubleMatrix.allocate(rows, columns);
        random.fillUniform(matrix.values(), 0, 1);
        for (int i = 0; i < matrix.values().length; i++) {
            matrix.values()[i] = 2 * matrix.values()[i] - 1;
        }
        return matrix;
    }

    // ---- features and labels ----------------------------------------------------------------------------------------------------

    private static DoubleMatrix columns(DoubleMatrix x, int from, int to) {
        int[] chosen = new int[to - from];
        Arrays.setAll(chosen, i -> from + i);
        return x.columns(chosen);
    }

    private static void put(DoubleMatrix x, int column, DoubleMatrix values) {
        for (int i = 0; i < x.rows(); i++) {
            System.arraycopy(values.values(), i * values.columns(), x.values(), i * x.columns() + column, values.columns());
        }
    }

    private void flip(Generator random, long[] y) {
        double[] drawn = random.fillUniform(new double[nSamples], 0, 1);
        int[] flipped = new int[nSamples];
        int count = 0;
        for (int i = 0; i < nSamples; i++) {
            if (drawn[i] < flipY) {
                flipped[count++] = i;
            }
        }
        long[] classes = random.fillIntegers(new long[count], 0, nClasses);
        for (int i = 0; i < count; i++) {
            y[flipped[i]] = classes[i];
        }
    }

    private void move(Generator random, DoubleMatrix x) {
        double[] by = shift;
        if (by == null) {
            by = symmetric(random, 1, nFeatures).values();
            for (int j = 0; j < nFeatures; j++) {
                by[j] *= classSep;
            }
        }
        double[] times = scale;
        if (times == null) {
            times = random.fillUniform(new double[nFeatures], 0, 1);
            for (int j = 0; j < nFeatures; j++) {
                times[j] = 1 + 100 * times[j];
            }
        }
        for (int i = 0; i < x.values().length; i++) {
            int j = i % nFeatures;
            x.values()[i] = (x.values()[i] + by[by.length == 1 ? 0 : j]) * times[times.length == 1 ? 0 : j];
        }
    }
}
