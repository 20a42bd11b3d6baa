// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.java.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The loops on vectors against their plain twins, bit for bit, apart from any kernel and from how warm the JVM is. */
class LanesTest {
    private final Random random = new Random(77);

    private float[] numbers(int n) {
        float[] x = new float[n];
        for (int i = 0; i < n; i++) {
            x[i] = random.nextInt(50) == 0 ? -0f : random.nextFloat() - 0.4f;
        }
        return x;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 10, 256})
    void tiles(int depth) {
        VectorLanes vector = new VectorLanes();
        PlainLanes plain = new PlainLanes(vector.tileRows(), vector.tileColumns());
        int stride = vector.tileColumns() + 5;
        float[] a = numbers(3 + depth * vector.tileRows());
        float[] b = numbers(2 + depth * vector.tileColumns());
        float[] c = numbers(1 + vector.tileRows() * stride);
        for (boolean increase : new boolean[] {false, true}) {
            float[] expected = c.clone();
            float[] got = c.clone();
            plain.tile(depth, a, 3, b, 2, expected, 1, stride, increase);
            VectorLanes.vectorTile(depth, a, 3, b, 2, got, 1, stride, increase);
            assertThat(got).isEqualTo(expected);
            assertThat(got).isNotEqualTo(c);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {6, 12})
    void bothTileHeights(int rows) {
        int columns = new VectorLanes().tileColumns();
        PlainLanes plain = new PlainLanes(rows, columns);
        float[] a = numbers(33 * rows);
        float[] b = numbers(33 * columns);
        float[] expected = new float[rows * columns];
        float[] got = new float[rows * columns];
        plain.tile(33, a, 0, b, 0, expected, 0, columns, false);
        if (rows == 6) {
            Tile6.run(33, a, 0, b, 0, got, 0, columns, false);
        } else {
            Tile12.run(33, a, 0, b, 0, got, 0, columns, false);
        }
        assertThat(got).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 15, 63, 64, 65, 200, 1000})
    void folds(int n) {
        VectorLanes vector = new VectorLanes();
        PlainLanes plain = new PlainLanes();
        float[] x = numbers(Frame.BLOCK + 7);
        float[] y = numbers(Frame.BLOCK);
        float[] sums = new float[Lanes.SUMS];
        assertThat(vector.sum(x, 7, n, sums)).isEqualTo(plain.sum(x, 7, n, sums));
        assertThat(vector.dot(x, y, n, sums)).isEqualTo(plain.dot(x, y, n, sums));
        assertThat(vector.max(x, 3, n)).isEqualTo(plain.max(x, 3, n));
        assertThat(vector.min(x, 3, n)).isEqualTo(plain.min(x, 3, n));
        x[3 + n / 2] = Float.NaN;
        assertThat(vector.max(x, 3, n)).isNaN();
        assertThat(vector.min(x, 3, n)).isNaN();
    }

    @Test
    void comparisonsAndChoices() {
        VectorLanes vector = new VectorLanes();
        float[] a = {0f, -0f, 1f, Float.NaN, Float.NaN, 2f, Float.NEGATIVE_INFINITY, 3f, 5f, 5f, 1f, 0f, -1f, 0f, 7f, 8f};
        float[] b = {-0f, 0f, 2f, Float.NaN, 1f, Float.NaN, 3f, 3f, 4f, 6f, 1f, 1f, 1f, 0f, Float.POSITIVE_INFINITY, 8f};
        int[] less = new int[16];
        int[] equal = new int[16];
        float[] chosen = new float[16];
        vector.less(a, b, less, 16);
        vector.equal(a, b, equal, 16);
        vector.select(less, a, b, chosen, 16);
        for (int i = 0; i < 16; i++) {
            assertThat(less[i]).isEqualTo(a[i] < b[i] ? 1 : 0);
            assertThat(equal[i]).isEqualTo(a[i] == b[i] ? 1 : 0);
            assertThat(Float.floatToIntBits(chosen[i])).isEqualTo(Float.floatToIntBits(a[i] < b[i] ? a[i] : b[i]));
        }
    }

    @Test
    void warmUpEndsOnceTheLoopIsFast() throws InterruptedException {
        WarmUp warmUp = new WarmUp(() -> {});
        for (int i = 0; i < 1000 && !warmUp.isReady(); i++) {
            Thread.sleep(10);
        }
        assertThat(warmUp.isReady()).isTrue();
    }
}
