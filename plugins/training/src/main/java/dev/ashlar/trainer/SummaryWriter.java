// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.trainer;

import dev.ashlar.Tensor;
import dev.ashlar.type.InvalidArgumentException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Writes event files, which TensorBoard shows: numbers, histograms and texts over steps.
 *
 * <pre>{@code
 * try (var writer = new SummaryWriter(Path.of("runs/first"))) {
 *     writer.addScalar("loss", 0.25, step);
 * }
 * }</pre>
 *
 * <p>Then {@code tensorboard --logdir runs} shows them. Each writer makes a file of its own, so a run that is resumed adds one to the
 * folder.
 */
public final class SummaryWriter implements AutoCloseable {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final int BUCKETS = 30;

    private final Path folder;
    private final EventFile events;

    /**
     * Creates a file in a folder, which is created too.
     *
     * @throws UncheckedIOException if that is not possible
     */
    public SummaryWriter(Path folder) {
        this.folder = folder;
        try {
            Files.createDirectories(folder);
            events = new EventFile(folder.resolve(String.format("events.out.tfevents.%010d.ashlar.%d.%d",
                    System.currentTimeMillis() / 1000, ProcessHandle.current().pid(), COUNT.getAndIncrement())));
        } catch (IOException e) {
            throw new UncheckedIOException("[summaryWriter] cannot write to " + folder, e);
        }
    }

    private void write(String tag, long step, EventFile.Fields fields) {
        try {
            events.summary(tag, step, fields);
        } catch (IOException e) {
            throw new UncheckedIOException("[summaryWriter] cannot write to " + folder, e);
        }
    }

    /** Adds a number. Names with slashes are grouped by what stands before the first. */
    public void addScalar(String tag, double value, long step) {
        write(tag, step, EventFile.scalar(value));
    }

    /** Adds a text, which is shown as Markdown. */
    public void addText(String tag, String text, long step) {
        write(tag, step, EventFile.text(text));
    }

    /**
     * Adds the distribution of a tensor's elements, in 30 buckets of the same width; the tensor is read.
     *
     * @throws InvalidArgumentException if it has no elements, or some that are not finite
     */
    public void addHistogram(String tag, Tensor values, long step) {
        double[] all = values.detach().toDoubleArray();
        if (all.length == 0 || !Arrays.stream(all).allMatch(Double::isFinite)) {
            throw new InvalidArgumentException("[addHistogram] expected finite numbers in '" + tag + "', got " + (all.length == 0
                    ? "none" : "others among them"));
        }
        double min = Arrays.stream(all).min().getAsDouble();
        double max = Arrays.stream(all).max().getAsDouble();
        double width = (max - min) / BUCKETS;
        int buckets = width > 0 ? BUCKETS : 1;
        double[] limits = new double[buckets];
        double[] counts = new double[buckets];
        for (int i = 0; i < buckets; i++) {
            limits[i] = i == buckets - 1 ? max : min + (i + 1) * width;
        }
        double sum = 0;
        double squares = 0;
        for (double value : all) {
            counts[width > 0 ? Math.min(buckets - 1, (int) ((value - min) / width)) : 0]++;
            sum += value;
            squares += value * value;
        }
        write(tag, step, EventFile.histogram(min, max, all.length, sum, squares, limits, counts));
    }

    /** Closes the file. What was added has been written before. */
    @Override
    public void close() {
        try {
            events.close();
        } catch (IOException e) {
            throw new UncheckedIOException("[summaryWriter] cannot write to " + folder, e);
        }
    }
}
