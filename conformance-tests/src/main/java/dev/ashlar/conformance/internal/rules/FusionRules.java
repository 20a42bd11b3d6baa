// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.rules;

import dev.ashlar.Ashlar;
import dev.ashlar.Tensor;
import dev.ashlar.conformance.Profile;
import dev.ashlar.conformance.internal.ops.Input;
import dev.ashlar.conformance.internal.ops.Operation;
import dev.ashlar.conformance.internal.ops.Operations;
import dev.ashlar.conformance.internal.ops.Values;
import dev.ashlar.conformance.internal.suite.Result;
import dev.ashlar.conformance.internal.suite.RuleBook;
import dev.ashlar.conformance.internal.suite.Session;
import dev.ashlar.type.DType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.BinaryOperator;

/** FUS-01 and FUS-02: what is computed in one kernel has the bits of what is computed in many. */
final class FusionRules {
    /** Operations per test: each one costs kernels of its own, which are compiled one by one. */
    private static final int SAMPLE = 6;
    private static final int GROUPS = 5;

    private FusionRules() {}

    static void add(RuleBook book) {
        for (int group = 0; group < GROUPS; group++) {
            int number = group;
            book.action("FUS-01", Profile.CORE, "surrounded(float32," + group + ")",
                    session -> session.tensors().run(_ -> surrounded(session, number)));
        }
        for (int chain = 0; chain < 4; chain++) {
            int number = chain;
            book.action("FUS-02", Profile.CORE, "chain(float32," + chain + ")",
                    session -> session.tensors().run(_ -> chain(session, number)));
        }
    }

    /** A few operations, each between others that a scheduler likes to merge it with. */
    private static void surrounded(Session session, int group) {
        Random random = session.random("fusion " + group);
        List<Operation> operations = new ArrayList<>(Operations.all());
        operations.removeIf(operation -> !operation.types().contains(DType.FLOAT32));
        Collections.shuffle(operations, session.random("fusion"));
        List<Operation> sample = operations.subList(SAMPLE * group, SAMPLE * (group + 1));
        List<Values[]> operands = sample.stream().map(operation -> Cases.draw(operation.sample(), DType.FLOAT32, random)).toList();
        List<Tensor> fused = new ArrayList<>();
        for (int i = 0; i < sample.size(); i++) {
            fused.add(surround(session, sample.get(i), operands.get(i)));
        }
        List<Result> results = fused.stream().map(Result::of).toList();
        try (var _ = Ashlar.eager()) {
            for (int i = 0; i < sample.size(); i++) {
                Result eager = Result.of(surround(session, sample.get(i), operands.get(i)));
                eager.expectBits("FUS-01 " + sample.get(i).name(), results.get(i),
                        "fused as one operation at a time", Cases.say(operands.get(i)));
                session.compared(operands.get(i)[0].data().length);
            }
        }
    }

    private static Tensor surround(Session session, Operation operation, Values[] values) {
        Tensor[] operands = Cases.upload(session.tensors(), operation.sample(), values, DType.FLOAT32);
        for (int i = 0; i < operands.length; i++) {
            if (operation.sample().get(i).isReal()) {
                operands[i] = operands[i].mul(1.0);
            }
        }
        Tensor y = operation.call().apply(operands);
        return y.dtype().isFloatingPoint() ? y.mul(0.7).add(0.1) : y;
    }

    private static final List<BinaryOperator<Tensor>> STEPS = List.of(
            Tensor::add, Tensor::sub, Tensor::mul, Tensor::maximum, (a, b) -> a.tanh().mul(b), (a, b) -> a.gt(b).where(a, b.neg()),
            (a, b) -> a.mul(0.3).add(b), (a, b) -> a.sub(b.mean(1, true)), (a, b) -> a.add(b.amax(0, true)), (a, b) -> a.flip(1).add(b),
            (a, b) -> a.matmul(b.t()).mul(0.1).sigmoid(), (a, b) -> a.square().add(1.0).sqrt().sub(b.abs()),
            (a, b) -> a.softmax(1).add(b));

    /** Twenty steps drawn by chance, each of two values that are there already. */
    private static void chain(Session session, int number) {
        Values[] values = {
            Input.of(6, 6).draw(DType.FLOAT32, session.random("chain " + number)),
            Input.of(6, 6).draw(DType.FLOAT32, session.random("chain, second " + number))
        };
        Result fused = Result.of(chained(session, values, number));
        Result eager;
        try (var _ = Ashlar.eager()) {
            eager = Result.of(chained(session, values, number));
        }
        eager.expectBits("FUS-02 chain " + number, fused, "fused as one operation at a time", Cases.say(values));
    }

    private static Tensor chained(Session session, Values[] values, int number) {
        Random random = session.random("steps " + number);
        List<Tensor> known = new ArrayList<>();
        for (Values value : values) {
            known.add(session.tensors().upload(value, DType.FLOAT32));
        }
        for (int i = 0; i < 20; i++) {
            Tensor a = known.get(known.size() - 1);
            Tensor b = known.get(random.nextInt(known.size()));
            // Limited, so that no value of the chain overflows and hides all later differences.
            known.add(STEPS.get(random.nextInt(STEPS.size())).apply(a, b).clamp(-8, 8));
        }
        return known.getLast();
    }
}
