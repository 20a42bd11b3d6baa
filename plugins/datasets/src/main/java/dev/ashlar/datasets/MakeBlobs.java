// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.datasets;

import dev.ashlar.Generator;
import dev.ashlar.type.InvalidArgumentException;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Gaussian clouds around centres, one class each.
 *
 * @see <a href="https://scikit-learn.org/stable/modules/generated/sklearn.datasets.make_blobs.html">make_blobs</a>
 */
public final class MakeBlobs extends SyntheticSettings<MakeBlobs> {
    private int nSamples = 100;
    private int @Nullable [] samplesPerCenter;
    private int nFeatures = 2;
    private int nCenters = 3;
    private @Nullable DoubleMatrix centers;
    private double[] clusterStd = {1};
    private double boxLow = -10;
    private double boxHigh = 10;

    MakeBlobs() {}

    /**
     * Samples with classes.
     *
     * @param x of shape {@code [samples, features]}
     * @param y the number of the centre of each sample
     * @param centers of shape {@code [centers, features]}
     */
    public record Blobs(DoubleMatrix x, long[] y, DoubleMatrix centers) {
    }

    /** Sets the number of samples, divided evenly among the centres; 100 from the start. Returns this. */
    public MakeBlobs nSamples(int count) {
        nSamples = Synthetic.atLeast("makeBlobs nSamples", 1, count);
        samplesPerCenter = null;
        return this;
    }

    /** Sets the number of samples of each centre, and so the number of centres. Returns this. */
    public MakeBlobs nSamples(int[] perCenter) {
        samplesPerCenter = perCenter.clone();
        for (int count : perCenter) {
            Synthetic.atLeast("makeBlobs nSamples", 0, count);
        }
        return this;
    }

    /** Sets the number of features where the centres are random, at least 1; 2 from the start. Returns this. */
    public MakeBlobs nFeatures(int count) {
        nFeatures = Synthetic.atLeast("makeBlobs nFeatures", 1, count);
        return this;
    }

    /** Sets how many random centres there are, at least 1; 3 from the start. Returns this. */
    public MakeBlobs centers(int count) {
        nCenters = Synthetic.atLeast("makeBlobs centers", 1, count);
        centers = null;
        return this;
    }

    /** Sets the centres, a row each. Returns this. */
    public MakeBlobs centers(double[][] rows) {
        Synthetic.atLeast("makeBlobs centers", 1, rows.length);
        centers = DoubleMatrix.of(rows);
        return this;
    }

    /** Sets the standard deviation of the clouds: one for all, or one for each; 1 from the start. Returns this. */
    public MakeBlobs clusterStd(double... deviations) {
        for (double deviation : deviations) {
            Synthetic.notNegative("makeBlobs clusterStd", deviation);
        }
        clusterStd = deviations.clone();
        return this;
    }

    /** Sets where random centres lie, in every feature; -10 to 10 from the start. Returns this. */
    public MakeBlobs centerBox(double low, double high) {
        boxLow = low;
        boxHigh = high;
        return this;
    }

    /**
     * Draws the samples.
     *
     * @throws InvalidArgumentException if there are not as many deviations, or numbers of samples, as centres
     */
    public Synthetic.Classes make() {
        Blobs blobs = makeWithCenters();
        return new Synthetic.Classes(blobs.x(), blobs.y());
    }

    /**
     * Draws the samples and tells the centres.
     *
     * @throws InvalidArgumentException if there are not as many deviations, or numbers of samples, as centres
     */
    public Blobs makeWithCenters() {
        Generator random = source();
        int count = samplesPerCenter != null ? samplesPerCenter.length : centers != null ? centers.rows() : nCenters;
        DoubleMatrix middle = centers;
        if (middle == null) {
            middle = DoubleMatrix.allocate(count, nFeatures);
            random.fillUniform(middle.values(), boxLow, boxHigh);
        }
        if (middle.rows() != count || clusterStd.length != 1 && clusterStd.length != count) {
            throw new InvalidArgumentException("[makeBlobs] expected as many centres and deviations as there are clusters, got " + count
                    + " clusters, " + middle.rows() + " centres and " + clusterStd.length + " deviations");
        }
        int[] sizes = samplesPerCenter != null
                ? samplesPerCenter
                : IntStream.range(0, count).map(i -> nSamples / count + (i < nSamples % count ? 1 : 0)).toArray();
        int width = middle.columns();
        DoubleMatrix x = DoubleMatrix.allocate(Arrays.stream(sizes).sum(), width);
        long[] y = new long[x.rows()];
        int row = 0;
        for (int center = 0; center < count; center++) {
            double deviation = clusterStd[clusterStd.length == 1 ? 0 : center];
            for (int i = 0; i < sizes[center]; i++, row++) {
                y[row] = center;
                for (int j = 0; j < width; j++) {
                    x.values()[row * width + j] = middle.get(center, j) + deviation * random.nextGaussian();
                }
            }
        }
        Synthetic.Classes made = shuffled(random, x, y);
        return new Blobs(made.x(), made.y(), middle);
    }
}
