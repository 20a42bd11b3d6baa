// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.data;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;

/**
 * Results of numbered tasks in their order, made ahead by a few virtual threads. Each task has a thread of its own that ends with it, and a
 * bounded number of tasks is started ahead of the reader: when nobody reads on, nothing waits.
 *
 * @param <T> what tasks make
 */
final class Ahead<T> {
    /** Makes one result. */
    interface Task<T> {
        /** @param cancelled whether nobody wants the result any more */
        T make(int number, BooleanSupplier cancelled);
    }

    private final Task<T> task;
    private final int workers;
    private final int ahead;
    private final int limit;
    private final Deque<CompletableFuture<T>> results = new ArrayDeque<>();
    private int started;
    private int taken;
    private int active;
    private boolean closed;

    /**
     * @param workers how many tasks run at the same time; 0 runs them when they are asked for
     * @param ahead how many tasks are started beyond the one that is asked for
     * @param limit how many tasks there are
     */
    Ahead(Task<T> task, int workers, int ahead, int limit) {
        this.task = task;
        this.workers = workers;
        this.ahead = ahead;
        this.limit = limit;
    }

    /** Returns the next task's result, or throws what it threw. */
    T next() {
        if (workers == 0) {
            return task.make(taken++, () -> false);
        }
        CompletableFuture<T> result;
        synchronized (this) {
            taken++;
            start();
            // All workers may be about to end their tasks.
            await(() -> !results.isEmpty());
            result = results.remove();
        }
        try {
            return result.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private void start() {
        while (!closed && active < workers && started < Math.min(limit, (long) taken + ahead)) {
            int number = started++;
            active++;
            CompletableFuture<T> result = new CompletableFuture<>();
            results.add(result);
            Thread.ofVirtual().name("ashlar-loader-" + number).start(() -> run(number, result));
        }
        notifyAll();
    }

    private void run(int number, CompletableFuture<T> result) {
        try {
            result.complete(task.make(number, this::isClosed));
        } catch (Throwable e) {
            // Errors too: whoever reads on shall see them.
            result.completeExceptionally(e);
        } finally {
            synchronized (this) {
                active--;
                start();
            }
        }
    }

    private void await(BooleanSupplier reached) {
        boolean interrupted = false;
        while (!reached.getAsBoolean()) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    /** Starts no further task, waits for those that run, and returns the results that nobody took. */
    synchronized List<T> close() {
        closed = true;
        await(() -> active == 0);
        List<T> made = new ArrayList<>();
        for (CompletableFuture<T> result : results) {
            if (!result.isCompletedExceptionally()) {
                made.add(result.join());
            }
        }
        results.clear();
        return made;
    }
}
