// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.fuzz;

import dev.ashlar.Tensor;
import dev.ashlar.autograd.Autograd;
import dev.ashlar.conformance.internal.fuzz.Program.Leaf;
import dev.ashlar.conformance.internal.vectors.Data;
import dev.ashlar.type.DType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares gradients of a program's float64 outputs with central differences, away from where derivatives jump. */
final class GradientJudge {
    private static final double STEP = 1e-6;
    private static final int PROBES = 5;
    private static final Set<String> POLES = Set.of("sqrt", "log", "log1p", "div");

    private GradientJudge() {}

    static @Nullable String verdict(Program program) {
        List<Integer> chosen = new ArrayList<>();
        for (int i = 0; i < program.leaves().size(); i++) {
            Data data = program.leaves().get(i).data();
            if (data.type() == DType.FLOAT64 && data.count() > 0) {
                chosen.add(i);
            }
        }
        if (chosen.isEmpty()) {
            return null;
        }
        List<Tensor> leaves = new ArrayList<>();
        for (int i = 0; i < program.leaves().size(); i++) {
            Tensor leaf = Judge.place(program.leaves().get(i)).detach();
            leaves.add(chosen.contains(i) ? leaf.requiresGrad(true) : leaf);
        }
        Tensor loss = loss(program, leaves);
        if (loss == null || !loss.requiresGrad() || narrows(program, leaves)) {
            return null;
        }
        List<@Nullable Tensor> gradients = Autograd.grad(
                List.of(loss), chosen.stream().map(leaves::get).toList(), Collections.singletonList(null), false, false, true);
        double value = loss.item();
        if (!Double.isFinite(value) || Math.abs(value) > 1e4 || hasLargeValues(program, leaves) || isSteep(program, leaves)
                || jumps(program, chosen, gradients)) {
            return null;
        }
        Random random = new Random(program.leaves().get(0).seed());
        for (int probe = 0; probe < PROBES; probe++) {
            int which = random.nextInt(chosen.size());
            int leaf = chosen.get(which);
            Data data = program.leaves().get(leaf).placement().values(program.leaves().get(leaf).data());
            int element = random.nextInt(data.count());
            Tensor gradient = gradients.get(which);
            double computed = gradient == null ? 0 : gradient.toDoubleArray()[element];
            double left = moved(program, leaf, data, element, -STEP);
            double right = moved(program, leaf, data, element, STEP);
            double halfLeft = moved(program, leaf, data, element, -STEP / 2);
            double halfRight = moved(program, leaf, data, element, STEP / 2);
            double slope = (right - left) / (2 * STEP);
            double halfSlope = (halfRight - halfLeft) / STEP;
            double size = Math.max(1, Math.abs(slope));
            // Where a derivative jumps or is steep, differences with two steps disagree, and those to the two sides. 0 times infinity is
            // right for the root of 0, and differences do not see it.
            boolean smooth = Math.abs(slope - halfSlope) <= 1e-4 * size
                    && Math.abs((right - value) / STEP - (value - left) / STEP) <= 1e-3 * size && Double.isFinite(slope)
                    && size < 1e4 && Double.isFinite(computed);
            if (smooth && !(Math.abs(computed - slope) <= 2e-3 * size)) {
                return "the gradient with respect to element " + element + " of v" + leaf + ": expected " + slope
                        + ", as differences say, got " + computed;
            }
        }
        return null;
    }

    /** Differences of large numbers that cancel say nothing. */
    private static boolean hasLargeValues(Program program, List<Tensor> leaves) {
        return Judge.record(program, leaves).stream().filter(Tensor::requiresGrad)
                .anyMatch(value -> Arrays.stream(value.toDoubleArray()).anyMatch(x -> Math.abs(x) > 1e4));
    }

    /** Next to a pole the rounding of an operand is larger than what differences can see. */
    private static boolean isSteep(Program program, List<Tensor> leaves) {
        List<Tensor> values = Judge.record(program, leaves);
        for (Program.Step step : program.steps()) {
            double pole = step.op().name().equals("log1p") ? -1 : 0;
            if (POLES.contains(step.op().name())) {
                Tensor operand = values.get(step.inputs()[step.inputs().length - 1]);
                if (operand.requiresGrad() && Arrays.stream(operand.toDoubleArray()).anyMatch(x -> Math.abs(x - pole) < 1e-6)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Returns whether gradients are others a hair's breadth beside the point, as they are where several values are the largest. */
    private static boolean jumps(Program program, List<Integer> chosen, List<@Nullable Tensor> gradients) {
        Random random = new Random(chosen.size());
        List<Tensor> leaves = new ArrayList<>();
        for (int i = 0; i < program.leaves().size(); i++) {
            Leaf leaf = program.leaves().get(i);
            if (!chosen.contains(i)) {
                leaves.add(Judge.place(leaf));
                continue;
            }
            Data data = leaf.placement().values(leaf.data());
            double[] moved = Arrays.stream(data.numbers()).map(x -> x + STEP * (random.nextDouble() - 0.5)).toArray();
            leaves.add(Tensor.of(moved).reshape(data.sizes()).detach().requiresGrad(true));
        }
        Tensor loss = loss(program, leaves);
        if (loss == null || !loss.requiresGrad()) {
            return true;
        }
        List<@Nullable Tensor> beside = Autograd.grad(List.of(loss), chosen.stream().map(leaves::get).toList(),
                Collections.singletonList(null), false, false, true);
        for (int i = 0; i < chosen.size(); i++) {
            Tensor here = gradients.get(i);
            Tensor there = beside.get(i);
            if (here != null && there != null) {
                double[] a = here.toDoubleArray();
                double[] b = there.toDoubleArray();
                for (int k = 0; k < a.length; k++) {
                    if (Math.abs(a[k] - b[k]) > 1e-3 * Math.max(1, Math.abs(a[k]))) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /** Returns whether values pass through a narrower type, whose rounding differences would see. */
    private static boolean narrows(Program program, List<Tensor> leaves) {
        return Judge.record(program, leaves).stream().anyMatch(value -> value.requiresGrad() && value.dtype() != DType.FLOAT64);
    }

    /** Returns the sum of all outputs in float64, each times a factor of its own, or null if there are none. */
    private static @Nullable Tensor loss(Program program, List<Tensor> leaves) {
        List<Tensor> values = Judge.record(program, leaves);
        Tensor loss = null;
        int factor = 1;
        for (int output : program.outputs()) {
            Tensor value = values.get(output);
            if (value.dtype() == DType.FLOAT64) {
                Tensor term = value.sum().mul(factor++ * 0.5);
                loss = loss == null ? term : loss.add(term);
            }
        }
        return loss;
    }

    private static double moved(Program program, int leaf, Data data, int element, double shift) {
        byte[] bytes = data.bytes().clone();
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putDouble(element * 8, buffer.getDouble(element * 8) + shift);
        List<Tensor> leaves = new ArrayList<>();
        for (int i = 0; i < program.leaves().size(); i++) {
            Leaf own = program.leaves().get(i);
            leaves.add(i == leaf ? new Data(data.type(), data.sizes(), bytes).upload() : Judge.place(own));
        }
        Tensor loss = loss(program, leaves);
        return loss == null ? 0 : loss.item();
    }
}
