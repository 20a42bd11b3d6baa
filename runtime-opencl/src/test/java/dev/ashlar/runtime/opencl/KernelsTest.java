// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.opencl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.spi.Backend;
import dev.ashlar.spi.Executable;
import dev.ashlar.spi.ReduceOp;
import dev.ashlar.type.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Random kernels of all kinds against the oracle, for each way of cutting work and under masks that imitate other devices. */
class KernelsTest {
    static Stream<Arguments> configurations() {
        return Stream.of(
                Arguments.of(0L, 64, 33, new String[] {}),
                Arguments.of(1000L, 48, 80, new String[] {"pool", "off"}),
                Arguments.of(2000L, 48, 20, new String[] {"style", "groups"}),
                Arguments.of(3000L, 32, 33, new String[] {"indices", "wide"}),
                Arguments.of(4000L, 32, 33, new String[] {"style", "groups", "indices", "wide", "mask", "maxArguments=100"}),
                Arguments.of(5000L, 32, 20, new String[] {
                    "style", "groups", "mask", "nofp64,nofp16,nounified,localMem=4k,maxWorkGroup=16,maxArguments=200"
                }));
    }

    @ParameterizedTest(name = "seeds from {0}, {3}")
    @MethodSource("configurations")
    void randomKernelsAgreeWithTheOracle(long seed, int count, int longest, String[] options) {
        try (Backend backend = TestDevice.open(options)) {
            boolean fp64 = backend.capabilities().storage().contains(DType.FLOAT64);
            List<Case> cases = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                cases.add(Cases.of(seed + i, fp64, longest));
            }
            List<Executable> executables = backend.compileAll(cases.stream().map(Case::code).toList());
            List<String> failures = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                failures.add(cases.get(i).run(backend, executables.get(i)));
                executables.get(i).close();
            }
            failures.removeIf(String::isEmpty);
            assertThat(failures).isEmpty();
            assertThat(backend.liveBuffers()).isZero();
        }
    }

    @Test
    void aSecondRunGivesTheSameBits() {
        try (Backend backend = TestDevice.open()) {
            Case sum = ProductCases.sum(70_001, 3);
            assertThat(sum.run(backend)).isEmpty();
            assertThat(ProductCases.bits(backend, sum)).isEqualTo(ProductCases.bits(backend, sum));
        }
    }

    @ParameterizedTest
    @CsvSource({"loops", "groups"})
    void longFoldsAgreeInPieces(String style) {
        try (Backend backend = TestDevice.open("style", style)) {
            List<Case> cases = new ArrayList<>();
            for (ReduceOp op : List.of(ReduceOp.SUM, ReduceOp.MIN, ReduceOp.ARGMAX, ReduceOp.ARGMIN)) {
                cases.add(ProductCases.fold(op, 70_001, 1, false));
                cases.add(ProductCases.fold(op, 20_011, 3, false));
                cases.add(ProductCases.fold(op, 2_003, 67, true));
                cases.add(ProductCases.fold(op, 9_001, 2, true));
            }
            List<Executable> executables = backend.compileAll(cases.stream().map(Case::code).toList());
            for (int i = 0; i < cases.size(); i++) {
                assertThat(cases.get(i).run(backend, executables.get(i))).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("productShapes")
    void productsOfOddShapesAgreeForAllStrides(long rows, long columns, long depth, long batches, String style) {
        try (Backend backend = TestDevice.open("style", style)) {
            List<Case> cases = new ArrayList<>();
            for (int variant = 0; variant < 8; variant++) {
                cases.add(ProductCases.product(rows, columns, depth, batches, variant));
            }
            List<Executable> executables = backend.compileAll(cases.stream().map(Case::code).toList());
            for (int i = 0; i < cases.size(); i++) {
                assertThat(cases.get(i).run(backend, executables.get(i))).isEmpty();
            }
        }
    }

    static Stream<Arguments> productShapes() {
        return Stream.of(
                Arguments.of(1L, 1L, 1L, 1L, "loops"),
                Arguments.of(1L, 17L, 5L, 2L, "loops"),
                Arguments.of(25L, 10L, 10L, 1L, "loops"),
                Arguments.of(13L, 70L, 17L, 1L, "loops"),
                Arguments.of(67L, 129L, 33L, 1L, "loops"),
                Arguments.of(65L, 70L, 600L, 1L, "loops"),
                Arguments.of(33L, 40L, 48L, 3L, "loops"),
                Arguments.of(1L, 33L, 300L, 1L, "loops"),
                Arguments.of(13L, 70L, 17L, 1L, "groups"),
                Arguments.of(67L, 129L, 33L, 2L, "groups"));
    }
}
