// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.Ashlar;
import dev.ashlar.Generator;
import dev.ashlar.Tensor;
import dev.ashlar.data.Batch;
import dev.ashlar.data.BatchSampler;
import dev.ashlar.data.DataLoader;
import dev.ashlar.data.DistributedSampler;
import dev.ashlar.data.RandomSampler;
import dev.ashlar.data.Sampler;
import dev.ashlar.data.SequentialSampler;
import dev.ashlar.data.Subset;
import dev.ashlar.data.SubsetRandomSampler;
import dev.ashlar.data.TensorDataset;
import dev.ashlar.data.WeightedRandomSampler;
import dev.ashlar.type.IndexOutOfRangeException;
import dev.ashlar.type.InvalidArgumentException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Orders are those of PyTorch 2.13 with its seeds. */
class SamplerTest {
    private static final TensorDataset TEN = new TensorDataset(Tensor.arange(10));
    private static final double[] WEIGHTS = {0.1, 0.9, 0.4, 0.7, 3, 0.6, 0, 1, 1, 2};

    @AfterEach
    void usualGenerator() {
        Ashlar.seed(0);
    }

    private static DataLoader loader() {
        return new DataLoader(TEN).batchSize(3);
    }

    private static long[] epoch(DataLoader loader) {
        LongStream.Builder seen = LongStream.builder();
        for (Batch batch : loader) {
            Arrays.stream(batch.get(0).toLongArray()).forEach(seen::add);
        }
        return seen.build().toArray();
    }

    @Test
    void shufflesWithALoadersGenerator() {
        Generator generator = Generator.pytorch(5);
        DataLoader loader = new DataLoader(TEN).batchSize(4).shuffle(true).generator(generator);
        assertThat(epoch(loader)).containsExactly(7, 4, 8, 1, 2, 3, 6, 5, 9, 0);
        assertThat(epoch(loader)).containsExactly(2, 1, 6, 3, 5, 9, 4, 7, 8, 0);
        DataLoader full = new DataLoader(TEN).batchSize(5).shuffle(true).dropLast(true).generator(generator);
        assertThat(epoch(full)).containsExactly(4, 3, 2, 7, 9, 1, 6, 8, 5, 0);
        assertThat(epoch(full)).containsExactly(9, 0, 3, 8, 5, 1, 6, 7, 2, 4);
    }

    @Test
    void samplersDrawFromTheDefaultGeneratorOrTheirOwn() {
        Ashlar.seed(Generator.pytorch(7));
        DataLoader again = loader().sampler(new RandomSampler(TEN).replacement(true).numSamples(70));
        assertThat(epoch(again)).containsExactly(
                3, 5, 3, 9, 4, 7, 9, 4, 4, 5, 5, 6, 7, 2, 2, 2, 3, 2, 6, 8, 6, 9, 4, 7, 0, 8, 8, 5, 9, 1, 6, 8, 4, 6, 2, 0, 9, 6,
                9, 7, 3, 3, 1, 7, 1, 8, 5, 9, 0, 2, 4, 8, 9, 4, 0, 0, 9, 2, 6, 3, 6, 8, 8, 8, 0, 9, 5, 1, 6, 5);
        assertThat(epoch(again)).containsExactly(
                1, 2, 5, 0, 6, 4, 8, 0, 4, 6, 1, 7, 4, 1, 6, 5, 9, 3, 5, 3, 9, 8, 4, 4, 2, 7, 8, 5, 0, 6, 0, 9, 7, 4, 2, 7, 2, 9,
                7, 5, 0, 9, 8, 8, 0, 9, 8, 0, 6, 3, 0, 5, 9, 4, 4, 7, 7, 7, 3, 2, 9, 4, 3, 6, 6, 5, 3, 1, 3, 2);
        DataLoader more = loader().sampler(new RandomSampler(TEN).numSamples(23).generator(Generator.pytorch(3)));
        assertThat(epoch(more)).containsExactly(6, 0, 3, 7, 8, 5, 1, 9, 2, 4, 9, 8, 5, 3, 0, 6, 7, 2, 1, 4, 0, 9, 6);
        assertThat(epoch(more)).containsExactly(4, 5, 0, 7, 1, 9, 3, 6, 8, 2, 3, 8, 1, 7, 5, 9, 6, 0, 2, 4, 1, 8, 5);
        DataLoader twice = loader().sampler(new RandomSampler(TEN).numSamples(20));
        assertThat(epoch(twice)).containsExactly(5, 7, 2, 9, 1, 6, 8, 0, 3, 4, 2, 4, 0, 7, 6, 1, 3, 8, 5, 9);
        assertThat(epoch(twice)).containsExactly(1, 8, 2, 4, 3, 6, 7, 5, 0, 9, 8, 6, 3, 1, 5, 9, 0, 2, 4, 7);
        DataLoader some = loader().sampler(new SubsetRandomSampler(1, 5, 7, 8));
        assertThat(epoch(some)).containsExactly(8, 5, 7, 1);
        assertThat(epoch(some)).containsExactly(8, 5, 7, 1);
        DataLoader weighted = loader().sampler(new WeightedRandomSampler(WEIGHTS, 12));
        assertThat(epoch(weighted)).containsExactly(1, 9, 2, 9, 9, 9, 7, 4, 9, 8, 9, 9);
        assertThat(epoch(weighted)).containsExactly(9, 5, 1, 7, 8, 4, 1, 3, 1, 8, 4, 4);
        DataLoader once = loader().sampler(new WeightedRandomSampler(WEIGHTS, 8, false, Generator.pytorch(9)));
        assertThat(epoch(once)).containsExactly(4, 7, 3, 8, 9, 2, 5, 1);
        assertThat(epoch(once)).containsExactly(5, 1, 9, 4, 3, 7, 2, 8);
        assertThat(Tensor.randint(0, 1000, 3).toLongArray()).as("what is drawn next").containsExactly(779, 147, 316);
    }

    private static long[] part(int replicas, int rank, boolean dropLast) {
        return new DistributedSampler(TEN, replicas, rank).seed(4).dropLast(dropLast).setEpoch(2).order();
    }

    @Test
    void processesShareSamples() {
        assertThat(part(3, 0, false)).containsExactly(0, 1, 9, 6);
        assertThat(part(3, 1, false)).containsExactly(7, 8, 2, 0);
        assertThat(part(3, 2, false)).containsExactly(5, 3, 4, 7);
        assertThat(part(3, 0, true)).containsExactly(0, 1, 9);
        assertThat(part(3, 1, true)).containsExactly(7, 8, 2);
        assertThat(part(3, 2, true)).containsExactly(5, 3, 4);
        assertThat(part(4, 0, false)).containsExactly(0, 8, 4);
        assertThat(part(4, 1, false)).containsExactly(7, 3, 6);
        assertThat(part(4, 2, false)).containsExactly(5, 9, 0);
        assertThat(part(4, 3, false)).containsExactly(1, 2, 7);
        assertThat(part(4, 0, true)).containsExactly(0, 8);
        assertThat(part(4, 1, true)).containsExactly(7, 3);
        assertThat(part(4, 2, true)).containsExactly(5, 9);
        assertThat(part(4, 3, true)).containsExactly(1, 2);
        assertThat(new DistributedSampler(2, 5, 4).shuffle(false).order()).containsExactly(0);
        assertThat(new DistributedSampler(2, 5, 3).shuffle(false).dropLast(true).order()).isEmpty();
    }

    @Test
    void dividesDataSetsAtRandom() {
        TensorDataset eleven = new TensorDataset(Tensor.arange(11));
        List<Subset> parts = Subset.randomSplit(eleven, Generator.pytorch(42), 0.5, 0.3, 0.2);
        assertThat(parts.get(0).indices()).containsExactly(6, 8, 9, 2, 1, 10);
        assertThat(parts.get(1).indices()).containsExactly(0, 7, 3);
        assertThat(parts.get(2).indices()).containsExactly(5, 4);
        Ashlar.seed(Generator.pytorch(1));
        List<Subset> two = Subset.randomSplit(new TensorDataset(Tensor.arange(7)), 4, 3);
        assertThat(two.get(0).indices()).containsExactly(0, 6, 1, 3);
        assertThat(two.get(1).indices()).containsExactly(5, 2, 4);
    }

    @Test
    void batchesOfTheirOwn() {
        BatchSampler even = BatchSampler.of(new SequentialSampler(7), 3, false);
        assertThat(even.size()).isEqualTo(3);
        assertThat(even.batches(new Generator(0))).containsExactly(new long[] {0, 1, 2}, new long[] {3, 4, 5}, new long[] {6});
        assertThat(BatchSampler.of(new SequentialSampler(7), 3, true).batches(new Generator(0))).hasSize(2);
        BatchSampler uneven = new BatchSampler() {
            @Override
            public long size() {
                return 2;
            }

            @Override
            public List<long[]> batches(Generator source) {
                return List.of(new long[] {9, 0, 3}, new long[] {4});
            }
        };
        DataLoader loader = new DataLoader(TEN).batchSampler(uneven);
        assertThat(loader.size()).isEqualTo(2);
        assertThat(epoch(loader)).containsExactly(9, 0, 3, 4);
    }

    @Test
    void saysWhatIsWrong() {
        Sampler beyond = new SubsetRandomSampler(3, 10);
        assertThatThrownBy(() -> epoch(new DataLoader(TEN).batchSize(2).sampler(beyond)))
                .isInstanceOf(IndexOutOfRangeException.class)
                .hasMessageContaining("[0, 10)")
                .hasMessageContaining("got 10");
        assertThatThrownBy(() -> loader().shuffle(true).sampler(beyond).iterator())
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("got several");
        BatchSampler even = BatchSampler.of(beyond, 3, false);
        assertThatThrownBy(() -> loader().batchSampler(even).size()).hasMessageContaining("got several");
        assertThatThrownBy(() -> BatchSampler.of(beyond, 0, false)).hasMessageContaining("got 0");
        assertThatThrownBy(() -> new RandomSampler(0)).hasMessageContaining("empty");
        assertThatThrownBy(() -> new RandomSampler(3).numSamples(0)).hasMessageContaining("got 0");
        assertThatThrownBy(() -> new DistributedSampler(3, 2, 2)).hasMessageContaining("[0, 2)");
        assertThatThrownBy(() -> new WeightedRandomSampler(new double[] {1, -1}, 2)).hasMessageContaining("[1.0, -1.0]");
        assertThatThrownBy(() -> new WeightedRandomSampler(new double[] {0}, 2)).hasMessageContaining("above 0");
        assertThatThrownBy(() -> new WeightedRandomSampler(WEIGHTS, 11, false, null)).hasMessageContaining("at most 10");
        assertThatThrownBy(() -> Subset.randomSplit(TEN, 5, 6)).hasMessageContaining("sum 10");
        assertThatThrownBy(() -> Subset.randomSplit(TEN, 0.5, 0.6)).hasMessageContaining("sum 1");
        assertThatThrownBy(() -> new Subset(TEN, 10)).isInstanceOf(IndexOutOfRangeException.class);
    }
}
