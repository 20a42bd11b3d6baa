// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.rules;

import dev.ashlar.Tensor;
import dev.ashlar.conformance.Profile;
import dev.ashlar.conformance.internal.ops.Input;
import dev.ashlar.conformance.internal.ops.Operation;
import dev.ashlar.conformance.internal.ops.Operation.Misuse;
import dev.ashlar.conformance.internal.ops.Operations;
import dev.ashlar.conformance.internal.ops.Values;
import dev.ashlar.conformance.internal.suite.Batch;
import dev.ashlar.conformance.internal.suite.Expect;
import dev.ashlar.conformance.internal.suite.Result;
import dev.ashlar.conformance.internal.suite.RuleBook;
import dev.ashlar.conformance.internal.suite.Session;
import dev.ashlar.type.DType;
import dev.ashlar.type.IndexOutOfRangeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** OPS-01 to OPS-07: the operations of tensors, each compared with its second definition. */
final class OperationRules {
    private OperationRules() {}

    static void add(RuleBook book) {
        for (DType type : DType.values()) {
            forward(book, type);
        }
        specials(book);
        edges(book);
        twice(book);
        for (Operation operation : Operations.all()) {
            for (Misuse misuse : operation.misuses()) {
                book.action("OPS-04", Profile.CORE, operation.name() + "(" + misuse.what() + ")", session -> refused(session, misuse));
            }
        }
        book.action("OPS-06", Profile.CORE, "numbers(float32)", session -> session.tensors().run(_ -> numbers()));
        book.action("OPS-07", Profile.CORE, "gather(float32,bad index)", session -> session.tensors().run(_ -> badIndex(
                "gather", index -> Tensor.of(new float[3]).gather(0, index))));
        book.action("OPS-07", Profile.CORE, "scatterAdd(float32,bad index)", session -> session.tensors().run(_ -> badIndex(
                "scatterAdd", index -> Tensor.of(new float[3]).scatterAdd(0, index, Tensor.of(new float[3])))));
        book.action("OPS-07", Profile.CORE, "embedding(float32,bad index)", session -> session.tensors().run(_ -> badIndex(
                "embedding", index -> Tensor.of(new float[3], 3, 1).embedding(index))));
    }

    private static String key(String rule, String label) {
        return rule + " " + label;
    }

    /** Draws the operands of all samples; the same at every call. */
    private static List<Values[]> operands(Session session, Operation operation, DType type, List<List<Input>> samples) {
        Random random = session.random(operation.name() + " " + type);
        return samples.stream().map(sample -> Cases.draw(sample, type, random)).toList();
    }

    private static List<Tensor> compute(Session session, Operation operation, DType type, List<List<Input>> samples) {
        List<Values[]> operands = operands(session, operation, type, samples);
        List<Tensor> results = new ArrayList<>();
        for (int i = 0; i < samples.size(); i++) {
            results.add(operation.call().apply(Cases.upload(session.tensors(), samples.get(i), operands.get(i), type)));
        }
        return results;
    }

    private static void forward(RuleBook book, DType type) {
        Batch batch = new Batch();
        Profile profile = type == DType.FLOAT64 || type != type.arithmetic() ? Profile.DTYPES : Profile.CORE;
        for (Operation operation : Operations.all()) {
            if (operation.takes(type)) {
                String label = operation.name() + "(" + type + ",forward)";
                // Shapes make no difference to what is new in a type that is only stored, and kernels take long to build.
                List<List<Input>> samples = type == type.arithmetic() ? operation.samples() : List.of(operation.sample());
                book.action("OPS-01", profile, label, Cases.claimed(operation, type), session -> judge(
                        session, key("OPS-01", label), operation, type, samples, batch));
                batch.add(key("OPS-01", label), session -> compute(session, operation, type, samples));
            }
        }
    }

    private static void judge(
            Session session, String key, Operation operation, DType type, List<List<Input>> samples, Batch batch) throws Exception {
        List<Values[]> operands = operands(session, operation, type, samples);
        List<Result> results = batch.results(session, key);
        for (int i = 0; i < results.size(); i++) {
            Values expected = operation.reference().apply(operands.get(i));
            results.get(i).expect(key, expected, operation.units(), operation.scale(), Cases.say(operands.get(i)));
            session.compared(expected.data().length);
        }
    }

    private static void specials(RuleBook book) {
        Batch batch = new Batch();
        for (Operation operation : Operations.all()) {
            if (!operation.specials().isEmpty()) {
                String key = key("OPS-02", operation.name() + "(float32,specials)");
                batch.add(key, session -> List.of(operation.call().apply(
                        Cases.upload(session.tensors(), operation.sample(), operation.specialOperands(), DType.FLOAT32))));
                book.action("OPS-02", Profile.CORE, operation.name() + "(float32,specials)", session -> {
                    Values[] operands = operation.specialOperands();
                    Values expected = operation.reference().apply(operands);
                    batch.results(session, key).getFirst().expect(key, expected, operation.units(), operation.scale(), Cases.say(operands));
                    session.compared(expected.data().length);
                });
            }
        }
    }

    private static void edges(RuleBook book) {
        Batch batch = new Batch();
        for (Operation operation : Operations.all()) {
            if (!operation.edges().isEmpty()) {
                DType type = operation.types().contains(DType.FLOAT32) ? DType.FLOAT32 : DType.INT32;
                String label = operation.name() + "(" + type + ",shapes)";
                batch.add(key("OPS-03", label), session -> compute(session, operation, type, operation.edges()));
                book.action("OPS-03", Profile.CORE, label,
                        session -> judge(session, key("OPS-03", label), operation, type, operation.edges(), batch));
            }
        }
    }

    /** Everything once more: the second time plans and kernels come from caches. */
    private static void twice(RuleBook book) {
        Batch first = new Batch();
        Batch second = new Batch();
        for (Operation operation : Operations.all()) {
            if (operation.types().contains(DType.FLOAT32)) {
                String label = operation.name() + "(float32,twice)";
                String key = key("OPS-05", label);
                first.add(key, session -> compute(session, operation, DType.FLOAT32, operation.samples()));
                second.add(key, session -> compute(session, operation, DType.FLOAT32, operation.samples()));
                book.action("OPS-05", Profile.CORE, label, session -> {
                    List<Result> before = first.results(session, key);
                    List<Result> after = second.results(session, key);
                    for (int i = 0; i < before.size(); i++) {
                        before.get(i).expectBits(key, after.get(i), "when it is computed again", "sample " + i);
                    }
                });
            }
        }
    }

    // ---- pieces of code ---------------------------------------------------------------------------------------------------------

    private static void refused(Session session, Misuse misuse) throws Exception {
        session.tensors().run(device -> {
            Tensor[] operands = new Tensor[misuse.shapes().length];
            for (int i = 0; i < operands.length; i++) {
                operands[i] = device.upload(Values.fill(misuse.shapes()[i], _ -> 0), DType.FLOAT32);
            }
            Expect expect = new Expect("OPS-04");
            Exception thrown = expect.thrown(misuse.exception(), misuse.what(), () -> misuse.call().apply(operands));
            expect.that(String.valueOf(thrown.getMessage()).contains(misuse.message()), "a message with '" + misuse.message() + "' for "
                    + misuse.what(), thrown.getMessage());
        });
    }

    /** The same plan with another number each time, as in a loop with a changing learning rate. */
    private static void numbers() {
        Tensor x = Tensor.of(1, -2, 3).realize();
        Expect expect = new Expect("OPS-06 numbers(float32)");
        for (int round = 0; round < 5; round++) {
            double factor = 0.5 + round;
            float[] expected = {(float) (factor - 1), (float) (-2 * factor - 1), (float) (3 * factor - 1)};
            expect.same(expected, x.mul(factor).sub(1.0).toFloatArray(), "in round " + round + ", with the number " + factor + ",");
        }
        for (int start = 0; start < 3; start++) {
            expect.equal((double) x.toFloatArray()[start], x.slice(0, start, start + 1).mul(1.0).item(),
                    "element " + start + " of a part:");
        }
    }

    /** Reads an operation's values at an index that its data do not have. */
    private interface Indexed {
        Tensor at(Tensor index);
    }

    private static void badIndex(String name, Indexed operation) {
        Expect expect = new Expect("OPS-07 " + name);
        for (long bad : new long[] {3, -4, 1L << 40}) {
            Tensor index = Tensor.of(new long[] {0, bad, 2}).add(0L);
            IndexOutOfRangeException thrown = expect.thrown(IndexOutOfRangeException.class, "index " + bad,
                    () -> operation.at(index).toFloatArray());
            expect.that(String.valueOf(thrown.getMessage()).contains("[" + name + "]"), "a message that names " + name,
                    thrown.getMessage());
            expect.quiet("the next computation", () -> Tensor.of(1).add(1.0).item());
        }
    }
}
