// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.Device;
import dev.ashlar.Generator;
import dev.ashlar.Tensor;
import dev.ashlar.data.Batch;
import dev.ashlar.data.DataLoader;
import dev.ashlar.data.Dataset;
import dev.ashlar.data.SampleException;
import dev.ashlar.data.TensorDataset;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.ShapeMismatchException;
import dev.ashlar.type.TensorClosedException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Batches: order, sizes, where they lie and how long they live. */
class DataLoaderTest {
    private static final int ROWS = 10;

    private static TensorDataset table(Device device) {
        float[] x = new float[ROWS * 2];
        for (int i = 0; i < x.length; i++) {
            x[i] = i;
        }
        return new TensorDataset(
                Tensor.of(x, ROWS, 2).to(device), Tensor.of(LongStream.range(0, ROWS).toArray()).to(device));
    }

    /** Samples that are made when asked for: [2 i, 2 i + 1] and i. */
    private record Made(AtomicInteger asked, int broken) implements Dataset {
        @Override
        public long size() {
            return ROWS;
        }

        @Override
        public List<Tensor> get(long index) {
            asked.incrementAndGet();
            if (index == broken) {
                throw new IllegalStateException("sample " + index + " is broken");
            }
            return List.of(Tensor.of(2f * index, 2f * index + 1), Tensor.of(new long[] {index}).reshape());
        }
    }

    private static List<List<Long>> labels(DataLoader loader) {
        List<List<Long>> batches = new ArrayList<>();
        for (Batch batch : loader) {
            long[] labels = batch.get(1).toLongArray();
            float[] rows = batch.get(0).toFloatArray();
            assertThat(batch.size()).isEqualTo(2);
            assertThat(batch.rows()).isEqualTo(labels.length);
            assertThat(batch.get(0).shape().toArray()).containsExactly(labels.length, 2);
            for (int i = 0; i < labels.length; i++) {
                assertThat(rows[2 * i]).isEqualTo(2f * labels[i]);
                assertThat(rows[2 * i + 1]).isEqualTo(2f * labels[i] + 1);
            }
            batches.add(LongStream.of(labels).boxed().toList());
        }
        return batches;
    }

    static List<String> devices() {
        return Fixtures.devices().stream().map(Device::name).toList();
    }

    // ---- order ------------------------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @MethodSource("devices")
    void keepsTheOrderOfTheRows(String device) {
        DataLoader loader = new DataLoader(table(Device.of(device))).batchSize(4);
        assertThat(loader.size()).isEqualTo(3);
        assertThat(labels(loader)).containsExactly(List.of(0L, 1L, 2L, 3L), List.of(4L, 5L, 6L, 7L), List.of(8L, 9L));
        assertThat(labels(loader.dropLast(true))).hasSize(2);
        assertThat(labels(loader.batchSize(ROWS))).hasSize(1);
        assertThat(labels(loader.batchSize(ROWS))).as("the data set is still open").hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("devices")
    void shufflesAnewInEachEpochAndTheSameWayUnderASeed(String device) {
        TensorDataset table = table(Device.of(device));
        DataLoader loader = new DataLoader(table).batchSize(4).shuffle(true).generator(new Generator(7));
        List<List<Long>> first = labels(loader);
        List<List<Long>> second = labels(loader);
        assertThat(second).isNotEqualTo(first);
        assertThat(first.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(
                LongStream.range(0, ROWS).boxed().toList());
        DataLoader again = new DataLoader(table).batchSize(4).shuffle(true).generator(new Generator(7));
        assertThat(labels(again)).isEqualTo(first);
        assertThat(labels(again)).isEqualTo(second);
        assertThat(labels(again.generator(new Generator(8)))).isNotEqualTo(first);
    }

    @Test
    void orderDoesNotDependOnPrefetchingOrTheKindOfDataSet() {
        List<List<Long>> expected =
                labels(new DataLoader(table(Device.of("java"))).batchSize(3).shuffle(true).generator(new Generator(5)));
        for (int ahead : new int[] {0, 1, 2, 100}) {
            DataLoader made = new DataLoader(new Made(new AtomicInteger(), -1))
                    .batchSize(3)
                    .shuffle(true)
                    .generator(new Generator(5))
                    .prefetch(ahead);
            assertThat(labels(made)).isEqualTo(expected);
        }
    }

    @Test
    void ordersAreEven() {
        int[][] counts = new int[ROWS][ROWS];
        DataLoader loader = new DataLoader(table(Device.of("java"))).batchSize(ROWS).shuffle(true).generator(new Generator(1));
        int epochs = 500;
        for (int epoch = 0; epoch < epochs; epoch++) {
            List<Long> order = labels(loader).getFirst();
            IntStream.range(0, ROWS).forEach(at -> counts[at][order.get(at).intValue()]++);
        }
        double expected = epochs / (double) ROWS;
        double chiSquare = 0;
        for (int[] row : counts) {
            for (int count : row) {
                chiSquare += (count - expected) * (count - expected) / expected;
            }
        }
        // 81 degrees of freedom: an even one exceeds 137 once in ten thousand seeds, and this seed is fixed.
        assertThat(chiSquare).isLessThan(137);
    }

    // ---- life -------------------------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @MethodSource("devices")
    void batchLivesUntilTheNextAndAcloneLonger(String device) {
        DataLoader loader = new DataLoader(table(Device.of(device))).batchSize(5).shuffle(true).generator(new Generator(3));
        Iterator<Batch> epoch = loader.iterator();
        Tensor first = epoch.next().get(1);
        Tensor kept = first.clone();
        Tensor pending = first.add(100L);
        long[] values = first.toLongArray();
        Tensor second = epoch.next().get(1);
        assertThatThrownBy(first::toLongArray).isInstanceOf(TensorClosedException.class);
        assertThat(kept.toLongArray()).isEqualTo(values);
        assertThat(pending.toLongArray()).isEqualTo(LongStream.of(values).map(value -> value + 100).toArray());
        assertThat(second.toLongArray()).hasSize(5);
        assertThat(epoch.hasNext()).isFalse();
        assertThatThrownBy(epoch::next).isInstanceOf(NoSuchElementException.class);
        assertThatThrownBy(second::toLongArray).isInstanceOf(TensorClosedException.class);
    }

    @ParameterizedTest
    @MethodSource("devices")
    void epochsLeaveNoMemoryBehind(String name) {
        Device device = Device.of(name);
        DataLoader loader = new DataLoader(table(device)).batchSize(3).shuffle(true).generator(new Generator(3));
        labels(loader);
        long before = device.memory().liveBuffers();
        for (int epoch = 0; epoch < 20; epoch++) {
            labels(loader);
        }
        assertThat(device.memory().liveBuffers()).isLessThanOrEqualTo(before);
    }

    // ---- samples ahead ------------------------------------------------------------------------------------------------------------

    @Test
    void asksForABoundedNumberOfSamplesAhead() {
        AtomicInteger asked = new AtomicInteger();
        Iterator<Batch> epoch = new DataLoader(new Made(asked, -1)).batchSize(2).prefetch(2).iterator();
        epoch.next();
        // The batch itself and two ahead.
        assertThat(asked.get()).isBetween(2, 6);
    }

    @Test
    void failuresOfADataSetReachTheLoop() {
        for (int ahead : new int[] {0, 2}) {
            Iterator<Batch> epoch = new DataLoader(new Made(new AtomicInteger(), 3)).batchSize(2).prefetch(ahead).iterator();
            epoch.next();
            assertThatThrownBy(epoch::next).isInstanceOf(SampleException.class);
        }
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThatThrownBy(() -> new TensorDataset(Tensor.ones(3), Tensor.ones(4))).isInstanceOf(ShapeMismatchException.class);
        assertThatThrownBy(TensorDataset::new).isInstanceOf(InvalidArgumentException.class);
        DataLoader loader = new DataLoader(table(Device.of("java")));
        assertThatThrownBy(() -> loader.batchSize(0)).isInstanceOf(InvalidArgumentException.class);
        assertThatThrownBy(() -> loader.prefetch(-1)).isInstanceOf(InvalidArgumentException.class);
    }
}
