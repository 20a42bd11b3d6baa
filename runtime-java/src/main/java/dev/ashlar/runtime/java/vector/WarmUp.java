// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.java.vector;

/**
 * Finds out when the JIT has compiled a loop on vectors. Until then each vector is an object, 50 times slower than a plain loop; so a
 * daemon thread runs the loop on a few numbers, starting when it is first wanted, while the caller uses the plain twin. Since twins give
 * the same bits, the moment of the change does not show in any result. Thread-safe.
 */
final class WarmUp {
    /** Compiled, a trial takes a few microseconds; otherwise hundreds. */
    private static final long FAST_NANOS = 20_000;
    /** Consecutive fast trials that count as compiled. */
    private static final int ENOUGH = 3;
    /** On a busy machine the compiler may wait for longer than this; from then on a look now and then costs next to nothing. */
    private static final long PATIENCE_NANOS = 20_000_000_000L;
    /** Trials of a look: the first ones find cold caches. */
    private static final int LOOK = 16;
    private static final long PAUSE_MILLIS = 500;
    /** Where the CPU lacks the instructions it stays slow for ever, and the plain twin is better for ever. */
    private static final long END_NANOS = 600_000_000_000L;

    private final Runnable trial;
    private volatile boolean ready;
    private boolean started;

    /**
     * @param trial runs the loop over about a thousand vector operations
     */
    WarmUp(Runnable trial) {
        this.trial = trial;
    }

    /** Returns whether the vector form is worth calling by now. */
    boolean isReady() {
        if (!ready) {
            start();
        }
        return ready;
    }

    private synchronized void start() {
        if (!started) {
            started = true;
            Thread.ofPlatform().daemon().name("ashlar-java-warm-up").start(this::run);
        }
    }

    private void run() {
        long begin = System.nanoTime();
        int fast = 0;
        for (int trials = 1; fast < ENOUGH; trials++) {
            long start = System.nanoTime();
            trial.run();
            long end = System.nanoTime();
            fast = end - start < FAST_NANOS ? fast + 1 : 0;
            if (end - begin > END_NANOS) {
                return;
            }
            if (end - begin > PATIENCE_NANOS && trials % LOOK == 0 && !pause()) {
                return;
            }
        }
        ready = true;
    }

    private static boolean pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
