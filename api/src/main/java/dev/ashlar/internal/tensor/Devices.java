// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import dev.ashlar.Device;
import dev.ashlar.MemoryReport;
import dev.ashlar.Scope;
import dev.ashlar.internal.graph.Recorder;
import dev.ashlar.internal.graph.Storage;
import dev.ashlar.internal.schedule.DeviceRuntime;
import dev.ashlar.spi.Backend;
import dev.ashlar.spi.BackendProvider;
import dev.ashlar.spi.DeviceDescription;
import dev.ashlar.spi.LaunchListener;
import dev.ashlar.spi.Options;
import dev.ashlar.spi.Probe;
import dev.ashlar.spi.SpecVersion;
import dev.ashlar.type.DeviceNotFoundException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** Finds backends, chooses devices, opens them. A provider that fails to load is reported alone and harms nobody else. */
public final class Devices {
    private static final System.Logger LOG = System.getLogger("dev.ashlar.device");

    /** What was found once per process, when a device was first asked for. */
    private static final class Found {
        static final Found INSTANCE = new Found();

        final Map<String, BackendProvider> providers = new TreeMap<>();
        final Map<String, Probe> probes = new TreeMap<>();
        final List<String> problems = new ArrayList<>();
        final List<Device> devices = new ArrayList<>();

        Found() {
            load();
            for (Map.Entry<String, BackendProvider> entry : providers.entrySet()) {
                Probe probe = probe(entry.getValue());
                probes.put(entry.getKey(), probe);
                if (probe instanceof Probe.Available available) {
                    for (DeviceDescription description : available.devices()) {
                        devices.add(new Device(entry.getKey(), description));
                    }
                }
            }
            devices.sort(Comparator.<Device, Boolean>comparing(device -> device.description().score() < 0)
                    .thenComparing(Device::kind)
                    .thenComparing(device -> -device.description().score()));
        }

        private void load() {
            Iterator<BackendProvider> iterator = ServiceLoader.load(BackendProvider.class).iterator();
            while (true) {
                try {
                    if (!iterator.hasNext()) {
                        return;
                    }
                    accept(iterator.next());
                } catch (ServiceConfigurationError | LinkageError e) {
                    problems.add("a backend could not be loaded: " + e.getMessage() + "; check that its jar matches this version");
                }
            }
        }

        private void accept(BackendProvider provider) {
            if (!SpecVersion.CURRENT.accepts(provider.spec())) {
                problems.add("backend " + provider.name() + " was written for contract " + provider.spec() + ", this is "
                        + SpecVersion.CURRENT + "; use matching versions");
                return;
            }
            BackendProvider other = providers.putIfAbsent(provider.name(), provider);
            if (other != null && other.getClass() != provider.getClass()) {
                providers.remove(provider.name());
                problems.add("two backends are named " + provider.name() + ": " + place(other) + " and " + place(provider)
                        + "; remove one of the jars");
            }
        }

        private static String place(BackendProvider provider) {
            return provider.getClass().getName() + " of " + provider.getClass().getProtectionDomain().getCodeSource();
        }

        private static Probe probe(BackendProvider provider) {
            try {
                return provider.probe();
            } catch (RuntimeException | LinkageError e) {
                return new Probe.Unavailable("looking for devices failed: " + e, "report this to the author of the backend");
            }
        }
    }

    private static final Map<Device, DeviceRuntime> OPEN = new ConcurrentHashMap<>();
    private static final Map<DeviceRuntime, Device> OWNERS = Collections.synchronizedMap(new WeakHashMap<>());
    private static final List<LaunchListener> LISTENERS = new CopyOnWriteArrayList<>();

    private Devices() {}

    public static List<Device> all() {
        return List.copyOf(Found.INSTANCE.devices);
    }

    public static Device of(String name) {
        String full = name.contains(":") ? name : name + ":0";
        for (Device device : Found.INSTANCE.devices) {
            if (device.name().equals(full)) {
                return device;
            }
        }
        throw new DeviceNotFoundException("[device] expected one of " + names() + ", got '" + name + "'; " + reasons());
    }

    private static List<String> names() {
        return Found.INSTANCE.devices.stream().map(Device::name).toList();
    }

    private static String reasons() {
        List<String> lines = new ArrayList<>();
        Found.INSTANCE.probes.forEach((provider, probe) -> {
            if (probe instanceof Probe.Unavailable unavailable) {
                lines.add(provider + " has no device: " + unavailable.reason() + "; " + unavailable.remedy());
            }
        });
        lines.addAll(Found.INSTANCE.problems);
        return lines.isEmpty() ? "'./ashlar devices -v' lists them" : String.join("; ", lines);
    }

    public static Device best() {
        String wish = System.getProperty("ashlar.device", System.getenv().getOrDefault("ASHLAR_DEVICE", ""));
        if (!wish.isBlank()) {
            return of(wish.strip());
        }
        List<Device> devices = Found.INSTANCE.devices;
        if (devices.isEmpty()) {
            throw new DeviceNotFoundException("[device] expected a backend on the class path, got none; add ashlar-runtime-java; "
                    + reasons());
        }
        Device chosen = devices.get(0);
        // Among CPUs the one that needs no driver wins: it starts faster and is never slower where it matters to a first run.
        if (chosen.kind() == dev.ashlar.spi.DeviceKind.CPU) {
            for (Device device : devices) {
                if (device.provider().equals("java")) {
                    chosen = device;
                }
            }
        }
        Device best = chosen;
        LOG.log(System.Logger.Level.DEBUG, () -> "chose " + best + "; passed over "
                + devices.stream().filter(device -> device != best).map(Device::name).toList());
        return best;
    }

    public static String diagnose() {
        StringBuilder text = new StringBuilder();
        Found.INSTANCE.probes.forEach((provider, probe) -> {
            switch (probe) {
                case Probe.Available available -> {
                    available.devices().forEach(device -> text.append(provider + ":" + device.index() + "  " + device.name() + "\n"));
                    available.notes().forEach(note -> text.append(provider + ": " + note + "\n"));
                }
                case Probe.Unavailable unavailable ->
                    text.append(provider + ": no device: " + unavailable.reason() + "; " + unavailable.remedy() + "\n");
            }
        });
        Found.INSTANCE.problems.forEach(problem -> text.append(problem + "\n"));
        return text.toString();
    }

    /** Returns the runtime of a device, opening it if necessary. */
    public static DeviceRuntime runtime(Device device) {
        DeviceRuntime known = OPEN.get(device);
        return known != null ? known : OPEN.computeIfAbsent(device, Devices::open);
    }

    private static DeviceRuntime open(Device device) {
        DeviceRuntime runtime = new DeviceRuntime(device.name(), backend(device));
        OWNERS.put(runtime, device);
        runtime.listeners().addAll(LISTENERS);
        return runtime;
    }

    private static Backend backend(Device device) {
        BackendProvider provider = java.util.Objects.requireNonNull(Found.INSTANCE.providers.get(device.provider()));
        return provider.open(device.description(), Options.fromSystemProperties(device.provider()));
    }

    /** Returns the device that a runtime belongs to. */
    public static Device device(DeviceRuntime runtime) {
        return java.util.Objects.requireNonNull(OWNERS.get(runtime));
    }

    /** See {@link dev.ashlar.Ashlar#intercept}. */
    public static Scope intercept(Device device, UnaryOperator<Backend> wrapper) {
        close(device);
        DeviceRuntime runtime = new DeviceRuntime(device.name(), wrapper.apply(backend(device)));
        OWNERS.put(runtime, device);
        runtime.listeners().addAll(LISTENERS);
        OPEN.put(device, runtime);
        return () -> close(device);
    }

    public static Scope trace(LaunchListener listener) {
        LISTENERS.add(listener);
        OPEN.values().forEach(runtime -> runtime.listeners().add(listener));
        return () -> {
            LISTENERS.remove(listener);
            OPEN.values().forEach(runtime -> runtime.listeners().remove(listener));
        };
    }

    public static void synchronize(Device device) {
        DeviceRuntime runtime = runtime(device);
        Recorder.of(runtime).flush();
        runtime.lock().lock();
        try {
            runtime.backend().synchronize();
            runtime.checkIndices();
        } finally {
            runtime.lock().unlock();
        }
    }

    public static MemoryReport memory(Device device) {
        DeviceRuntime runtime = runtime(device);
        runtime.lock().lock();
        try {
            long live = runtime.backend().liveBuffers();
            long internal = runtime.internalBuffers();
            long owned = Storage.owned(runtime);
            return new MemoryReport(device.name(), live, owned, internal, runtime.arenaBytes(), Math.max(0, live - internal - owned));
        } finally {
            runtime.lock().unlock();
        }
    }

    public static void close(Device device) {
        DeviceRuntime runtime = OPEN.remove(device);
        if (runtime != null) {
            Recorder.forget(runtime);
            runtime.close();
        }
    }
}
