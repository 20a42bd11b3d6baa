// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance;

import dev.ashlar.Ashlar;
import dev.ashlar.Device;
import dev.ashlar.conformance.internal.fuzz.RandomPrograms;
import java.io.PrintWriter;
import java.time.Duration;

/**
 * Runs random programs of tensor operations on a backend: {@code Fuzzer.forBackend("opencl").seed(7).run(Duration.ofMinutes(10), out)}.
 * Each step is judged against plain double arithmetic, the fused program against its bits one operation at a time, gradients against
 * differences. Immutable; every setter returns a changed copy.
 */
public final class Fuzzer {
    private final Device device;
    private final long seed;

    private Fuzzer(Device device, long seed) {
        this.device = device;
        this.seed = seed;
    }

    /** Chooses a device by its name, as {@link Device#of} does. */
    public static Fuzzer forBackend(String name) {
        return new Fuzzer(Device.of(name), ConformanceRunner.DEFAULT_SEED);
    }

    /** Sets the number of the first program; each further one has the next number. */
    public Fuzzer seed(long first) {
        return new Fuzzer(device, first);
    }

    /**
     * Runs programs for a time; prints each that fails, shrunk, with its number, and a closing line.
     *
     * @return how many programs failed
     */
    public int run(Duration time, PrintWriter out) {
        long end = System.nanoTime() + time.toNanos();
        return run(number -> System.nanoTime() < end, out);
    }

    /** Runs a number of programs. */
    public int run(int programs, PrintWriter out) {
        return run(number -> number < seed + programs, out);
    }

    private int run(java.util.function.LongPredicate goesOn, PrintWriter out) {
        Device before = Ashlar.defaultDevice();
        Ashlar.setDefaultDevice(device);
        try {
            int failures = 0;
            long number = seed;
            RandomPrograms programs = new RandomPrograms(device.capabilities().storage());
            for (; goesOn.test(number); number++) {
                String failure = programs.failure(number);
                if (failure != null) {
                    failures++;
                    out.println("FAILED program " + number + ": " + failure);
                    out.println("  repeat: ./ashlar conformance --backend " + device.name() + " --fuzz 0 --seed " + number);
                    out.flush();
                }
            }
            out.println((number - seed) + " random programs on " + device.name() + " from seed " + seed + ", " + failures + " failed");
            out.flush();
            return failures;
        } finally {
            Ashlar.setDefaultDevice(before);
        }
    }
}
