// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.trainer;

import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Notices that the process is to end, by Ctrl-C for example, and holds that back until the thread that trains has come to a good end. */
final class Interruption implements AutoCloseable {
    private static final long SECONDS = 60;

    private final Thread training = Thread.currentThread();
    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook = new Thread(this::hold, "ashlar-trainer-end");
    private volatile boolean requested;

    Interruption() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void hold() {
        requested = true;
        // A thread that ends the process itself will never come to its next step.
        if (Arrays.stream(training.getStackTrace()).anyMatch(frame -> frame.getClassName().equals("java.lang.Shutdown"))) {
            return;
        }
        try {
            if (!done.await(SECONDS, TimeUnit.SECONDS)) {
                System.err.println("[trainer] the step that is under way takes longer than " + SECONDS
                        + " s; ending without a checkpoint of it");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    boolean requested() {
        return requested;
    }

    /** Lets the process end, and does not return before it has. */
    void end() {
        done.countDown();
        while (true) {
            try {
                Thread.sleep(Long.MAX_VALUE);
            } catch (InterruptedException e) {
                // Nothing may run between the last checkpoint and the end.
                continue;
            }
        }
    }

    @Override
    public void close() {
        done.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process ends already, and the hook has seen that nobody trains any more.
            return;
        }
    }
}
