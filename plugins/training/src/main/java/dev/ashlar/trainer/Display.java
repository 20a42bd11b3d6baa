// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.trainer;

import dev.ashlar.data.Batch;
import dev.ashlar.data.DataLoader;
import java.io.Console;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;

/** What is seen of a training: a bar for the epoch that runs, where there is a terminal, and a line for each that is done, if asked for. */
final class Display implements AutoCloseable {
    private final boolean bars;
    private final @Nullable PrintStream lines;
    private @Nullable ProgressBar bar;

    Display(Trainer trainer) {
        Console console = System.console();
        bars = !trainer.quiet && console != null && console.isTerminal();
        lines = trainer.lines;
    }

    void startEpoch(long epoch, long epochs, Iterable<Batch> batches, long done) {
        if (bars) {
            bar = new ProgressBarBuilder()
                    .setTaskName("epoch " + (epoch + 1) + "/" + epochs)
                    .setInitialMax(batches instanceof DataLoader loader ? loader.size() : -1)
                    .build()
                    .stepTo(done);
        }
    }

    /** @param loss NaN if nobody has read it */
    void step(double loss) {
        ProgressBar shown = bar;
        if (shown != null) {
            shown.step();
            if (!Double.isNaN(loss)) {
                shown.setExtraMessage(String.format(Locale.ROOT, "loss %.4g", loss));
            }
        }
    }

    void endEpoch(long epoch, long epochs, Map<String, Double> figures) {
        clear();
        if (lines != null) {
            lines.println("epoch " + (epoch + 1) + "/" + epochs + "  " + figures.entrySet().stream()
                    .map(figure -> figure.getKey() + " " + String.format(Locale.ROOT, "%.4g", figure.getValue()))
                    .collect(Collectors.joining("  ")));
        }
    }

    /** Ends the bar, so that something else can be written. */
    void clear() {
        ProgressBar shown = bar;
        if (shown != null) {
            shown.close();
            bar = null;
        }
    }

    @Override
    public void close() {
        clear();
    }
}
