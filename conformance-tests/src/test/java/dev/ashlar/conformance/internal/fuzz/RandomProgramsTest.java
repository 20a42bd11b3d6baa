// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.Ashlar;
import dev.ashlar.Device;
import dev.ashlar.conformance.Fuzzer;
import dev.ashlar.conformance.internal.fuzz.Program.Leaf;
import dev.ashlar.conformance.internal.fuzz.Program.Step;
import dev.ashlar.conformance.internal.ops.Values;
import dev.ashlar.conformance.internal.vectors.Data;
import dev.ashlar.conformance.internal.vectors.Placement;
import dev.ashlar.type.DType;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random programs, those that found bugs, and the judge itself. */
final class RandomProgramsTest {
    private static final int PROGRAMS = 40;

    static List<Device> devices() {
        return Device.all().stream().filter(device -> device.capabilities().storage().contains(DType.FLOAT64)).toList();
    }

    private static void on(Device device, Runnable code) {
        Device before = Ashlar.defaultDevice();
        Ashlar.setDefaultDevice(device);
        try {
            code.run();
        } finally {
            Ashlar.setDefaultDevice(before);
        }
    }

    @ParameterizedTest
    @MethodSource("devices")
    void randomProgramsGiveWhatTheyShould(Device device) {
        StringWriter text = new StringWriter();
        assertThat(Fuzzer.forBackend(device.name()).seed(1).run(PROGRAMS, new PrintWriter(text))).as(text.toString()).isZero();
    }

    /** On one driver vectors of doubles had another exponential than single ones. */
    @ParameterizedTest
    @MethodSource("devices")
    void anExponentialDoesNotDependOnTheLayout(Device device) {
        FuzzOp exp = op("exp");
        Program program = new Program(List.of(leaf(Placement.FLIPPED, 8, 33)), List.of(new Step(exp, new int[] {0}, new long[0])),
                List.of(1));
        on(device, () -> assertThat(Judge.verdict(program)).isNull());
    }

    /** On one driver a sum along a row was taken in another order than one with gaps. */
    @ParameterizedTest
    @MethodSource("devices")
    void aSumDoesNotDependOnTheLayout(Device device) {
        for (Placement placement : Placement.values()) {
            Program program = new Program(List.of(leaf(placement, 64)), List.of(new Step(op("mean"), new int[] {0}, new long[] {0, 1})),
                    List.of(1));
            on(device, () -> assertThat(Judge.verdict(program)).as(placement.toString()).isNull());
            Program chain = new Program(List.of(leaf(placement, 70, 90)), List.of(
                    new Step(op("exp"), new int[] {0}, new long[0]), new Step(op("permute"), new int[] {1}, new long[] {1, 0}),
                    new Step(op("sum"), new int[] {2}, new long[] {1, 0})), List.of(3));
            on(device, () -> assertThat(Judge.verdict(chain)).as(placement.toString()).isNull());
        }
    }

    @Test
    void theJudgeFindsAWrongStepAndTheShrinkerCutsItOut() {
        FuzzOp wrong = new FuzzOp("wrong", (known, random) -> null, (in, a) -> in[0].add(1.0),
                (in, types, result, a) -> FuzzOp.Right.exactly(in[0]), 1);
        Program program = new Program(List.of(leaf(Placement.STEPPED, 4, 5)), List.of(
                new Step(op("exp"), new int[] {0}, new long[0]), new Step(wrong, new int[] {1}, new long[0]),
                new Step(op("neg"), new int[] {2}, new long[0])), List.of(3));
        on(Device.of("java"), () -> {
            assertThat(Judge.verdict(program)).contains("wrong");
            Program smallest = new Shrinker(Judge::verdict).shrink(program);
            assertThat(smallest.steps()).hasSize(1);
            assertThat(smallest.toString()).contains("wrong(v0)").contains("plain").doesNotContain("exp");
        });
    }

    @Test
    void theJudgeFindsAWrongGradient() {
        FuzzOp wrong = new FuzzOp("wrong", (known, random) -> null, (in, a) -> in[0].detach().mul(in[0]),
                (in, types, result, a) -> FuzzOp.Right.exactly(in[0].map(x -> x * x)), 1);
        Program program = new Program(List.of(leaf(Placement.PLAIN, 6)), List.of(new Step(wrong, new int[] {0}, new long[0])), List.of(1));
        on(Device.of("java"), () -> assertThat(Judge.verdict(program)).contains("gradient"));
    }

    private static FuzzOp op(String name) {
        return Pools.all().stream().filter(candidate -> candidate.name().equals(name)).findFirst().orElseThrow();
    }

    private static Leaf leaf(Placement placement, int... shape) {
        int count = Values.count(shape);
        ByteBuffer buffer = ByteBuffer.allocate(count * 8).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            buffer.putDouble(Math.sin(i * 1.7) * 1.4);
        }
        long[] sizes = java.util.Arrays.stream(shape).asLongStream().toArray();
        return new Leaf(new Data(DType.FLOAT64, sizes, buffer.array()), placement, 3);
    }
}
