// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.Tensor;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.ShapeMismatchException;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The rows are those that scikit-learn takes. */
class TrainTestSplitTest {
    private static final long[] CLASSES = LongStream.range(0, 23).map(i -> i * i % 5).toArray();

    @Test
    void aQuarterIfNothingIsSet() {
        TrainTestSplit.Rows rows = new TrainTestSplit().randomState(42).of(10);
        assertThat(rows.train()).containsExactly(0, 7, 2, 9, 4, 3, 6);
        assertThat(rows.test()).containsExactly(8, 1, 5);
    }

    @Test
    void sizes() {
        TrainTestSplit.Rows rows = new TrainTestSplit().testSize(3).trainSize(0.5).randomState(1).of(11);
        assertThat(rows.train()).containsExactly(9, 1, 6, 0, 7);
        assertThat(rows.test()).containsExactly(2, 3, 4);
        rows = new TrainTestSplit().trainSize(0.55).randomState(1).of(11);
        assertThat(rows.train()).containsExactly(6, 0, 7, 10, 8, 5);
        assertThat(rows.test()).containsExactly(2, 3, 4, 9, 1);
        rows = new TrainTestSplit().trainSize(4).randomState(1).of(11);
        assertThat(rows.train()).containsExactly(7, 10, 8, 5);
        assertThat(rows.test()).containsExactly(2, 3, 4, 9, 1, 6, 0);
    }

    @Test
    void theirOwnOrder() {
        TrainTestSplit.Rows rows = new TrainTestSplit().testSize(0.3).shuffle(false).of(11);
        assertThat(rows.train()).containsExactly(0, 1, 2, 3, 4, 5, 6);
        assertThat(rows.test()).containsExactly(7, 8, 9, 10);
    }

    @Test
    void sharesOfClasses() {
        TrainTestSplit.Rows rows = new TrainTestSplit().testSize(0.4).stratify(CLASSES).randomState(7).of(23);
        assertThat(rows.train()).containsExactly(10, 3, 15, 7, 0, 6, 2, 16, 21, 14, 13, 1, 8);
        assertThat(rows.test()).containsExactly(18, 9, 17, 11, 12, 19, 20, 22, 4, 5);
        rows = new TrainTestSplit().testSize(6).trainSize(9).stratify(CLASSES).randomState(8).of(23);
        assertThat(rows.train()).containsExactly(6, 0, 17, 12, 10, 14, 19, 18, 4);
        assertThat(rows.test()).containsExactly(16, 2, 15, 3, 13, 11);
    }

    @Test
    void classesMayHaveNames() {
        String[] names = LongStream.of(CLASSES).mapToObj(label -> "class " + label).toArray(String[]::new);
        TrainTestSplit.Rows rows = new TrainTestSplit().testSize(0.4).stratify(names).randomState(7).of(23);
        assertThat(rows.test()).isEqualTo(new TrainTestSplit().testSize(0.4).stratify(CLASSES).randomState(7).of(23).test());
    }

    @Test
    void selectsRowsOfTensors() {
        TrainTestSplit.Rows rows = new TrainTestSplit().testSize(1).shuffle(false).of(3);
        Tensor tensor = Tensor.of(new float[] {5, 6, 7});
        assertThat(rows.train(tensor).toFloatArray()).containsExactly(5, 6);
        assertThat(rows.test(tensor).toFloatArray()).containsExactly(7);
    }

    @Test
    void saysWhatIsWrong() {
        assertThatThrownBy(() -> new TrainTestSplit().testSize(1.0))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("testSize")
                .hasMessageContaining("int");
        assertThatThrownBy(() -> new TrainTestSplit().testSize(10).of(10)).hasMessageContaining("10 for testing");
        assertThatThrownBy(() -> new TrainTestSplit().testSize(0.6).trainSize(0.6).of(10)).hasMessageContaining("6 for training");
        assertThatThrownBy(() -> new TrainTestSplit().of(0)).hasMessageContaining("0 rows");
        assertThatThrownBy(() -> new TrainTestSplit().stratify(CLASSES).shuffle(false).of(23)).hasMessageContaining("stratify");
        assertThatThrownBy(() -> new TrainTestSplit().stratify(CLASSES).of(22)).isInstanceOf(ShapeMismatchException.class);
        assertThatThrownBy(() -> new TrainTestSplit().stratify(1, 1, 2).of(3)).hasMessageContaining("class 2");
        assertThatThrownBy(() -> new TrainTestSplit().testSize(2).stratify(CLASSES).of(23)).hasMessageContaining("3 classes");
    }
}
