// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;
import dev.ashlar.type.DType;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.ShapeMismatchException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Sequences of different lengths without padding: the first steps of all, longest sequence first, then the second steps of those that have
 * one, and so on. {@link RNN}, {@link LSTM} and {@link GRU} read them; each sequence ends, or begins for the reverse direction, where it
 * does.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.utils.rnn.PackedSequence.html">PackedSequence</a>
 */
public final class PackedSequence {
    private final Tensor data;
    private final long[] batchSizes;
    private final long @Nullable [] sortedIndices;

    private PackedSequence(Tensor data, long[] batchSizes, long @Nullable [] sortedIndices) {
        this.data = data;
        this.batchSizes = batchSizes;
        this.sortedIndices = sortedIndices;
    }

    /** What {@link #pad} results in: the padded sequences and their lengths. */
    public record Padded(Tensor output, long[] lengths) {}

    /**
     * Packs padded sequences.
     *
     * @param input [longest, samples, ...]; what lies behind a sequence's end is not looked at
     * @param lengths of the sequences, &gt;= 1
     * @param batchFirst whether the input is [samples, longest, ...]
     * @param enforceSorted whether lengths must not rise; if not, sequences are sorted, and results brought back to the given order
     */
    public static PackedSequence packPaddedSequence(Tensor input, long[] lengths, boolean batchFirst, boolean enforceSorted) {
        Tensor steps = batchFirst ? input.transpose(0, 1) : input;
        long longest = LongStream.of(lengths).max().orElse(0);
        if (input.dim() < 2 || steps.size(1) != lengths.length || longest > steps.size(0)
                || LongStream.of(lengths).min().orElse(0) < 1) {
            throw new ShapeMismatchException("[packPaddedSequence] expected a length in [1, steps] for each sequence of an input "
                    + (batchFirst ? "[samples, steps, ...]" : "[steps, samples, ...]") + ", got " + Arrays.toString(lengths) + " for "
                    + input.shape() + "; is batchFirst right?");
        }
        long[] order = IntStream.range(0, lengths.length).boxed().sorted((a, b) -> Long.compare(lengths[b], lengths[a]))
                .mapToLong(i -> i).toArray();
        boolean sorted = Arrays.equals(order, LongStream.range(0, order.length).toArray());
        if (enforceSorted && !sorted) {
            throw new InvalidArgumentException("[packPaddedSequence] expected lengths that do not rise, got " + Arrays.toString(lengths)
                    + "; sort the sequences or pass enforceSorted = false");
        }
        long[] sizes = LongStream.range(0, longest).map(step -> LongStream.of(lengths).filter(length -> length > step).count()).toArray();
        Tensor arranged = enforceSorted ? steps : steps.indexSelect(1, Tensor.of(order).to(input.device()));
        return new PackedSequence(packed(arranged, sizes), sizes, enforceSorted ? null : order);
    }

    /** Packs sequences [length, ...] that differ in length only. */
    public static PackedSequence packSequence(List<Tensor> sequences, boolean enforceSorted) {
        long[] lengths = sequences.stream().mapToLong(sequence -> sequence.size(0)).toArray();
        return packPaddedSequence(Utils.padSequence(sequences), lengths, false, enforceSorted);
    }

    /** Returns the steps, [all steps of all sequences, ...]. */
    public Tensor data() {
        return data;
    }

    /** Returns for each step how many sequences have it. */
    public long[] batchSizes() {
        return batchSizes.clone();
    }

    /** Returns which of the given sequences are packed, in their order here; null if that is the given one. */
    public long @Nullable [] sortedIndices() {
        return sortedIndices == null ? null : sortedIndices.clone();
    }

    /** Returns where each of the given sequences is packed; null if that is in the given order. */
    public long @Nullable [] unsortedIndices() {
        if (sortedIndices == null) {
            return null;
        }
        long[] places = new long[sortedIndices.length];
        for (int i = 0; i < places.length; i++) {
            places[(int) sortedIndices[i]] = i;
        }
        return places;
    }

    /** Returns the same packing of other data. */
    PackedSequence with(Tensor other) {
        return new PackedSequence(other, batchSizes, sortedIndices);
    }

    /** As the full one: [longest, samples, ...], with zeros. */
    public Padded pad() {
        return pad(false, 0, null);
    }

    /**
     * Returns the sequences beside each other, in the order in which they were given.
     *
     * @param batchFirst whether the result is [samples, longest, ...], and not [longest, samples, ...]
     * @param paddingValue fills up the shorter ones
     * @param totalLength a number of steps to fill up to, or null for the longest
     */
    public Padded pad(boolean batchFirst, double paddingValue, @Nullable Long totalLength) {
        if (totalLength != null && totalLength < batchSizes.length) {
            throw new InvalidArgumentException("[padPackedSequence] expected a length >= that of the longest sequence, " + batchSizes.length
                    + ", got " + totalLength + "; leave it out");
        }
        long[] lengths = LongStream.range(0, batchSizes[0])
                .map(sequence -> LongStream.of(batchSizes).filter(size -> size > sequence).count()).toArray();
        Tensor padded = padded(data, paddingValue, totalLength == null ? batchSizes.length : totalLength);
        long[] places = unsortedIndices();
        if (places != null) {
            padded = padded.indexSelect(1, Tensor.of(places).to(data.device()));
            long[] sorted = lengths;
            lengths = LongStream.of(places).map(place -> sorted[(int) place]).toArray();
        }
        return new Padded(batchFirst ? padded.transpose(0, 1) : padded, lengths);
    }

    // ---- layout -----------------------------------------------------------------------------------------------------------------

    /** Returns packed data, of steps in the packed order, as [steps, samples, ...]. */
    Tensor padded(Tensor packed, double value, long steps) {
        long samples = batchSizes[0];
        long[] places = new long[Math.toIntExact(steps * samples)];
        // What is padded reads a row behind the last one.
        Arrays.fill(places, packed.size(0));
        long from = 0;
        for (int step = 0; step < batchSizes.length; step++) {
            for (int sample = 0; sample < batchSizes[step]; sample++) {
                places[Math.toIntExact(step * samples + sample)] = from++;
            }
        }
        long[] amounts = new long[2 * packed.dim()];
        amounts[amounts.length - 1] = 1;
        return packed.pad(value, amounts).indexSelect(0, Tensor.of(places).to(packed.device())).unflatten(0, steps, samples);
    }

    /** Returns [steps, samples, ...], of samples in the packed order, as packed data. */
    Tensor packed(Tensor padded) {
        return packed(padded, batchSizes);
    }

    private static Tensor packed(Tensor padded, long[] sizes) {
        long samples = padded.size(1);
        long[] places = IntStream.range(0, sizes.length).boxed()
                .flatMapToLong(step -> LongStream.range(step * samples, step * samples + sizes[step])).toArray();
        return padded.flatten(0, 1).indexSelect(0, Tensor.of(places).to(padded.device()));
    }

    /** Returns which steps exist, bool [steps, samples, 1]. */
    Tensor valid() {
        Tensor sizes = Tensor.of(batchSizes).to(data.device()).unsqueeze(1);
        return Tensor.arange(0, batchSizes[0], 1, DType.INT64, data.device()).lt(sizes).unsqueeze(2);
    }
}
