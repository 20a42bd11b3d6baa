// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.cli;

import java.io.PrintWriter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Sends the libraries' log to the error stream, a line each: warnings, or with {@code -v} more. */
final class Logging {
    /** Kept, since the log manager forgets loggers that nobody holds. */
    private static final Logger ASHLAR = Logger.getLogger("dev.ashlar");
    private static final Logger ROOT = Logger.getLogger("");

    private Logging() {}

    static void configure(boolean verbose, PrintWriter err) {
        for (Handler handler : ROOT.getHandlers()) {
            ROOT.removeHandler(handler);
        }
        ROOT.setLevel(Level.WARNING);
        ASHLAR.setLevel(verbose ? Level.FINE : Level.WARNING);
        ROOT.addHandler(new Lines(err));
    }

    /** Writes to the command's own error stream, which is not always the process'. */
    private static final class Lines extends Handler {
        private final PrintWriter err;
        private final SimpleFormatter formatter = new SimpleFormatter();

        Lines(PrintWriter err) {
            this.err = err;
        }

        @Override
        public void publish(LogRecord entry) {
            if (isLoggable(entry)) {
                String level = entry.getLevel().intValue() >= Level.WARNING.intValue() ? "warning: " : "";
                err.println(level + formatter.formatMessage(entry));
            }
        }

        @Override
        public void flush() {
            err.flush();
        }

        @Override
        public void close() {
            err.flush();
        }
    }
}
