// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.java.vector;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The threads that large kernels are split over. Tasks are numbered parts of a kernel whose limits depend on its shape only; which
 * thread takes which does not matter for the result. Threads are daemons, start at the first use, spin for a moment after their work
 * and then park. One launch at a time.
 */
final class Workers implements AutoCloseable {
    /** About 30 us: longer than the pause between two kernels of a plan, short enough to spare other processes. */
    private static final int SPINS = 2_000;

    /** A part of a kernel. */
    @FunctionalInterface
    interface Task {
        void run(Frame frame, int index);
    }

    private final int threads;
    private final Frame frame = new Frame();
    private final List<Helper> helpers = new ArrayList<>();
    private volatile @Nullable Job current;
    private volatile boolean closed;

    /**
     * @param threads including the caller's
     */
    Workers(int threads) {
        this.threads = threads;
    }

    /** Returns the frame of the calling thread, for work that is not worth splitting. */
    Frame frame() {
        return frame;
    }

    /** Runs the tasks 0 to {@code count - 1} and returns when all are done; rethrows the first failure. */
    void run(int count, Task task) {
        if (threads == 1 || count == 1) {
            for (int i = 0; i < count; i++) {
                task.run(frame, i);
            }
            return;
        }
        while (helpers.size() < threads - 1) {
            helpers.add(new Helper(helpers.size() + 1));
        }
        Job job = new Job(count, task);
        current = job;
        int wanted = Math.min(helpers.size(), count - 1);
        for (int i = 0; i < wanted; i++) {
            helpers.get(i).wake();
        }
        job.work(frame);
        job.awaitEnd();
        current = null;
    }

    @Override
    public void close() {
        closed = true;
        helpers.forEach(Helper::wake);
    }

    private static final class Job {
        private final int count;
        private final Task task;
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicInteger done = new AtomicInteger();
        private final AtomicReference<Throwable> failure = new AtomicReference<>();

        Job(int count, Task task) {
            this.count = count;
            this.task = task;
        }

        void work(Frame frame) {
            for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                try {
                    task.run(frame, i);
                } catch (Throwable e) {
                    failure.compareAndSet(null, e);
                }
                done.incrementAndGet();
            }
        }

        void awaitEnd() {
            int spins = 0;
            while (done.get() < count) {
                if (++spins > SPINS) {
                    Thread.yield();
                } else {
                    Thread.onSpinWait();
                }
            }
            Throwable thrown = failure.get();
            if (thrown instanceof RuntimeException e) {
                throw e;
            }
            if (thrown instanceof Error e) {
                throw e;
            }
        }
    }

    private final class Helper implements Runnable {
        private final Frame own = new Frame();
        private final Thread thread;
        private volatile boolean parked;

        Helper(int number) {
            thread = Thread.ofPlatform().daemon().name("ashlar-java-" + number).unstarted(this);
            thread.start();
        }

        void wake() {
            if (parked) {
                LockSupport.unpark(thread);
            }
        }

        @Override
        public void run() {
            Job last = null;
            int spins = 0;
            while (!closed) {
                Job job = current;
                if (job != null && job != last) {
                    job.work(own);
                    last = job;
                    spins = 0;
                } else if (++spins < SPINS) {
                    Thread.onSpinWait();
                } else {
                    // Set before the last look at current, so that whoever sets it afterwards sees the flag.
                    parked = true;
                    job = current;
                    if ((job == null || job == last) && !closed) {
                        LockSupport.park(this);
                    }
                    parked = false;
                    spins = 0;
                }
            }
        }
    }
}
