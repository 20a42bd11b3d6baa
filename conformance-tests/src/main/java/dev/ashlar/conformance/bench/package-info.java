// SPDX-License-Identifier: Apache-2.0
/**
 * What is measured, and how: named workloads that {@code ./ashlar bench} runs on a device, each a small class.
 *
 * <p>Start with {@link dev.ashlar.conformance.bench.Workload}; {@link dev.ashlar.conformance.bench.Workloads} lists them all and
 * {@link dev.ashlar.conformance.bench.Measurement} is the stopwatch. Speed is no part of conformance: nothing here passes or fails.
 *
 * <p>{@link dev.ashlar.conformance.bench.WorkloadBenchmark} wraps the same workloads for JMH, which starts a JVM for each and watches
 * for its tricks. It takes long, and no test runs it:
 *
 * <pre>{@code
 * java --add-modules jdk.incubator.vector --enable-native-access=ALL-UNNAMED -cp 'plugins/cli/target/app/lib/*' \
 *     org.openjdk.jmh.Main WorkloadBenchmark -p workload=matmul512,softmax4096x1024 -p device=java,opencl:0
 * }</pre>
 */
@NullMarked
package dev.ashlar.conformance.bench;

import org.jspecify.annotations.NullMarked;
