// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.Generator;
import dev.ashlar.type.DType;
import dev.ashlar.type.InvalidArgumentException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Made-up data is that of scikit-learn. */
class SyntheticTest {
    private static final double LOGARITHM = 4;
    private static final double FACTORISATION = 16;

    private static void check(String name, Synthetic.Regression made, double ulps, boolean ofTheLargest) {
        ScikitLearn.assertClose(name + ".x", made.x().values(), ulps, ofTheLargest);
        ScikitLearn.assertClose(name + ".y", made.y().values(), ulps, ofTheLargest);
        ScikitLearn.assertEqual(name + ".coefficients", made.coefficients().values());
    }

    private static void check(String name, Synthetic.Classes made) {
        ScikitLearn.assertClose(name + ".x", made.x().values(), LOGARITHM, false);
        ScikitLearn.assertEqual(name + ".y", made.y());
    }

    // ---- regression -------------------------------------------------------------------------------------------------------------

    @Test
    void theLinesOfTheTutorials() {
        check("tutorial1", Synthetic.makeRegression().nSamples(500).nFeatures(1).noise(10).randomState(0).make(), LOGARITHM, false);
        check("tutorial3", Synthetic.makeRegression().nSamples(500).nFeatures(3).noise(10).randomState(0).make(), LOGARITHM, false);
    }

    @Test
    void regressionOfSeveralTargets() {
        MakeRegression settings = Synthetic.makeRegression()
                .nSamples(12)
                .nFeatures(9)
                .nInformative(5)
                .nTargets(3)
                .bias(2.5)
                .noise(1.5)
                .randomState(3);
        check("targets", settings.make(), LOGARITHM, false);
        assertThat(settings.make().y().values()).as("a seed starts again").isEqualTo(settings.make().y().values());
        assertThat(Arrays.stream(settings.make().coefficients().values()).filter(value -> value == 0)).hasSize(4 * 3);
    }

    @Test
    void regressionWithoutShuffling() {
        check("unshuffled", Synthetic.makeRegression().nSamples(9).nFeatures(5).shuffle(false).randomState(9).make(), LOGARITHM, false);
    }

    @Test
    void regressionOfLowRank() {
        MakeRegression tall =
                Synthetic.makeRegression().nSamples(12).nFeatures(6).effectiveRank(3).noise(0.5).randomState(1);
        check("lowRank", tall.make(), FACTORISATION, true);
        MakeRegression wide =
                Synthetic.makeRegression().nSamples(5).nFeatures(8).effectiveRank(2).tailStrength(0.2).randomState(2);
        check("wide", wide.make(), FACTORISATION, true);
    }

    // ---- classes ----------------------------------------------------------------------------------------------------------------

    @Test
    void circles() {
        check("tutorialCircles", Synthetic.makeCircles().nSamples(300).factor(0.5).noise(0.1).randomState(2020).make());
        check("circles", Synthetic.makeCircles().nSamples(7, 5).shuffle(false).factor(0.3).make());
    }

    @Test
    void moons() {
        check("moons", Synthetic.makeMoons().nSamples(21).noise(0.2).randomState(42).make());
        check("moonsPlain", Synthetic.makeMoons().nSamples(1, 8).randomState(1).make());
    }

    @Test
    void blobs() {
        check(
                "tutorialBlobs",
                Synthetic.makeBlobs()
                        .nSamples(200)
                        .centers(4)
                        .centerBox(-1.2, 1.2)
                        .clusterStd(0.15, 0.15, 0.15, 0.15)
                        .randomState(12345)
                        .make());
        double[][] centers = {{0, 0, 1}, {2, 2, 2}, {5, -5, 0}};
        check(
                "blobs",
                Synthetic.makeBlobs()
                        .nSamples(new int[] {3, 5, 9})
                        .centers(centers)
                        .clusterStd(0.1, 1, 2)
                        .randomState(8)
                        .make());
        MakeBlobs.Blobs plain = Synthetic.makeBlobs()
                .nSamples(17)
                .nFeatures(3)
                .centers(6)
                .shuffle(false)
                .randomState(11)
                .makeWithCenters();
        check("blobsPlain", new Synthetic.Classes(plain.x(), plain.y()));
        ScikitLearn.assertEqual("blobsPlain.centers", plain.centers().values());
    }

    @Test
    void clusters() {
        check("clusters", Synthetic.makeClassification().nSamples(30).nFeatures(6).randomState(0).make());
        check(
                "clustersPlain",
                Synthetic.makeClassification()
                        .nSamples(20)
                        .nFeatures(8)
                        .nInformative(8)
                        .nRedundant(0)
                        .nClustersPerClass(1)
                        .shuffle(false)
                        .shift(0.5)
                        .scale(2)
                        .randomState(2)
                        .make());
        check(
                "allCorners",
                Synthetic.makeClassification()
                        .nSamples(20)
                        .nFeatures(4)
                        .nRedundant(1)
                        .nRepeated(1)
                        .nClasses(4)
                        .nClustersPerClass(1)
                        .flipY(0)
                        .randomState(6)
                        .make());
    }

    @Test
    void clustersAtOtherCorners() {
        check(
                "polytope",
                Synthetic.makeClassification()
                        .nSamples(40)
                        .nFeatures(12)
                        .nInformative(5)
                        .nRedundant(3)
                        .nRepeated(2)
                        .nClasses(3)
                        .weights(0.5, 0.3)
                        .flipY(0.1)
                        .classSep(1.5)
                        .hypercube(false)
                        .shift((double[]) null)
                        .scale((double[]) null)
                        .randomState(4)
                        .make());
        check(
                "manyDimensions",
                Synthetic.makeClassification()
                        .nSamples(13)
                        .nFeatures(35)
                        .nInformative(33)
                        .nRedundant(1)
                        .randomState(6)
                        .make());
    }

    // ---- settings ---------------------------------------------------------------------------------------------------------------

    @Test
    void goesOnDrawingFromAGenerator() {
        Generator generator = Generator.numpy(2020);
        MakeCircles settings = Synthetic.makeCircles().nSamples(300).factor(0.5).noise(0.1).randomState(generator);
        check("tutorialCircles", settings.make());
        assertThat(settings.make().x().values()).isNotEqualTo(ScikitLearn.recorded("tutorialCircles.x"));
    }

    @Test
    void becomesTensors() {
        Synthetic.Classes made = Synthetic.makeMoons().nSamples(10).randomState(1).make();
        assertThat(made.x().toTensor().shape().toArray()).containsExactly(10, 2);
        assertThat(made.x().toTensor().dtype()).isEqualTo(DType.FLOAT64);
        assertThat(DoubleMatrix.of(made.x().toTensor()).values()).isEqualTo(made.x().values());
        assertThat(made.labels().toLongArray()).isEqualTo(made.y());
    }

    @Test
    void saysWhichSettingIsWrong() {
        assertThatThrownBy(() -> Synthetic.makeRegression().nSamples(0))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("nSamples")
                .hasMessageContaining("got 0");
        assertThatThrownBy(() -> Synthetic.makeRegression().noise(-1)).hasMessageContaining("noise");
        assertThatThrownBy(() -> Synthetic.makeRegression().effectiveRank(0)).hasMessageContaining("effectiveRank");
        assertThatThrownBy(() -> Synthetic.makeCircles().factor(1)).hasMessageContaining("factor");
        assertThatThrownBy(() -> Synthetic.makeMoons().noise(Double.NaN)).hasMessageContaining("noise");
        assertThatThrownBy(() -> Synthetic.makeBlobs().clusterStd(1, 2).make()).hasMessageContaining("2 deviations");
        assertThatThrownBy(() -> Synthetic.makeMoons().randomState(-1).make()).hasMessageContaining("seed");
        assertThatThrownBy(() -> Synthetic.makeClassification().nFeatures(3).make()).hasMessageContaining("3 features");
        assertThatThrownBy(() -> Synthetic.makeClassification().nClasses(3).make()).hasMessageContaining("3 classes of 2");
        assertThatThrownBy(() -> Synthetic.makeClassification().weights(0.9, 0.3).make()).hasMessageContaining("sum to at most 1");
        assertThatThrownBy(() -> Synthetic.makeClassification().weights(1, 2, 3).make()).hasMessageContaining("got 3");
    }
}
