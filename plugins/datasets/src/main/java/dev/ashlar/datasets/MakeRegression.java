// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.datasets;

import dev.ashlar.Generator;
import dev.ashlar.Tensor;
import dev.ashlar.autograd.Autograd;
import dev.ashlar.type.InvalidArgumentException;

/**
 * A random linear problem, {@code y = x c + bias + noise}: the informative features have coefficients from 0 to 100, the others 0.
 *
 * @see <a href="https://scikit-learn.org/stable/modules/generated/sklearn.datasets.make_regression.html">make_regression</a>
 */
public final class MakeRegression extends SyntheticSettings<MakeRegression> {
    private int nSamples = 100;
    private int nFeatures = 100;
    private int nInformative = 10;
    private int nTargets = 1;
    private double bias;
    private int effectiveRank;
    private double tailStrength = 0.5;
    private double noise;

    MakeRegression() {}

    /** Sets the number of samples, at least 1; 100 from the start. Returns this. */
    public MakeRegression nSamples(int count) {
        nSamples = Synthetic.atLeast("makeRegression nSamples", 1, count);
        return this;
    }

    /** Sets the number of features, at least 1; 100 from the start. Returns this. */
    public MakeRegression nFeatures(int count) {
        nFeatures = Synthetic.atLeast("makeRegression nFeatures", 1, count);
        return this;
    }

    /** Sets how many features, or all if there are fewer, have a coefficient; 10 from the start. Returns this. */
    public MakeRegression nInformative(int count) {
        nInformative = Synthetic.atLeast("makeRegression nInformative", 0, count);
        return this;
    }

    /** Sets the number of targets, at least 1; 1 from the start. Returns this. */
    public MakeRegression nTargets(int count) {
        nTargets = Synthetic.atLeast("makeRegression nTargets", 1, count);
        return this;
    }

    /** Sets what is added to every target; 0 from the start. Returns this. */
    public MakeRegression bias(double value) {
        bias = value;
        return this;
    }

    /**
     * Sets how many singular vectors roughly explain the features, at least 1; without it the features are independent, of the standard
     * normal distribution. Returns this.
     */
    public MakeRegression effectiveRank(int rank) {
        effectiveRank = Synthetic.atLeast("makeRegression effectiveRank", 1, rank);
        return this;
    }

    /** Sets the weight, 0 to 1, of the long tail of singular values if there is an effective rank; 0.5 from the start. Returns this. */
    public MakeRegression tailStrength(double weight) {
        if (!(weight >= 0 && weight <= 1)) {
            throw new InvalidArgumentException("[makeRegression tailStrength] expected a number from 0 to 1, got " + weight);
        }
        tailStrength = weight;
        return this;
    }

    /** Sets the standard deviation of what is added to the targets; 0 from the start. Returns this. */
    public MakeRegression noise(double deviation) {
        noise = Synthetic.notNegative("makeRegression noise", deviation);
        return this;
    }

    /** Draws the samples. */
    public Synthetic.Regression make() {
        Generator random = source();
        DoubleMatrix x = effectiveRank == 0 ? normal(random, nSamples, nFeatures) : lowRank(random);
        DoubleMatrix truth = DoubleMatrix.allocate(nFeatures, nTargets);
        int used = Math.min(nFeatures, nInformative) * nTargets;
        double[] drawn = random.fillUniform(new double[used], 0, 1);
        for (int i = 0; i < used; i++) {
            truth.values()[i] = 100 * drawn[i];
        }
        DoubleMatrix y = x.dot(truth);
        for (int i = 0; i < y.values().length; i++) {
            y.values()[i] += bias;
        }
        if (noise > 0) {
            for (int i = 0; i < y.values().length; i++) {
                y.values()[i] += noise * random.nextGaussian();
            }
        }
        if (!shuffle) {
            return new Synthetic.Regression(x, y, truth);
        }
        int[] order = Synthetic.toInts(random.permutation(nSamples));
        int[] features = Synthetic.toInts(random.permutation(nFeatures));
        return new Synthetic.Regression(x.rows(order).columns(features), y.rows(order), truth.rows(features));
    }

    private static DoubleMatrix normal(Generator random, int rows, int columns) {
        DoubleMatrix matrix = DoubleMatrix.allocate(rows, columns);
        Synthetic.fill(matrix.values(), random::nextGaussian);
        return matrix;
    }

    /** A product of random orthonormal vectors whose singular values are a bell and a long tail. */
    private DoubleMatrix lowRank(Generator random) {
        int count = Math.min(nSamples, nFeatures);
        double[] singular = new double[count];
        for (int i = 0; i < count; i++) {
            double part = (double) i / effectiveRank;
            singular[i] = (1 - tailStrength) * Math.exp(-part * part) + tailStrength * Math.exp(-0.1 * i / effectiveRank);
        }
        try (var _ = Autograd.noGrad()) {
            Tensor u = normal(random, nSamples, count).toTensor().qr().q();
            Tensor v = normal(random, nFeatures, count).toTensor().qr().q();
            DoubleMatrix left = DoubleMatrix.of(u);
            for (int i = 0; i < left.values().length; i++) {
                left.values()[i] *= singular[i % count];
            }
            return left.dot(DoubleMatrix.of(v.transpose(0, 1)));
        }
    }
}
