// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.java;

import dev.ashlar.spi.Backend;
import dev.ashlar.spi.BackendProvider;
import dev.ashlar.spi.DeviceDescription;
import dev.ashlar.spi.DeviceKind;
import dev.ashlar.spi.Options;
import dev.ashlar.spi.Probe;
import dev.ashlar.spi.SpecVersion;
import dev.ashlar.type.InvalidArgumentException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Finds the host itself, as {@code java:0}. Options:
 *
 * <ul>
 *   <li>{@code path}: {@code vector} (default) or {@code scalar}, the readable definition on one thread;
 *   <li>{@code threads}: threads of the vector path, default all cores; results do not depend on it;
 *   <li>{@code limit}: memory for tensors in bytes, or with a suffix k, m or g; default three quarters of the machine's.
 * </ul>
 */
public final class JavaBackendProvider implements BackendProvider {
    private static final System.Logger LOG = System.getLogger(JavaBackendProvider.class.getName());
    private static final String VECTOR_MODULE = "jdk.incubator.vector";
    private static final AtomicBoolean ADVISED = new AtomicBoolean();

    /** Creates the provider; looks at nothing yet. */
    public JavaBackendProvider() {}

    @Override
    public String name() {
        return "java";
    }

    @Override
    public SpecVersion spec() {
        return new SpecVersion(1, 0);
    }

    @Override
    public Probe probe() {
        int cores = Runtime.getRuntime().availableProcessors();
        Map<String, String> details = new LinkedHashMap<>();
        details.put("jvm", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
        details.put("architecture", System.getProperty("os.arch"));
        details.put("vector api", vectorApi() ? "on" : "off; start the JVM with --add-modules " + VECTOR_MODULE);
        DeviceDescription host = new DeviceDescription(
                0,
                "Java on " + System.getProperty("os.arch"),
                System.getProperty("java.vendor"),
                DeviceKind.CPU,
                cores,
                defaultLimit(),
                "Java " + Runtime.version(),
                cores,
                details);
        return new Probe.Available(List.of(host), List.of());
    }

    @Override
    public Backend open(DeviceDescription device, Options options) {
        if (device.index() != 0) {
            throw new InvalidArgumentException("[open] expected device 0, the only one of java, got " + device.index());
        }
        long limit = limit(options.get("limit", Long.toString(defaultLimit())));
        String path = options.get("path", "vector");
        return switch (path) {
            case "scalar" -> {
                LOG.log(System.Logger.Level.INFO, "java: scalar path, because ashlar.java.path=scalar asks for it");
                yield new JavaBackend(limit, 0, false);
            }
            case "vector" -> {
                boolean vectorApi = vectorApi();
                advise(vectorApi);
                yield new JavaBackend(limit, threads(options), vectorApi);
            }
            default -> throw new InvalidArgumentException("[open] expected ashlar.java.path to be vector or scalar, got '" + path + "'");
        };
    }

    /** Returns whether the Vector API's module was in the graph when the JVM started; it cannot be added later. */
    static boolean vectorApi() {
        return ModuleLayer.boot().findModule(VECTOR_MODULE).isPresent();
    }

    private static void advise(boolean vectorApi) {
        if (vectorApi) {
            LOG.log(System.Logger.Level.DEBUG, "java: vector path with the Vector API, because the module " + VECTOR_MODULE + " is there");
        } else if (!ADVISED.getAndSet(true)) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "java: products and functions run without the Vector API, up to 30 times slower. Set JDK_JAVA_OPTIONS=\"--add-modules "
                            + VECTOR_MODULE + "\", or in Maven <argLine>--add-modules " + VECTOR_MODULE
                            + "</argLine> (surefire) and -Dexec.args=\"--add-modules " + VECTOR_MODULE + " ...\" (exec:exec)");
        }
    }

    private static int threads(Options options) {
        String text = options.get("threads", Integer.toString(Runtime.getRuntime().availableProcessors()));
        try {
            int threads = Integer.parseInt(text.strip());
            if (threads >= 1 && threads <= 1024) {
                return threads;
            }
        } catch (NumberFormatException e) {
            LOG.log(System.Logger.Level.DEBUG, "java: threads is no number", e);
        }
        throw new InvalidArgumentException("[open] expected ashlar.java.threads to be in [1, 1024], got '" + text + "'");
    }

    private static long limit(String text) {
        String number = text.strip().toLowerCase(Locale.ROOT);
        int shift = number.endsWith("k") ? 10 : number.endsWith("m") ? 20 : number.endsWith("g") ? 30 : 0;
        try {
            long value = Long.parseLong(shift == 0 ? number : number.substring(0, number.length() - 1));
            if (value > 0 && value <= Long.MAX_VALUE >> shift) {
                return value << shift;
            }
        } catch (NumberFormatException e) {
            LOG.log(System.Logger.Level.DEBUG, "java: limit is no number", e);
        }
        throw new InvalidArgumentException("[open] expected ashlar.java.limit in bytes, or with k, m or g, got '" + text + "'");
    }

    private static long defaultLimit() {
        return HostMemory.total() / 4 * 3;
    }
}
