// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.rules;

import dev.ashlar.Tensor;
import dev.ashlar.autograd.Autograd;
import dev.ashlar.conformance.Profile;
import dev.ashlar.conformance.internal.ops.Operation;
import dev.ashlar.conformance.internal.ops.Operation.Kink;
import dev.ashlar.conformance.internal.ops.Operations;
import dev.ashlar.conformance.internal.ops.Values;
import dev.ashlar.conformance.internal.suite.Batch;
import dev.ashlar.conformance.internal.suite.Result;
import dev.ashlar.conformance.internal.suite.RuleBook;
import dev.ashlar.conformance.internal.suite.RuleFailure;
import dev.ashlar.conformance.internal.suite.Session;
import dev.ashlar.type.DType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** AUTO-01 to AUTO-03: gradients against differences of the reference. */
final class GradientRules {
    /** Elements of each operand whose gradient is compared; chosen by chance. */
    private static final int SAMPLE = 12;
    private static final double STEP = 1e-5;
    private static final double SECOND_STEP = 3e-4;

    private GradientRules() {}

    static void add(RuleBook book) {
        Batch first = new Batch();
        Batch second = new Batch();
        for (Operation operation : Operations.all()) {
            if (operation.orders() >= 1) {
                String label = operation.name() + "(gradient)";
                first.add("AUTO-01 " + label, session -> gradients(session, operation));
                book.action("AUTO-01", Profile.TRAINING, label,
                        session -> judge(session, operation, first.results(session, "AUTO-01 " + label)));
            }
            if (operation.orders() >= 2) {
                String label = operation.name() + "(second gradient)";
                second.add("AUTO-03 " + label, session -> secondGradients(session, operation));
                book.action("AUTO-03", Profile.TRAINING, label,
                        session -> judgeSecond(session, operation, second.results(session, "AUTO-03 " + label)));
            }
        }
        kinks(book);
    }

    // ---- what is compared -------------------------------------------------------------------------------------------------------

    /** float64 where it is claimed: differences of the reference are only exact enough for that. */
    private static DType type(Session session, Operation operation) {
        return Cases.claimed(operation, DType.FLOAT64).test(session.capabilities()) ? DType.FLOAT64 : DType.FLOAT32;
    }

    private static double tolerance(DType type) {
        return type == DType.FLOAT64 ? 1e-7 : 1e-4;
    }

    private static Values[] operands(Session session, Operation operation) {
        Random random = session.random("gradient of " + operation.name());
        Values[] values = new Values[operation.sample().size()];
        Arrays.setAll(values, i -> operation.sample().get(i).drawSmooth(i, random));
        return values;
    }

    /** Returns numbers of a shape, multiples of 1/64 and so exact in every type. */
    private static Values weights(Session session, String key, int... shape) {
        Random random = session.random(key);
        return Values.fill(shape, _ -> (random.nextInt(128) - 63.5) / 64);
    }

    private static Tensor[] leaves(Session session, Operation operation, DType type) {
        Tensor[] leaves = Cases.upload(session.tensors(), operation.sample(), operands(session, operation), type);
        for (int i = 0; i < leaves.length; i++) {
            if (operation.sample().get(i).isReal()) {
                leaves[i].requiresGrad(true);
            }
        }
        return leaves;
    }

    private static List<Tensor> real(Operation operation, Tensor[] leaves) {
        return IntStream.range(0, leaves.length).filter(i -> operation.sample().get(i).isReal()).mapToObj(i -> leaves[i]).toList();
    }

    private static List<Tensor> orZeros(List<? extends @Nullable Tensor> gradients, List<Tensor> leaves) {
        List<Tensor> results = new ArrayList<>();
        for (int i = 0; i < leaves.size(); i++) {
            Tensor gradient = gradients.get(i);
            results.add(gradient == null ? leaves.get(i).zerosLike() : gradient);
        }
        return results;
    }

    /** The gradients of the sum of results times fixed weights. */
    private static List<Tensor> gradients(Session session, Operation operation) {
        DType type = type(session, operation);
        Tensor[] leaves = leaves(session, operation, type);
        List<Tensor> inputs = real(operation, leaves);
        Tensor y = operation.call().apply(leaves);
        Tensor weights = session.tensors().upload(weights(session, operation.name(), shape(y)), type);
        return orZeros(Autograd.grad(List.of(y), inputs, List.of(weights), false, false, true), inputs);
    }

    /** The gradients of a product of the gradients, of squares so that linear operations have some too. */
    private static List<Tensor> secondGradients(Session session, Operation operation) {
        DType type = type(session, operation);
        Tensor[] leaves = leaves(session, operation, type);
        List<Tensor> inputs = real(operation, leaves);
        Tensor y = operation.call().apply(leaves).square();
        Tensor weights = session.tensors().upload(weights(session, operation.name(), shape(y)), type);
        List<@Nullable Tensor> once = Autograd.grad(List.of(y), inputs, List.of(weights), true, true, true);
        Tensor along = null;
        for (int i = 0; i < once.size(); i++) {
            Tensor gradient = once.get(i);
            if (gradient != null) {
                Values direction = weights(session, "direction " + i, shape(gradient));
                Tensor part = gradient.mul(session.tensors().upload(direction, type)).sum();
                along = along == null ? part : along.add(part);
            }
        }
        if (along == null) {
            throw new RuleFailure("[AUTO-03 " + operation.name() + "] expected a gradient of some operand, got none");
        }
        return orZeros(Autograd.grad(List.of(along), inputs, Collections.singletonList(null), false, false, true), inputs);
    }

    private static int[] shape(Tensor tensor) {
        return Arrays.stream(tensor.shape().toArray()).mapToInt(Math::toIntExact).toArray();
    }

    // ---- what it is compared with -----------------------------------------------------------------------------------------------

    private static double weighted(Operation operation, Values[] operands, Values weights, boolean squared) {
        double[] y = operation.reference().apply(operands).data();
        return IntStream.range(0, y.length).mapToDouble(i -> weights.data()[i] * (squared ? y[i] * y[i] : y[i])).sum();
    }

    private static void move(Values[] operands, int operand, int element, double step) {
        operands[operand].data()[element] += step;
    }

    /** Chooses elements, all if there are few. */
    private static List<Integer> elements(Values values, Random random) {
        List<Integer> all = new ArrayList<>(IntStream.range(0, values.data().length).boxed().toList());
        Collections.shuffle(all, random);
        return all.subList(0, Math.min(SAMPLE, all.size()));
    }

    private static void judge(Session session, Operation operation, List<Result> results) {
        Values[] operands = operands(session, operation);
        Values weights = weights(session, operation.name(), operation.reference().apply(operands).shape());
        Random random = session.random("elements");
        int result = 0;
        for (int i = 0; i < operands.length; i++) {
            if (operation.sample().get(i).isReal()) {
                Result got = results.get(result++);
                got.expectShape("AUTO-01 " + operation.name(), operands[i]);
                for (int element : elements(operands[i], random)) {
                    double here = operands[i].data()[element];
                    move(operands, i, element, STEP);
                    double above = weighted(operation, operands, weights, false);
                    move(operands, i, element, -2 * STEP);
                    double below = weighted(operation, operands, weights, false);
                    operands[i].data()[element] = here;
                    compare("AUTO-01", operation, got, i, element, (above - below) / (2 * STEP), tolerance(got.type()), operands);
                    session.compared(1);
                }
            }
        }
    }

    private static void judgeSecond(Session session, Operation operation, List<Result> results) {
        Values[] operands = operands(session, operation);
        Values weights = weights(session, operation.name(), operation.reference().apply(operands).shape());
        Random random = session.random("elements");
        int result = 0;
        for (int i = 0; i < operands.length; i++) {
            if (operation.sample().get(i).isReal()) {
                Result got = results.get(result++);
                for (int element : elements(operands[i], random)) {
                    double expected = (along(session, operation, operands, weights, i, element, 1)
                            - along(session, operation, operands, weights, i, element, -1)) / (4 * SECOND_STEP * SECOND_STEP);
                    compare("AUTO-03", operation, got, i, element, expected, got.type() == DType.FLOAT64 ? 2e-5 : 1e-3, operands);
                    session.compared(1);
                }
            }
        }
    }

    /** The difference of values ahead and behind along the directions, with one element moved. */
    private static double along(
            Session session, Operation operation, Values[] operands, Values weights, int operand, int element, int sign) {
        double[] values = new double[2];
        for (int side = 0; side < 2; side++) {
            Values[] moved = new Values[operands.length];
            int real = 0;
            for (int i = 0; i < operands.length; i++) {
                if (operation.sample().get(i).isReal()) {
                    double step = side == 0 ? SECOND_STEP : -SECOND_STEP;
                    moved[i] = Values.zip(operands[i], weights(session, "direction " + real++, operands[i].shape()),
                            (x, d) -> x + step * d);
                } else {
                    moved[i] = operands[i];
                }
            }
            move(moved, operand, element, sign * SECOND_STEP);
            values[side] = weighted(operation, moved, weights, true);
        }
        return values[0] - values[1];
    }

    private static void compare(
            String rule, Operation operation, Result got, int operand, int element, double expected, double tolerance, Values[] operands) {
        double value = got.value(element);
        if (!(Math.abs(value - expected) <= tolerance * Math.max(10, Math.abs(expected)))) {
            throw new RuleFailure("[" + rule + " " + operation.name() + "] expected a gradient of " + expected + " by differences for"
                    + " element " + element + " of operand " + operand + ", got " + value + " in " + got.type() + " from "
                    + Cases.say(operands));
        }
    }

    // ---- conventions ------------------------------------------------------------------------------------------------------------

    private static void kinks(RuleBook book) {
        Batch batch = new Batch();
        for (Operation operation : Operations.all()) {
            for (int number = 0; number < operation.kinks().size(); number++) {
                Kink kink = operation.kinks().get(number);
                String label = operation.name() + "(float32,kink " + number + ")";
                batch.add("AUTO-02 " + label, session -> {
                    Tensor[] leaves = Arrays.stream(kink.operands())
                            .map(values -> session.tensors().upload(new Values(values, values.length), DType.FLOAT32).requiresGrad(true))
                            .toArray(Tensor[]::new);
                    return orZeros(
                            Autograd.grad(List.of(operation.call().apply(leaves).sum()), List.of(leaves), Collections.singletonList(null),
                                    false, false, true),
                            List.of(leaves));
                });
                book.action("AUTO-02", Profile.TRAINING, label, session -> {
                    List<Result> results = batch.results(session, "AUTO-02 " + label);
                    for (int i = 0; i < results.size(); i++) {
                        double[] expected = kink.gradients()[i];
                        results.get(i).expect("AUTO-02 " + label, new Values(expected, expected.length), 8, 1,
                                Arrays.deepToString(kink.operands()));
                    }
                });
            }
        }
    }
}
