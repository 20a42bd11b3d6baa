// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.data;

import java.util.NoSuchElementException;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** One way through the samples. */
final class Epoch implements BatchIterator {
    static final int UNKNOWN = Integer.MAX_VALUE;

    private final Ahead<BatchMaker.Made> batches;
    private final int count;
    private final IntConsumer progress;
    private final Runnable release;
    private BatchMaker.@Nullable Made current;
    private BatchMaker.@Nullable Made peeked;
    private int next;
    private boolean over;

    /**
     * @param count how many batches there are, or {@link #UNKNOWN}
     * @param progress is told how many batches were handed out, and -1 when the epoch is over
     * @param release gives back what the epoch reads from
     */
    Epoch(Ahead<BatchMaker.Made> batches, int count, IntConsumer progress, Runnable release) {
        this.batches = batches;
        this.count = count;
        this.progress = progress;
        this.release = release;
    }

    @Override
    public boolean hasNext() {
        if (!over && count == UNKNOWN && peeked == null) {
            peeked = batches.next();
        }
        if (!over && (next >= count || peeked == BatchMaker.END)) {
            progress.accept(-1);
            close();
        }
        return !over;
    }

    @Override
    public Batch next() {
        if (!hasNext()) {
            throw new NoSuchElementException("[dataLoader] expected a further batch, the epoch is over after " + next);
        }
        closeCurrent();
        progress.accept(++next);
        BatchMaker.Made made = peeked != null ? peeked : batches.next();
        peeked = null;
        current = made;
        return new Batch(made.tensors(), made.rows());
    }

    private void closeCurrent() {
        if (current != null) {
            current.close();
            current = null;
        }
    }

    @Override
    public void close() {
        if (over) {
            return;
        }
        over = true;
        closeCurrent();
        if (peeked != null) {
            peeked.close();
        }
        try {
            batches.close().forEach(BatchMaker.Made::close);
        } finally {
            release.run();
        }
    }
}
