// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.datasets;

import dev.ashlar.Tensor;
import dev.ashlar.data.Dataset;
import dev.ashlar.type.IndexOutOfRangeException;
import dev.ashlar.type.InvalidArgumentException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Windows of a text whose tokens are numbered. A sample is {@code context} tokens and, as target, the same moved on by one: what comes
 * next at each place. Both are int64 of shape {@code [context]}.
 */
public final class TextDataset implements Dataset {
    private final int[] tokens;
    private final int context;
    private final int stride;

    /** Creates a data set of all windows. */
    public TextDataset(int[] tokens, int context) {
        this(tokens, context, 1);
    }

    /**
     * @param tokens more than {@code context}
     * @param context how many tokens a sample has, at least 1
     * @param stride how far the windows are apart, at least 1; with {@code context} each token is a target at most once
     */
    public TextDataset(int[] tokens, int context, int stride) {
        if (context < 1 || stride < 1 || tokens.length <= context) {
            throw new InvalidArgumentException("[textDataset] expected context and stride >= 1 and more tokens than the context, got"
                    + " context " + context + ", stride " + stride + " and " + tokens.length
                    + " tokens; choose a shorter context or a longer text");
        }
        this.tokens = tokens.clone();
        this.context = context;
        this.stride = stride;
    }

    /**
     * Reads a file of UTF-8.
     *
     * @throws InvalidArgumentException if there is none, it is empty, or no UTF-8; the message names the line
     */
    public static String read(Path file) {
        String text = InputFiles.decode("read text", InputFiles.name(file), InputFiles.read("read text", "a text file", file));
        if (text.isEmpty()) {
            throw new InvalidArgumentException("[read text] expected a text, got the empty file " + file);
        }
        return text;
    }

    /** Returns the tokens. */
    public int[] tokens() {
        return tokens.clone();
    }

    /** Returns the first part of the tokens as a data set of its own, rounded down. */
    public TextDataset first(double part) {
        return new TextDataset(Arrays.copyOf(tokens, cut(part)), context, stride);
    }

    /** Returns what {@link #first} leaves: no token is in both. */
    public TextDataset after(double part) {
        return new TextDataset(Arrays.copyOfRange(tokens, cut(part), tokens.length), context, stride);
    }

    private int cut(double part) {
        if (!(part > 0 && part < 1)) {
            throw new InvalidArgumentException("[textDataset] expected a part above 0 and below 1, got " + part);
        }
        return (int) (tokens.length * part);
    }

    @Override
    public long size() {
        return (tokens.length - context - 1) / stride + 1;
    }

    @Override
    public List<Tensor> get(long index) {
        return batch(new long[] {index}).stream().map(tensor -> tensor.reshape(context)).toList();
    }

    @Override
    public List<Tensor> batch(long[] indices) {
        long[] inputs = new long[Math.multiplyExact(indices.length, context)];
        long[] targets = new long[inputs.length];
        for (int i = 0; i < indices.length; i++) {
            if (indices[i] < 0 || indices[i] >= size()) {
                throw new IndexOutOfRangeException("[textDataset] expected an index in [0, " + size() + "), got " + indices[i]);
            }
            int from = (int) indices[i] * stride;
            for (int j = 0; j < context; j++) {
                inputs[i * context + j] = tokens[from + j];
                targets[i * context + j] = tokens[from + j + 1];
            }
        }
        return List.of(Tensor.of(inputs, indices.length, context), Tensor.of(targets, indices.length, context));
    }
}
