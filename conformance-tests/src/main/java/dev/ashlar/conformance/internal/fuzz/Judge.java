// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.fuzz;

import dev.ashlar.Ashlar;
import dev.ashlar.Scope;
import dev.ashlar.Tensor;
import dev.ashlar.conformance.internal.fuzz.FuzzOp.Right;
import dev.ashlar.conformance.internal.fuzz.Program.Leaf;
import dev.ashlar.conformance.internal.fuzz.Program.Step;
import dev.ashlar.conformance.internal.ops.Values;
import dev.ashlar.conformance.internal.vectors.Data;
import dev.ashlar.type.DType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Judges a program three ways: every step by itself, run one at a time, against plain double arithmetic on the step's own operands; the
 * whole program fused against the bits of that; and its gradients against differences.
 */
final class Judge {
    private Judge() {}

    /** Returns what is wrong, or null. */
    static @Nullable String verdict(Program program) {
        List<Data> alone;
        try (Scope _ = Ashlar.eager()) {
            alone = all(program);
        } catch (RuntimeException | StackOverflowError e) {
            return "run one at a time: expected results, got " + say(e);
        }
        String wrong = steps(program, alone);
        if (wrong != null) {
            return wrong;
        }
        for (int round = 0; round < 2; round++) {
            try {
                wrong = fused(program, alone);
            } catch (RuntimeException | StackOverflowError e) {
                return "fused: expected results, got " + say(e);
            }
            if (wrong != null) {
                return wrong;
            }
        }
        try {
            return GradientJudge.verdict(program);
        } catch (RuntimeException | StackOverflowError e) {
            return "backward: expected gradients, got " + say(e);
        }
    }

    static String say(Throwable e) {
        StackTraceElement[] trace = e.getStackTrace();
        return e + (trace.length > 0 ? " at " + trace[0] : "");
    }

    static Tensor place(Leaf leaf) {
        return leaf.placement().place(leaf.placement().values(leaf.data()), new Random(leaf.seed()));
    }

    /** Records a program on given leaves; returns all values. */
    static List<Tensor> record(Program program, List<Tensor> leaves) {
        List<Tensor> values = new ArrayList<>(leaves);
        for (Step step : program.steps()) {
            values.add(apply(step, values));
        }
        return values;
    }

    /** Applies a step to the values before it. */
    static Tensor apply(Step step, List<Tensor> values) {
        return step.op().call().on(Arrays.stream(step.inputs()).mapToObj(values::get).toArray(Tensor[]::new), step.attributes());
    }

    static List<Data> all(Program program) {
        return record(program, program.leaves().stream().map(Judge::place).toList()).stream().map(Data::of).toList();
    }

    private static @Nullable String fused(Program program, List<Data> alone) {
        List<Tensor> values = record(program, program.leaves().stream().map(Judge::place).toList());
        List<Tensor> read = program.outputs().stream().map(values::get).toList();
        for (int i = 0; i < read.size(); i++) {
            int number = program.outputs().get(i);
            Data got = Data.of(read.get(i));
            if (!same(alone.get(number), got)) {
                return "v" + number + " fused: expected the bits of one operation at a time, " + alone.get(number) + ", got " + got;
            }
        }
        return null;
    }

    /** NaN may have any bits. */
    private static boolean same(Data a, Data b) {
        if (a.equals(b)) {
            return true;
        }
        if (a.type() != b.type() || !Arrays.equals(a.sizes(), b.sizes()) || !a.type().isFloatingPoint()) {
            return false;
        }
        double[] left = a.numbers();
        double[] right = b.numbers();
        for (int i = 0; i < left.length; i++) {
            if (Double.doubleToLongBits(left[i]) != Double.doubleToLongBits(right[i])) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable String steps(Program program, List<Data> values) {
        for (int i = 0; i < program.steps().size(); i++) {
            Step step = program.steps().get(i);
            Data[] operands = Arrays.stream(step.inputs()).mapToObj(values::get).toArray(Data[]::new);
            Data result = values.get(program.leaves().size() + i);
            String wrong = step(step, operands, result);
            if (wrong != null) {
                return "v" + (program.leaves().size() + i) + " = " + step.op().name() + Arrays.toString(step.attributes()) + " of "
                        + Arrays.toString(operands) + ": " + wrong;
            }
        }
        return null;
    }

    private static @Nullable String step(Step step, Data[] operands, Data result) {
        Values[] inputs = Arrays.stream(operands).map(Judge::values).toArray(Values[]::new);
        DType[] types = Arrays.stream(operands).map(Data::type).toArray(DType[]::new);
        for (int i = 0; i < inputs.length; i++) {
            double smallest = Numbers.smallest(types[i]);
            // A device may take such operands for zero.
            if (types[i].isFloatingPoint() && Arrays.stream(inputs[i].data()).anyMatch(x -> x != 0 && Math.abs(x) < smallest)) {
                return null;
            }
        }
        Right right = step.op().reference().of(inputs, types, result.type(), step.attributes());
        if (right == null) {
            return null;
        }
        int[] shape = Arrays.stream(result.sizes()).mapToInt(Math::toIntExact).toArray();
        if (!Arrays.equals(shape, right.value().shape())) {
            return "expected shape " + Arrays.toString(right.value().shape()) + ", got " + Arrays.toString(shape);
        }
        double[] got = result.numbers();
        for (int i = 0; i < got.length; i++) {
            double exact = right.value().data()[i];
            double scale = right.scale() == null ? 0 : Math.abs(right.scale().data()[i]);
            if (!agrees(got[i], exact, scale, step.op().units(), result.type())) {
                return "expected " + Numbers.round(exact, result.type()) + " at " + i + ", got " + got[i] + " in " + result;
            }
        }
        return null;
    }

    private static boolean agrees(double got, double exact, double scale, double units, DType type) {
        double expected = Numbers.round(exact, type);
        if (got == expected || Double.isNaN(got) && Double.isNaN(expected)) {
            return true;
        }
        if (!type.isFloatingPoint() || Double.isNaN(got) || Double.isNaN(expected)) {
            // A sum of terms that overflow in between has no single answer.
            return type.isFloatingPoint() && scale > Numbers.largest(type) / 2;
        }
        if (units == 0) {
            return false;
        }
        boolean half = type == DType.FLOAT16 || type == DType.BFLOAT16;
        if (Double.isInfinite(got) || Double.isInfinite(expected)) {
            return Math.max(Math.min(Math.abs(got), Math.abs(exact)), scale) > Numbers.largest(type) * 0.9;
        }
        double size = Math.min(Numbers.largest(type), Math.max(Math.abs(expected), scale));
        // Half types are computed in float32 and rounded once more.
        double tolerance = (units + (half ? 2 : 0)) / 2 * (half && scale > 0 ? Math.max(Numbers.unit(expected, type),
                Numbers.unit(size, DType.FLOAT32)) : Numbers.unit(size, type));
        return Math.abs(got - exact) <= tolerance + Numbers.smallest(type);
    }

    private static Values values(Data data) {
        return new Values(data.numbers(), Arrays.stream(data.sizes()).mapToInt(Math::toIntExact).toArray());
    }
}
