// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.Tensor;
import dev.ashlar.type.DType;
import dev.ashlar.type.IndexOutOfRangeException;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.ShapeMismatchException;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Scaling is that of scikit-learn: a cosine, a constant, a column with a gap, and one far from 0. */
class ScalerTest {
    private static final DoubleMatrix ROWS = new DoubleMatrix(ScikitLearn.recorded("scalers.x"), 7, 4);

    @Test
    void standardises() {
        StandardScaler scaler = new StandardScaler().fit(ROWS);
        ScikitLearn.assertEqual("standard.mean", scaler.mean());
        ScikitLearn.assertEqual("standard.variance", scaler.variance());
        ScikitLearn.assertEqual("standard.y", scaler.transform(ROWS).values());
        assertThat(scaler.scale()[1]).as("a constant column").isEqualTo(1);
        double[] back = scaler.inverseTransform(scaler.transform(ROWS)).values();
        for (int i = 0; i < back.length; i++) {
            assertThat(back[i]).isCloseTo(ROWS.values()[i], Offset.offset(1e-7));
        }
    }

    @Test
    void standardisesOneColumnWithNumpysSums() {
        DoubleMatrix column = new DoubleMatrix(ScikitLearn.recorded("tutorial1.y"), 500, 1);
        StandardScaler scaler = new StandardScaler().fit(column);
        ScikitLearn.assertEqual("column.mean", scaler.mean());
        ScikitLearn.assertEqual("column.variance", scaler.variance());
    }

    @Test
    void leavesOutMeanOrDeviation() {
        ScikitLearn.assertEqual("uncentred.y", new StandardScaler().withMean(false).fitTransform(ROWS).values());
        ScikitLearn.assertEqual("unscaled.y", new StandardScaler().withStd(false).fitTransform(ROWS).values());
    }

    @Test
    void mapsToARange() {
        MinMaxScaler scaler = new MinMaxScaler().featureRange(-1, 2);
        ScikitLearn.assertEqual("minMax.y", scaler.fitTransform(ROWS).values());
        ScikitLearn.assertEqual("minMax.back", scaler.inverseTransform(scaler.transform(ROWS)).values());
        DoubleMatrix beyond = new DoubleMatrix(new double[] {1e6, -7, Double.NaN, 0}, 1, 4);
        assertThat(scaler.clip(true).transform(beyond).values()).containsExactly(2, -1, Double.NaN, -1);
    }

    @Test
    void scalesTensors() {
        Tensor rows = Tensor.of(new float[] {1, 2, 3, 4});
        Tensor scaled = new MinMaxScaler().fitTransform(rows);
        assertThat(scaled.dtype()).isEqualTo(DType.FLOAT32);
        assertThat(scaled.toFloatArray()).containsExactly(0, 1 / 3f, 2 / 3f, 1);
        StandardScaler standard = new StandardScaler();
        Tensor back = standard.inverseTransform(standard.fitTransform(rows.reshape(2, 2)));
        assertThat(back.shape().toArray()).containsExactly(2, 2);
        assertThat(back.toFloatArray()).containsExactly(1, 2, 3, 4);
    }

    @Test
    void rowsAndColumnsThatAreNotThereAreRefused() {
        DoubleMatrix matrix = DoubleMatrix.of(new double[][] {{1, 2}, {3, 4}});
        // Beyond the end of the first row lies the second one.
        assertThatThrownBy(() -> matrix.get(0, 2))
                .isInstanceOf(IndexOutOfRangeException.class)
                .hasMessageContaining("column in [0, 2), got 2");
        assertThatThrownBy(() -> matrix.column(-1)).isInstanceOf(IndexOutOfRangeException.class);
        assertThatThrownBy(() -> matrix.columns(2)).isInstanceOf(IndexOutOfRangeException.class);
        assertThatThrownBy(() -> matrix.row(2))
                .isInstanceOf(IndexOutOfRangeException.class)
                .hasMessageContaining("row in [0, 2), got 2");
        assertThatThrownBy(() -> matrix.rows(0, -1)).isInstanceOf(IndexOutOfRangeException.class);
    }

    @Test
    void saysWhatIsWrong() {
        assertThatThrownBy(() -> new StandardScaler().transform(ROWS))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("[StandardScaler transform]")
                .hasMessageContaining("call fit first");
        assertThatThrownBy(() -> new MinMaxScaler().fit(ROWS).inverseTransform(ROWS.columns(0, 1)))
                .isInstanceOf(ShapeMismatchException.class)
                .hasMessageContaining("4 columns")
                .hasMessageContaining("got 2");
        assertThatThrownBy(() -> new MinMaxScaler().featureRange(1, 1)).hasMessageContaining("featureRange");
        assertThatThrownBy(() -> new StandardScaler().fit(DoubleMatrix.of(new double[0][]))).hasMessageContaining("at least one row");
    }
}
