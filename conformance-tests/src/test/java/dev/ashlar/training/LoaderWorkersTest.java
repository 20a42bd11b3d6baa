// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.Generator;
import dev.ashlar.Tensor;
import dev.ashlar.data.Batch;
import dev.ashlar.data.BatchIterator;
import dev.ashlar.data.DataLoader;
import dev.ashlar.data.Dataset;
import dev.ashlar.data.IterableDataset;
import dev.ashlar.data.SampleException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Workers change neither order nor values, hand on failures, and end. */
class LoaderWorkersTest {
    private static final int SAMPLES = 23;

    private record Made(LongFunction<List<Tensor>> maker) implements Dataset {
        @Override
        public long size() {
            return SAMPLES;
        }

        @Override
        public List<Tensor> get(long index) {
            return maker.apply(index);
        }
    }

    /** Samples that are changed at random when they are asked for. */
    private static DataLoader noisy(int workers) {
        return new DataLoader(new Made(index -> List.of(Tensor.randn(3).add(index))))
                .batchSize(4)
                .shuffle(true)
                .generator(new Generator(11))
                .workers(workers);
    }

    private static List<float[]> epoch(DataLoader loader) {
        List<float[]> values = new ArrayList<>();
        for (Batch batch : loader) {
            values.add(batch.get(0).toFloatArray());
        }
        return values;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 16})
    void valuesDoNotDependOnTheNumberOfWorkers(int workers) {
        DataLoader alone = noisy(0);
        DataLoader helped = noisy(workers);
        List<float[]> first = epoch(alone);
        assertThat(epoch(helped)).usingRecursiveFieldByFieldElementComparator().containsExactlyElementsOf(first);
        List<float[]> second = epoch(alone);
        assertThat(epoch(helped)).usingRecursiveFieldByFieldElementComparator().containsExactlyElementsOf(second);
        assertThat(second.getFirst()).isNotEqualTo(first.getFirst());
    }

    @Test
    void workersWorkAtTheSameTime() {
        CountDownLatch both = new CountDownLatch(2);
        DataLoader loader = new DataLoader(new Made(index -> {
            // Each of the first two batches waits for the other one.
            if (index == 0 || index == 4) {
                both.countDown();
                try {
                    both.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            return List.of(Tensor.arange(2));
        }));
        assertThat(epoch(loader.batchSize(4).workers(2))).hasSize(6);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3})
    void namesTheSampleThatFails(int workers) {
        IllegalStateException cause = new IllegalStateException("a broken file");
        DataLoader loader = new DataLoader(new Made(index -> {
                    if (index == 6) {
                        throw cause;
                    }
                    return List.of(Tensor.arange(2).add(index));
                }))
                .batchSize(4)
                .workers(workers);
        Iterator<Batch> epoch = loader.iterator();
        epoch.next();
        assertThatThrownBy(epoch::next)
                .isInstanceOf(SampleException.class)
                .hasMessageContaining("sample 6 of batch 1")
                .hasMessageContaining("a broken file")
                .hasCause(cause)
                .extracting(e -> ((SampleException) e).index())
                .isEqualTo(6L);
        assertThat(epoch.next().get(0).toLongArray()).as("the next batch").startsWith(8, 9);
    }

    @Test
    void namesTheSampleOfAStreamThatFails() {
        IterableDataset stream = () -> new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public List<Tensor> next() {
                if (next++ == 5) {
                    throw new IllegalStateException("a broken line");
                }
                return List.of(Tensor.arange(1));
            }
        };
        try (BatchIterator epoch = new DataLoader(stream).batchSize(2).workers(1).iterator()) {
            epoch.next();
            epoch.next();
            assertThatThrownBy(epoch::next).isInstanceOf(SampleException.class).hasMessageContaining("sample 5 of batch 2");
        }
    }

    @Test
    void closingLeavesNoThreadBehind() throws InterruptedException {
        Set<Thread> seen = ConcurrentHashMap.newKeySet();
        AtomicInteger asked = new AtomicInteger();
        DataLoader loader = new DataLoader(new Made(index -> {
                    seen.add(Thread.currentThread());
                    asked.incrementAndGet();
                    return List.of(Tensor.arange(2));
                }))
                .batchSize(2)
                .workers(3);
        try (BatchIterator epoch = loader.iterator()) {
            epoch.next();
        }
        int atTheEnd = asked.get();
        for (Thread thread : seen) {
            thread.join();
        }
        assertThat(seen).isNotEmpty().noneMatch(thread -> thread == Thread.currentThread());
        assertThat(asked.get()).as("samples after closing").isEqualTo(atTheEnd).isLessThan(SAMPLES);
        BatchIterator closed = loader.iterator();
        closed.close();
        assertThat(closed.hasNext()).isFalse();
    }

    @Test
    void givingUpALoopLeavesNoThreadWaiting() throws InterruptedException {
        Set<Thread> seen = ConcurrentHashMap.newKeySet();
        DataLoader loader = new DataLoader(new Made(index -> {
                    seen.add(Thread.currentThread());
                    return List.of(Tensor.arange(2));
                }))
                .workers(2)
                .prefetch(5);
        loader.iterator().next();
        for (int i = 0; i < SAMPLES; i++) {
            for (Thread thread : Set.copyOf(seen)) {
                thread.join();
            }
        }
        assertThat(seen).hasSizeLessThanOrEqualTo(6);
    }
}
