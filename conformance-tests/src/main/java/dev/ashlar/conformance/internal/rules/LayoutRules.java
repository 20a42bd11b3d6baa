// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.rules;

import dev.ashlar.Ashlar;
import dev.ashlar.Tensor;
import dev.ashlar.conformance.Profile;
import dev.ashlar.conformance.internal.ops.Input;
import dev.ashlar.conformance.internal.ops.Operation;
import dev.ashlar.conformance.internal.ops.Operations;
import dev.ashlar.conformance.internal.ops.Values;
import dev.ashlar.conformance.internal.suite.Batch;
import dev.ashlar.conformance.internal.suite.Expect;
import dev.ashlar.conformance.internal.suite.RuleBook;
import dev.ashlar.conformance.internal.suite.Session;
import dev.ashlar.type.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** LAY-01 and LAY-02: operations on tensors that do not lie row by row. */
final class LayoutRules {
    private LayoutRules() {}

    /** The operands of one operation: where they lie and what they hold. */
    private record Placed(List<TensorLayout> layouts, Values[] values) {}

    static void add(RuleBook book) {
        Batch batch = new Batch();
        for (Operation operation : Operations.all()) {
            DType type = operation.types().contains(DType.FLOAT32) ? DType.FLOAT32 : DType.INT32;
            String label = operation.name() + "(" + type + ",layouts)";
            String key = "LAY-01 " + label;
            batch.add(key, session -> {
                Placed placed = place(session, operation, type);
                Tensor[] operands = new Tensor[placed.values.length];
                for (int i = 0; i < operands.length; i++) {
                    DType own = operation.sample().get(i).type(type);
                    operands[i] = placed.layouts.get(i).place(session.tensors(), placed.values[i], own);
                }
                return List.of(operation.call().apply(operands));
            });
            book.action("LAY-01", Profile.CORE, label, session -> {
                Placed placed = place(session, operation, type);
                Values expected = operation.reference().apply(placed.values);
                batch.results(session, key).getFirst().expect(key, expected, operation.units(), operation.scale(),
                        placed.layouts + " " + Cases.say(placed.values));
                session.compared(expected.data().length);
            });
        }
        for (TensorLayout layout : TensorLayout.values()) {
            book.action("LAY-02", Profile.CORE, "exp(float32," + layout + ")", session -> reaches(session, layout, Tensor::exp));
            book.action("LAY-02", Profile.CORE, "sum(float32," + layout + ")", session -> reaches(session, layout, x -> x.sum(1)));
            book.action("LAY-02", Profile.CORE, "matmul(float32," + layout + ")",
                    session -> reaches(session, layout, x -> x.matmul(Tensor.of(new float[14], 7, 2))));
        }
    }

    /** Draws layouts and values; the same at every call. */
    private static Placed place(Session session, Operation operation, DType type) {
        Random random = session.random("layouts of " + operation.name());
        List<TensorLayout> layouts = new ArrayList<>();
        Values[] values = Cases.draw(operation.sample(), type, random);
        for (int i = 0; i < values.length; i++) {
            Input input = operation.sample().get(i);
            TensorLayout layout = TensorLayout.values()[random.nextInt(TensorLayout.values().length)];
            // Repeating would make distinct values equal, and indices that must differ.
            boolean unique = input.kind() == Input.Kind.DISTINCT || input.kind() == Input.Kind.PERMUTATION;
            layouts.add(unique && layout == TensorLayout.EXPANDED ? TensorLayout.FLIPPED : layout);
            values[i] = layouts.get(i).values(values[i]);
        }
        return new Placed(layouts, values);
    }

    /** Without this the core could lay everything out row by row before a kernel sees it, and LAY-01 would test nothing. */
    private static void reaches(Session session, TensorLayout layout, Function<Tensor, Tensor> operation) throws Exception {
        session.tensors().run(device -> {
            Values values = layout.values(Input.of(5, 7).draw(DType.FLOAT32, session.random("layout " + layout)));
            Tensor x = layout.place(device, values, DType.FLOAT32);
            AtomicBoolean reached = new AtomicBoolean();
            List<String> seen = new ArrayList<>();
            try (var _ = Ashlar.trace((name, code, _, args) -> {
                if (name.equals(device.device().name())) {
                    seen.add(code.kernel().getClass().getSimpleName());
                    for (int binding = 0; binding < args.strides().length; binding++) {
                        if (layout.reached(args, binding)) {
                            reached.set(true);
                        }
                    }
                }
            })) {
                operation.apply(x).realize();
            }
            new Expect("LAY-02 " + layout).that(reached.get(), "a launch that reads the tensor as it lies", "only others: " + seen);
        });
    }
}
