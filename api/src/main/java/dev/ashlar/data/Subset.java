// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.data;

import dev.ashlar.Ashlar;
import dev.ashlar.Generator;
import dev.ashlar.Tensor;
import dev.ashlar.type.InvalidArgumentException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Some samples of a data set.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/data.html#torch.utils.data.Subset">torch.utils.data.Subset</a>
 */
public final class Subset implements Dataset {
    private static final double ROUNDING = 1e-9;

    private final Dataset source;
    private final long[] indices;

    /** @param indices samples of the source; one may occur twice */
    public Subset(Dataset source, long... indices) {
        for (long index : indices) {
            Indices.check("subset", index, source.size());
        }
        this.source = source;
        this.indices = indices.clone();
    }

    /** Returns the data set that samples are taken from. */
    public Dataset source() {
        return source;
    }

    /** Returns which samples are taken. */
    public long[] indices() {
        return indices.clone();
    }

    @Override
    public long size() {
        return indices.length;
    }

    @Override
    public List<Tensor> get(long index) {
        return source.get(indices[Indices.check("subset", index, indices.length)]);
    }

    @Override
    public @Nullable List<Tensor> batch(long[] positions) {
        return source.batch(inSource(positions));
    }

    long[] inSource(long[] positions) {
        return Arrays.stream(positions).map(position -> indices[Indices.check("subset", position, indices.length)]).toArray();
    }

    // ---- random parts -----------------------------------------------------------------------------------------------------------

    /** Divides a data set at random; the default generator draws. */
    public static List<Subset> randomSplit(Dataset dataset, double... fractions) {
        return randomSplit(dataset, Ashlar.generator(), fractions);
    }

    /**
     * Divides a data set at random, with {@link Generator#pytorch} as PyTorch does.
     *
     * @param fractions the parts, which sum to 1. Sizes are rounded down, and what is left goes to the first parts, one each
     * @see <a href="https://docs.pytorch.org/docs/stable/data.html#torch.utils.data.random_split">torch.utils.data.random_split</a>
     */
    public static List<Subset> randomSplit(Dataset dataset, Generator generator, double... fractions) {
        double sum = Arrays.stream(fractions).sum();
        if (!(Math.abs(sum - 1) <= ROUNDING) || Arrays.stream(fractions).anyMatch(part -> !(part >= 0 && part <= 1))) {
            throw new InvalidArgumentException("[randomSplit] expected fractions from 0 to 1 with the sum 1, got "
                    + Arrays.toString(fractions) + "; pass longs for numbers of samples");
        }
        long[] lengths = Arrays.stream(fractions).mapToLong(part -> (long) Math.floor(dataset.size() * part)).toArray();
        long left = dataset.size() - LongStream.of(lengths).sum();
        for (int i = 0; i < left; i++) {
            lengths[i % lengths.length]++;
        }
        return randomSplit(dataset, generator, lengths);
    }

    /** Divides a data set at random; the default generator draws. */
    public static List<Subset> randomSplit(Dataset dataset, long... lengths) {
        return randomSplit(dataset, Ashlar.generator(), lengths);
    }

    /**
     * Divides a data set at random, with {@link Generator#pytorch} as PyTorch does.
     *
     * @param lengths the numbers of samples, which sum to the size of the data set
     */
    public static List<Subset> randomSplit(Dataset dataset, Generator generator, long... lengths) {
        if (LongStream.of(lengths).sum() != dataset.size() || LongStream.of(lengths).anyMatch(length -> length < 0)) {
            throw new InvalidArgumentException("[randomSplit] expected lengths with the sum " + dataset.size()
                    + ", the size of the data set, got " + Arrays.toString(lengths) + "; pass fractions, or other lengths");
        }
        long[] order = generator.permutation(Indices.count("randomSplit", dataset.size()));
        List<Subset> parts = new ArrayList<>();
        int from = 0;
        for (long length : lengths) {
            parts.add(new Subset(dataset, Arrays.copyOfRange(order, from, from + (int) length)));
            from += (int) length;
        }
        return parts;
    }
}
