// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.Ashlar;
import dev.ashlar.Generator;
import dev.ashlar.State;
import dev.ashlar.Tensor;
import dev.ashlar.data.Batch;
import dev.ashlar.data.BatchIterator;
import dev.ashlar.data.Collate;
import dev.ashlar.data.DataLoader;
import dev.ashlar.data.DistributedSampler;
import dev.ashlar.data.IterableDataset;
import dev.ashlar.data.RandomSampler;
import dev.ashlar.data.SequentialSampler;
import dev.ashlar.data.TensorDataset;
import dev.ashlar.type.InvalidArgumentException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Reading that was broken off at any batch goes on with the next one. */
class LoaderStateTest {
    private static final int EPOCHS = 3;

    /** What a loader may be made of. */
    enum Way {
        TENSORS(() -> new DataLoader(rows()).batchSize(3)),
        SHUFFLED(() -> new DataLoader(rows()).batchSize(3).shuffle(true)),
        OWN_GENERATOR(() -> new DataLoader(rows()).batchSize(3).shuffle(true).generator(new Generator(4))),
        LIKE_PYTORCH(() -> new DataLoader(rows()).batchSize(4).dropLast(true).shuffle(true).generator(Generator.pytorch(4))),
        NOISY(() -> new DataLoader(rows().map(sample -> List.of(sample.getFirst().add(Tensor.randint(0, 100)))))
                .batchSize(3)
                .shuffle(true)
                .workers(2)),
        SAMPLER(() -> new DataLoader(rows())
                .batchSize(2)
                .sampler(new RandomSampler(10).replacement(true).generator(Generator.numpy(3)))),
        DISTRIBUTED(() -> new DataLoader(rows()).batchSize(2).sampler(new DistributedSampler(10, 2, 1).setEpoch(7))),
        STREAM(() -> new DataLoader(stream()).batchSize(3));

        private final Supplier<DataLoader> maker;

        Way(Supplier<DataLoader> maker) {
            this.maker = maker;
        }
    }

    private static TensorDataset rows() {
        return new TensorDataset(Tensor.arange(10));
    }

    private static IterableDataset stream() {
        return () -> Stream.iterate(0L, i -> i < 10, i -> i + 1)
                .map(i -> List.of(Collate.sample(i).getFirst().add(Tensor.randint(0, 100))))
                .iterator();
    }

    @AfterEach
    void usualGenerator() {
        Ashlar.seed(0);
    }

    /** A training that draws numbers of its own, and saves after each batch. */
    private static List<String> run(DataLoader loader, int from, List<State> saved, List<State> generators) {
        List<String> seen = new ArrayList<>();
        for (int epoch = from; epoch < EPOCHS; epoch++) {
            for (Batch batch : loader) {
                seen.add(epoch + ": " + LongStream.of(batch.get(0).toLongArray()).boxed().toList() + Ashlar.generator().nextDouble());
                saved.add(loader.state());
                generators.add(Ashlar.generator().state());
            }
        }
        return seen;
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void goesOnAtAnyBatch(Way way) {
        Ashlar.seed(Generator.pytorch(5));
        List<State> saved = new ArrayList<>();
        List<State> generators = new ArrayList<>();
        List<String> unbroken = run(way.maker.get(), 0, saved, generators);
        assertThat(unbroken).hasSizeGreaterThanOrEqualTo(2 * EPOCHS);
        for (int i = 0; i < unbroken.size(); i++) {
            Ashlar.seed(Generator.pytorch(99));
            Ashlar.generator().loadState(generators.get(i));
            DataLoader loader = way.maker.get();
            loader.loadState(saved.get(i));
            assertThat(loader.state()).isEqualTo(saved.get(i));
            int epoch = Integer.parseInt(unbroken.get(i).substring(0, 1));
            List<String> rest = run(loader, epoch, new ArrayList<>(), new ArrayList<>());
            assertThat(rest).as("after batch " + i).isEqualTo(unbroken.subList(i + 1, unbroken.size()));
        }
    }

    @Test
    void statesBetweenEpochs() {
        DataLoader loader = Way.OWN_GENERATOR.maker.get();
        List<String> first = run(loader, EPOCHS - 1, new ArrayList<>(), new ArrayList<>());
        State between = loader.state();
        assertThat(between.number("epochs")).isEqualTo(1);
        assertThat(between.number("position")).isEqualTo(0);
        Ashlar.seed(1);
        List<String> second = run(loader, EPOCHS - 1, new ArrayList<>(), new ArrayList<>());
        assertThat(second).hasSameSizeAs(first).isNotEqualTo(first);
        DataLoader other = Way.OWN_GENERATOR.maker.get();
        other.loadState(between);
        Ashlar.seed(1);
        assertThat(run(other, EPOCHS - 1, new ArrayList<>(), new ArrayList<>())).isEqualTo(second);
    }

    @Test
    void anEpochThatWasLeftDoesNotCount() {
        DataLoader loader = new DataLoader(rows()).batchSize(2);
        try (BatchIterator left = loader.iterator();
                BatchIterator current = loader.iterator()) {
            current.next();
            left.next();
            left.next();
            assertThat(loader.state().number("position")).isEqualTo(1);
        }
    }

    @Test
    void refusesStatesOfOtherData() {
        DataLoader loader = new DataLoader(rows()).batchSize(2);
        loader.iterator().next();
        State state = loader.state();
        DataLoader other = new DataLoader(new TensorDataset(Tensor.arange(8))).batchSize(2);
        assertThatThrownBy(() -> other.loadState(state))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("10 samples")
                .hasMessageContaining("got 8 samples");
        assertThat(other.state().number("epochs")).as("nothing has changed").isZero();
        assertThatThrownBy(() -> loader.loadState(State.of("Adam"))).isInstanceOf(InvalidArgumentException.class);
        DataLoader owning = new DataLoader(rows()).batchSize(2).sampler(new SequentialSampler(10)).generator(new Generator(1));
        assertThatThrownBy(() -> owning.loadState(state)).isInstanceOf(InvalidArgumentException.class).hasMessageContaining("generator");
    }
}
