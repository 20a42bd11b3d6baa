// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.rules;

import dev.ashlar.Tensor;
import dev.ashlar.autograd.Autograd;
import dev.ashlar.conformance.Profile;
import dev.ashlar.conformance.internal.suite.Expect;
import dev.ashlar.conformance.internal.suite.RuleBook;
import dev.ashlar.conformance.internal.suite.RuleTest;
import dev.ashlar.type.AshlarException;

/** AUTO-04 to AUTO-08: how gradients are collected. */
final class AutogradRules {
    private AutogradRules() {}

    static void add(RuleBook book) {
        book.action("AUTO-04", Profile.TRAINING, "leaf(accumulates)", on(AutogradRules::accumulates));
        book.action("AUTO-05", Profile.TRAINING, "leaf(detached)", on(AutogradRules::detaches));
        book.action("AUTO-06", Profile.TRAINING, "graph(second backward)", on(AutogradRules::refusesTheSecondTime));
        book.action("AUTO-07", Profile.TRAINING, "where(not taken)", on(AutogradRules::ignoresWhatIsNotTaken));
        book.action("AUTO-08", Profile.TRAINING, "leaf(assigned)", on(AutogradRules::keepsOldValues));
    }

    private static RuleTest.Action on(Runnable code) {
        return session -> session.tensors().run(_ -> code.run());
    }

    private static Tensor leaf(float... values) {
        return Tensor.of(values).requiresGrad(true);
    }

    private static void accumulates() {
        Expect expect = new Expect("AUTO-04");
        Tensor x = leaf(1, 2, 3);
        x.square().sum().backward();
        expect.same(new float[] {2, 4, 6}, x.grad().toFloatArray(), "the first gradient,");
        x.mul(0.5).sum().backward();
        expect.same(new float[] {2.5f, 4.5f, 6.5f}, x.grad().toFloatArray(), "the sum of both gradients,");
        x.setGrad(null);
        // Both uses of one leaf count.
        x.mul(x).add(x).sum().backward();
        expect.same(new float[] {3, 5, 7}, x.grad().toFloatArray(), "the gradient after a reset,");
    }

    private static void detaches() {
        Expect expect = new Expect("AUTO-05");
        Tensor x = leaf(1, -2);
        x.mul(x.detach()).sum().backward();
        expect.same(new float[] {1, -2}, x.grad().toFloatArray(), "the gradient past a detached factor,");
        try (var _ = Autograd.noGrad()) {
            expect.that(!x.mul(2.0).requiresGrad(), "no gradient inside of noGrad", "one");
        }
        expect.that(!x.gt(0.0).requiresGrad(), "no gradient of comparisons", "one");
        Tensor y = leaf(1.5f, -2);
        y.floor().sum().backward();
        expect.same(new float[] {0, 0}, y.grad().toFloatArray(), "the gradient of rounding,");
        expect.thrown(AshlarException.class, "backward() of what depends on no leaf", () -> x.detach().sum().backward());
    }

    private static void refusesTheSecondTime() {
        Expect expect = new Expect("AUTO-06");
        Tensor x = leaf(1, 2);
        Tensor loss = x.exp().square().sum();
        loss.backward(null, true, false);
        float[] first = x.grad().toFloatArray();
        loss.backward();
        float[] both = x.grad().toFloatArray();
        expect.same(new float[] {2 * first[0], 2 * first[1]}, both, "twice the gradient of a graph that was kept,");
        expect.thrown(AshlarException.class, "backward() of a graph that was given up", loss::backward);
        expect.same(both, x.grad().toFloatArray(), "no change by the refused call,");
    }

    private static void ignoresWhatIsNotTaken() {
        Tensor x = leaf(-1, 0, 4);
        x.gt(0.0).where(x.sqrt(), 0.0).sum().backward();
        // The root has no gradient at -1 and 0, so a product with 0 would be NaN there.
        Tensor y = leaf(-1, 0, 4);
        y.gt(0.0).where(y, 0.0).sum().backward();
        Expect expect = new Expect("AUTO-07");
        expect.same(new float[] {0, 0, 1}, y.grad().toFloatArray(), "the gradient of what was taken,");
        expect.equal(0.25f, x.grad().toFloatArray()[2], "the gradient of the root that was taken,");
    }

    private static void keepsOldValues() {
        Expect expect = new Expect("AUTO-08");
        Tensor x = leaf(3, 5);
        Tensor w = leaf(2, 4);
        Tensor loss = x.mul(w).sum();
        try (var _ = Autograd.noGrad()) {
            w.assign(Tensor.of(100, 100));
        }
        loss.backward();
        expect.same(new float[] {2, 4}, x.grad().toFloatArray(), "the gradient with the value that the forward pass used,");
        expect.same(new float[] {100, 100}, w.toFloatArray(), "the assigned value,");
    }
}
