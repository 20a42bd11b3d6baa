// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.Device;
import dev.ashlar.Tensor;
import dev.ashlar.data.Batch;
import dev.ashlar.data.ChainDataset;
import dev.ashlar.data.Collate;
import dev.ashlar.data.ConcatDataset;
import dev.ashlar.data.DataLoader;
import dev.ashlar.data.Dataset;
import dev.ashlar.data.IterableDataset;
import dev.ashlar.data.StackDataset;
import dev.ashlar.data.Subset;
import dev.ashlar.data.TensorDataset;
import dev.ashlar.type.DType;
import dev.ashlar.type.IndexOutOfRangeException;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.ShapeMismatchException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Data sets made of others, streams, and batches of what samples hold. */
class DatasetTest {
    private static final TensorDataset FIVE = new TensorDataset(Tensor.arange(5));
    private static final TensorDataset THREE = new TensorDataset(Tensor.arange(3).add(10));

    private static List<List<Long>> batches(DataLoader loader) {
        List<List<Long>> batches = new ArrayList<>();
        for (Batch batch : loader) {
            batches.add(Arrays.stream(batch.get(0).toLongArray()).boxed().toList());
        }
        return batches;
    }

    private static IterableDataset stream(long from, long to) {
        return () -> LongStream.range(from, to).mapToObj(i -> Collate.sample(i)).iterator();
    }

    @Test
    void subsetsTakeSamples() {
        Subset subset = new Subset(FIVE, 4, 0, 0, 2);
        assertThat(batches(new DataLoader(subset).batchSize(3))).containsExactly(List.of(4L, 0L, 0L), List.of(2L));
        assertThat(batches(new DataLoader(new Subset(subset, 3, 0)).batchSize(2))).containsExactly(List.of(2L, 4L));
        assertThat(subset.get(3).getFirst().itemLong()).isEqualTo(2);
        assertThatThrownBy(() -> subset.get(4)).isInstanceOf(IndexOutOfRangeException.class).hasMessageContaining("[0, 4)");
    }

    @Test
    void concatenatesAndStacks() {
        ConcatDataset both = new ConcatDataset(FIVE, THREE);
        assertThat(both.size()).isEqualTo(8);
        assertThat(batches(new DataLoader(both).batchSize(3)))
                .containsExactly(List.of(0L, 1L, 2L), List.of(3L, 4L, 10L), List.of(11L, 12L));
        assertThatThrownBy(() -> both.get(8)).isInstanceOf(IndexOutOfRangeException.class);
        assertThatThrownBy(ConcatDataset::new).isInstanceOf(InvalidArgumentException.class);
        StackDataset beside = new StackDataset(new Subset(FIVE, 1, 2, 3), THREE);
        assertThat(beside.size()).isEqualTo(3);
        assertThat(beside.get(2)).extracting(Tensor::itemLong).containsExactly(3L, 12L);
        assertThatThrownBy(() -> new StackDataset(FIVE, THREE)).hasMessageContaining("[5, 3]");
    }

    @Test
    void mapsSamples() {
        Dataset doubled = FIVE.map(sample -> List.of(sample.getFirst().mul(2)));
        assertThat(batches(new DataLoader(doubled).batchSize(4))).containsExactly(List.of(0L, 2L, 4L, 6L), List.of(8L));
    }

    @Test
    void readsStreams() {
        IterableDataset both = new ChainDataset(stream(0, 3), stream(7, 7), stream(10, 12));
        for (int workers : new int[] {0, 1, 4}) {
            DataLoader loader = new DataLoader(both).batchSize(2).workers(workers);
            assertThat(batches(loader)).containsExactly(List.of(0L, 1L), List.of(2L, 10L), List.of(11L));
            assertThat(batches(loader)).as("another epoch").hasSize(3);
            assertThat(batches(loader.dropLast(true))).hasSize(2);
            assertThatThrownBy(loader::size).isInstanceOf(InvalidArgumentException.class).hasMessageContaining("stream");
        }
        assertThat(batches(new DataLoader(stream(0, 0)).batchSize(2))).isEmpty();
    }

    @Test
    void closesStreams() {
        List<String> closed = new ArrayList<>();
        class Open implements java.util.Iterator<List<Tensor>>, AutoCloseable {
            private int left = 3;

            @Override
            public boolean hasNext() {
                return left > 0;
            }

            @Override
            public List<Tensor> next() {
                left--;
                return Collate.sample(left);
            }

            @Override
            public void close() {
                closed.add("closed");
            }
        }
        assertThat(batches(new DataLoader((IterableDataset) Open::new))).hasSize(3);
        assertThat(closed).hasSize(1);
        try (var epoch = new DataLoader((IterableDataset) Open::new).workers(1).iterator()) {
            epoch.next();
        }
        assertThat(closed).hasSize(2);
    }

    @Test
    void makesTensorsOfNumbers() {
        List<Tensor> sample = Collate.sample(3, 4L, 1.5f, 2.5, true, new float[] {1, 2}, Tensor.ones(2, 2));
        assertThat(sample).extracting(Tensor::dtype).containsExactly(
                DType.INT64, DType.INT64, DType.FLOAT32, DType.FLOAT64, DType.BOOL, DType.FLOAT32, DType.FLOAT32);
        assertThat(sample).extracting(Tensor::dim).containsExactly(0, 0, 0, 0, 0, 1, 2);
        List<Tensor> batch = Collate.stack(List.of(sample, sample));
        assertThat(batch).extracting(Tensor::dim).containsExactly(1, 1, 1, 1, 1, 2, 3);
        assertThat(batch.get(3).toDoubleArray()).containsExactly(2.5, 2.5);
        assertThatThrownBy(() -> Collate.sample("text")).hasMessageContaining("java.lang.String");
    }

    @Test
    void collatesAsTold() {
        Dataset ragged = new Dataset() {
            @Override
            public long size() {
                return 4;
            }

            @Override
            public List<Tensor> get(long index) {
                return List.of(Tensor.arange(index + 1));
            }
        };
        assertThatThrownBy(() -> batches(new DataLoader(ragged).batchSize(2)))
                .isInstanceOf(ShapeMismatchException.class)
                .hasMessageContaining("[1]")
                .hasMessageContaining("[2]")
                .hasMessageContaining("collate function");
        DataLoader joined = new DataLoader(ragged)
                .batchSize(2)
                .collate(samples -> List.of(Tensor.cat(0, samples.stream().map(List::getFirst).toArray(Tensor[]::new))));
        assertThat(batches(joined)).containsExactly(List.of(0L, 0L, 1L), List.of(0L, 1L, 2L, 0L, 1L, 2L, 3L));
    }

    @Test
    void bringsBatchesToADevice() {
        for (Device device : Fixtures.devices()) {
            for (int workers : new int[] {0, 2}) {
                DataLoader rows = new DataLoader(FIVE).batchSize(2).shuffle(true).workers(workers).device(device);
                for (Batch batch : rows) {
                    assertThat(batch.get(0).device()).isEqualTo(device);
                    assertThat(batch.get(0).toLongArray()).hasSize((int) batch.rows());
                }
                DataLoader made = new DataLoader(FIVE.map(sample -> sample)).batchSize(5).workers(workers).device(device);
                assertThat(batches(made)).containsExactly(List.of(0L, 1L, 2L, 3L, 4L));
            }
        }
    }
}
