// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.bench;

import dev.ashlar.Device;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The workloads under JMH: the time of one run, until the device has done it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 2, jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class WorkloadBenchmark {
    /** Names of {@link Workloads}. */
    @Param({"matmul128", "matmul512", "matmul1024", "chain16M", "softmax4096x1024", "tinyMlpStep", "mlp784Step"})
    public String workload = "";

    /** Names of devices. */
    @Param("java")
    public String device = "";

    private @Nullable Workload running;
    private @Nullable Device place;

    /** For JMH. */
    public WorkloadBenchmark() {}

    @Setup
    public void setUp() {
        Device chosen = Device.of(device);
        Workload made = Workloads.named(workload);
        made.setUp(chosen);
        place = chosen;
        running = made;
    }

    @Benchmark
    public void run() {
        Objects.requireNonNull(running).run();
        Objects.requireNonNull(place).synchronize();
    }

    @TearDown
    public void tearDown() {
        Objects.requireNonNull(running).close();
    }
}
