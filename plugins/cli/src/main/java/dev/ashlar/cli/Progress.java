// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** What a training shows while it runs. */
interface Progress extends AutoCloseable {
    /**
     * Shows the end of an epoch.
     *
     * @param epoch from 1
     * @param loss of the training rows
     * @param heldOut loss of the held-out rows, NaN if there are none
     * @param rows seen so far
     * @param seconds since the start
     */
    void epoch(int epoch, double loss, double heldOut, long rows, double seconds);

    @Override
    void close();

    /** Returns a bar on a terminal, else a line for about every tenth of the epochs. */
    static Progress on(PrintWriter err, int epochs) {
        return terminal() ? new Bar(err, epochs) : new Lines(err, epochs);
    }

    /** Java cannot be asked this; the launcher knows, and Linux does. */
    private static boolean terminal() {
        if ("dumb".equals(System.getenv("TERM"))) {
            return false;
        }
        if ("1".equals(System.getenv("ASHLAR_STDERR_TTY"))) {
            return true;
        }
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
        } catch (java.io.IOException | UnsupportedOperationException | SecurityException e) {
            // Not Linux: plain lines suit a terminal too.
            return false;
        }
    }

    private static String describe(double loss, double heldOut, long rows, double seconds) {
        String validation = Double.isNaN(heldOut) ? "" : String.format(Locale.ROOT, "  held-out %.4g", heldOut);
        return String.format(Locale.ROOT, "loss %.4g%s  %,d rows/s", loss, validation, Math.round(rows / Math.max(seconds, 1e-9)));
    }

    /** A bar that is drawn over itself. */
    final class Bar implements Progress {
        private static final int WIDTH = 100;
        private final ProgressBar bar;
        private final PrintWriter err;

        Bar(PrintWriter err, int epochs) {
            this.err = err;
            // ASCII, since not every terminal's font and encoding has the blocks.
            bar = new ProgressBarBuilder()
                    .setTaskName("epoch")
                    .setInitialMax(epochs)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setUpdateIntervalMillis(100)
                    .setMaxRenderedLength(WIDTH)
                    .setConsumer(new DelegatingProgressBarConsumer(text -> {
                        err.print("\r" + text);
                        err.flush();
                    }, WIDTH))
                    .build();
        }

        @Override
        public void epoch(int epoch, double loss, double heldOut, long rows, double seconds) {
            bar.setExtraMessage(" " + describe(loss, heldOut, rows, seconds));
            bar.stepTo(epoch);
        }

        @Override
        public void close() {
            bar.close();
            err.println();
        }
    }

    /** Lines for files and pipes. */
    final class Lines implements Progress {
        private final PrintWriter err;
        private final int epochs;
        private int shown;

        Lines(PrintWriter err, int epochs) {
            this.err = err;
            this.epochs = epochs;
        }

        @Override
        public void epoch(int epoch, double loss, double heldOut, long rows, double seconds) {
            int tenth = (int) (10L * epoch / epochs);
            if (tenth > shown || epoch == 1) {
                shown = tenth;
                err.println("epoch " + epoch + "/" + epochs + "  " + describe(loss, heldOut, rows, seconds));
            }
        }

        @Override
        public void close() {}
    }
}
