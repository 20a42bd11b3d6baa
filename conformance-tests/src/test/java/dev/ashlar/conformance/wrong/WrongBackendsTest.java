// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.wrong;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.conformance.ConformanceReport;
import dev.ashlar.conformance.ConformanceRunner;
import dev.ashlar.conformance.TestResult;
import dev.ashlar.spi.Backend;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The suite is tested with backends that are wrong: each must be caught by the rule that it breaks, with a message that says so. */
final class WrongBackendsTest {
    static Stream<Arguments> bugs() {
        return Stream.of(
                bug("ignores the offset", WrongLaunches.NoOffset::new, "MAP-04", "as float32 in binding 1"),
                bug("takes stride 0 for 1", WrongLaunches.BroadcastStride::new, "MAP-03", "as float32 in binding"),
                bug("drops the tail of an odd size", WrongLaunches.NoTail::new, "MAP-01", "got -77"),
                bug("keeps the first run-time scalars", WrongLaunches.StickyParams::new, "MAP-12", "expected -2.25 as float32"),
                bug("drops NaN in max", WrongKernels.NanDroppingMax::new, "NUM-03", "expected NaN as float32"),
                bug("contracts to fma", WrongKernels.Contracting::new, "NUM-11", "a * b add c"),
                bug("ignores that uint8 has no sign", WrongKernels.SignedUint8::new, "CAST-07", "from inputs"),
                bug("wraps casts that saturate", WrongKernels.WrappingCasts::new, "CAST-01", "as int32 in binding 1"),
                bug("accumulates in low precision", WrongResources.LowPrecision::new, "RED-06", "within"),
                bug("reads one past the end", WrongLaunches.ReadsPastTheEnd::new, "RED-01", "got NaN"),
                bug("forgets the epilogue", WrongKernels.NoEpilogue::new, "CON-05", "bias"),
                bug("records no bad index", WrongLaunches.SilentGather::new, "GAT-02", "expected the error word [4711"),
                bug("scatters out of order: last", WrongLaunches.ScatterOutOfOrder::new, "SCA-02", "as float32 in binding 2"),
                bug("scatters out of order: sum", WrongLaunches.ScatterOutOfOrder::new, "SCA-03", "as float32 in binding 2"),
                bug("shares scalars in a group", WrongLaunches.SharedGroupParams::new, "GRP-04", "own scalars"),
                bug("returns a stale cache entry", WrongKernels.StaleCache::new, "COMP-03", "two that differ in one constant"),
                bug("leaks a buffer", WrongResources.Leaking::new, "MEM-08", "no buffer more than before"),
                bug("writes one past the end", WrongLaunches.WritesPastTheEnd::new, "MEM-10", "sentinel byte"),
                bug("counts a second close", WrongResources.CountsCloses::new, "MEM-09", "only one buffer less"),
                bug("reads arguments too late", WrongResources.LateReader::new, "LIFE-02", "with the arguments as they were at the call"),
                bug("closes a buffer under a launch", WrongResources.LateReader::new, "MEM-05", "buffer closed"),
                bug("supports nothing", WrongResources.Empty::new, "CAP-01", "expected storage of"),
                bug("keeps the first run-time scalars", WrongLaunches.StickyParams::new, "OPS-06", "in round 1, with the number 1.5"),
                bug("takes strides for positive", WrongLaunches.NoSign::new, "LAY-01", "FLIPPED"),
                bug("drops the tail of an odd size", WrongLaunches.NoTail::new, "OPS-01", "from [shape [5, 7]"),
                bug("contracts to fma", WrongKernels.Contracting::new, "FUS-02", "the same bits fused"));
    }

    private static Arguments bug(String name, UnaryOperator<Backend> bug, String rule, String message) {
        return Arguments.of(name, bug, rule, message);
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("bugs")
    void isCaught(String name, UnaryOperator<Backend> bug, String rule, String message) {
        ConformanceReport report = run(new WrongProvider("minimal", bug), rule);
        assertThat(report.passed()).isFalse();
        assertThat(report.results())
                .filteredOn(result -> result.status() == TestResult.Status.FAILED)
                .allSatisfy(result -> assertThat(result.rule()).isEqualTo(rule))
                .anySatisfy(result -> {
                    assertThat(result.message()).contains(message).contains(rule).contains("; look at ");
                    assertThat(result.repeat()).contains("--only '" + rule + " ").contains("--seed ");
                });
    }

    /** The same rules pass without the bug, so it is the bug that is found. */
    @ParameterizedTest(name = "not {0}: {2}")
    @MethodSource("bugs")
    void isNotSeenWithoutTheBug(String name, UnaryOperator<Backend> bug, String rule, String message) {
        ConformanceReport report = run(new WrongProvider("minimal", Wrapper::new), rule);
        assertThat(report.passed()).as(report.results().toString()).isTrue();
    }

    private static ConformanceReport run(WrongProvider provider, String rule) {
        return ConformanceRunner.of(provider).only(rule + " *").run(result -> {});
    }
}
