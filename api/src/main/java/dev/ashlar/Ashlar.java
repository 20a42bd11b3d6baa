// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

import dev.ashlar.internal.graph.Recorder;
import dev.ashlar.internal.tensor.Devices;
import dev.ashlar.spi.Backend;
import dev.ashlar.spi.LaunchListener;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What is global: the default device, the default generator, and scopes for debugging. */
public final class Ashlar {
    private static final AtomicReference<@Nullable Device> DEFAULT_DEVICE = new AtomicReference<>();
    private static final Generator PHILOX = new Generator(0);
    private static final AtomicReference<Generator> GENERATOR = new AtomicReference<>(PHILOX);
    private static final ThreadLocal<@Nullable Generator> OWN = new ThreadLocal<>();

    private Ashlar() {}

    /** Seeds the default generator, Philox, which initialises modules and feeds random tensors. */
    public static void seed(long seed) {
        PHILOX.manualSeed(seed);
        GENERATOR.set(PHILOX);
    }

    /**
     * Makes a generator the default one: after {@code Ashlar.seed(Generator.pytorch(123))} modules start with the weights that they have
     * in PyTorch after {@code torch.manual_seed(123)}. {@link #seed(long)} goes back to the usual one.
     */
    public static void seed(Generator generator) {
        GENERATOR.set(generator);
    }

    /** Returns the default generator, or this thread's own one inside {@link #drawingFrom}. */
    public static Generator generator() {
        Generator own = OWN.get();
        return own == null ? GENERATOR.get() : own;
    }

    /** Makes a generator the default one of this thread until the scope is closed. */
    public static Scope drawingFrom(Generator generator) {
        Generator before = OWN.get();
        OWN.set(generator);
        return () -> {
            if (before == null) {
                OWN.remove();
            } else {
                OWN.set(before);
            }
        };
    }

    /** Returns the device that new tensors lie on: {@code "java"} unless it was set, here or with {@code -Dashlar.default.device}. */
    public static Device defaultDevice() {
        Device known = DEFAULT_DEVICE.get();
        if (known == null) {
            known = Device.of(System.getProperty("ashlar.default.device", "java"));
            DEFAULT_DEVICE.compareAndSet(null, known);
        }
        return known;
    }

    /** Sets the device that new tensors lie on. */
    public static void setDefaultDevice(Device device) {
        DEFAULT_DEVICE.set(device);
    }

    /**
     * Makes every operation of this thread compute at once, each as a kernel of its own, until the scope is closed. Movements stay views:
     * they have no kernel.
     */
    public static Scope eager() {
        Recorder.addEager(1);
        return () -> Recorder.addEager(-1);
    }

    /**
     * Runs code for the shapes and types of its results: nothing is computed, unless the code itself reads a value, and what it assigns to
     * tensors that were there before is undone at its end. What it draws from generators, and gradients that it leaves, are not.
     */
    public static void dryRun(Runnable code) {
        Recorder.aside(code);
    }

    /** Shows every launch on every open device, of all threads, to a listener until the scope is closed. */
    public static Scope trace(LaunchListener listener) {
        return Devices.trace(listener);
    }

    /**
     * Closes a device and opens it again with its backend wrapped, to check or to break it, until the scope is closed. Tensors that lie
     * on the device before or during the scope cannot be used beyond its edges.
     */
    public static Scope intercept(Device device, UnaryOperator<Backend> wrapper) {
        return Devices.intercept(device, wrapper);
    }

    /** Returns a text about every provider: its devices, or why it has none and what to do. */
    public static String diagnose() {
        return Devices.diagnose();
    }
}
