// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.suite;

import dev.ashlar.conformance.CheckedBackend;
import dev.ashlar.conformance.RecordedAnswers;
import dev.ashlar.spi.Backend;
import dev.ashlar.spi.BackendProvider;
import dev.ashlar.spi.Capabilities;
import dev.ashlar.spi.DeviceDescription;
import dev.ashlar.spi.Executable;
import dev.ashlar.spi.KernelCode;
import dev.ashlar.spi.Options;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One run of the suite on one device. Used by one thread. */
public final class Session implements AutoCloseable {
    /** So many kernels are compiled together: some drivers take as long for one as for fifty. */
    private static final int BATCH = 50;

    private final BackendProvider provider;
    private final DeviceDescription device;
    private final Options options;
    private final long seed;
    private final Backend backend;
    private final Map<KernelCode, Executable> executables = new HashMap<>();
    private final List<KernelCode> wanted;
    private final Map<String, Double> ulps = new TreeMap<>();
    private final Map<String, RecordedAnswers> recorded = new LinkedHashMap<>();
    private final Set<String> selected = new HashSet<>();
    private @Nullable TensorDevice tensors;
    private int next;
    private long comparisons;

    /**
     * Opens the device.
     *
     * @param tests all that will be run, so that their kernels can be compiled together
     */
    public Session(BackendProvider provider, DeviceDescription device, Options options, long seed, List<RuleTest> tests) {
        this.provider = provider;
        this.device = device;
        this.options = options;
        this.seed = seed;
        this.backend = open();
        LinkedHashSet<KernelCode> codes = new LinkedHashSet<>();
        for (RuleTest test : tests) {
            if (test.applies().test(backend.capabilities())) {
                test.trials().forEach(trial -> codes.add(trial.code()));
                selected.add(test.key());
            }
        }
        this.wanted = new ArrayList<>(codes);
    }

    public Backend backend() {
        return backend;
    }

    public BackendProvider provider() {
        return provider;
    }

    public DeviceDescription device() {
        return device;
    }

    public Capabilities capabilities() {
        return backend.capabilities();
    }

    /** Opens the device once more; the caller closes it. */
    public Backend open() {
        return new CheckedBackend(provider.open(device, options));
    }

    /** Opens the device once more without the checks of the caller's side, for tests that break the contract on purpose. */
    public Backend openUnchecked() {
        return provider.open(device, options);
    }

    /** Returns the random numbers of a test, which do not depend on the tests that ran before. */
    public Random random(String key) {
        return new Random(seed * 31 + key.hashCode());
    }

    /** Returns whether a test is part of the run and concerns the backend. */
    public boolean selects(String key) {
        return selected.contains(key);
    }

    /** Returns the device for tensors, which is opened at the first call. */
    public TensorDevice tensors() {
        TensorDevice known = tensors;
        if (known == null) {
            known = TensorDevice.open(this);
            tensors = known;
        }
        return known;
    }

    /** Returns the compiled kernel, compiling those that are wanted next with it. */
    public Executable executable(KernelCode code) {
        Executable known = executables.get(code);
        if (known != null) {
            return known;
        }
        LinkedHashSet<KernelCode> batch = new LinkedHashSet<>();
        batch.add(code);
        while (batch.size() < BATCH && next < wanted.size()) {
            KernelCode candidate = wanted.get(next++);
            if (!executables.containsKey(candidate)) {
                batch.add(candidate);
            }
        }
        List<KernelCode> codes = new ArrayList<>(batch);
        try {
            List<Executable> compiled = backend.compileAll(codes);
            for (int i = 0; i < codes.size(); i++) {
                executables.put(codes.get(i), compiled.get(i));
            }
        } catch (RuntimeException _) {
            // One of them fails; each test shall find out for itself.
            executables.put(code, backend.compile(code));
        }
        return executables.get(code);
    }

    /** Notes the error of an operation, in units in the last place. */
    void measured(String key, double ulp) {
        ulps.merge(key, ulp, Math::max);
    }

    /** Notes how recorded calls were answered. */
    public void recorded(RecordedAnswers answers) {
        recorded.merge(answers.operation() + " " + answers.type(), answers, RecordedAnswers::plus);
    }

    /** Returns how recorded calls were answered so far, by operation and type. */
    public List<RecordedAnswers> recorded() {
        return List.copyOf(recorded.values());
    }

    public void compared(long elements) {
        comparisons += elements;
    }

    /** Returns the largest error seen for each operation and type. */
    public Map<String, Double> ulps() {
        return ulps;
    }

    /** Returns how many elements were compared so far. */
    public long comparisons() {
        return comparisons;
    }

    @Override
    public void close() {
        if (tensors != null) {
            tensors.close();
        }
        for (Executable executable : executables.values()) {
            executable.close();
        }
        backend.close();
    }
}
