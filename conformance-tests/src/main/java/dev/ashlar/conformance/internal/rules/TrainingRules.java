// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.rules;

import dev.ashlar.Ashlar;
import dev.ashlar.Tensor;
import dev.ashlar.conformance.Profile;
import dev.ashlar.conformance.internal.ops.Input;
import dev.ashlar.conformance.internal.ops.PlainNetwork;
import dev.ashlar.conformance.internal.ops.PlainNetwork.Loss;
import dev.ashlar.conformance.internal.ops.PlainNetwork.Method;
import dev.ashlar.conformance.internal.ops.Values;
import dev.ashlar.conformance.internal.suite.Expect;
import dev.ashlar.conformance.internal.suite.RuleBook;
import dev.ashlar.conformance.internal.suite.RuleFailure;
import dev.ashlar.conformance.internal.suite.Session;
import dev.ashlar.nn.Parameter;
import dev.ashlar.optim.Adam;
import dev.ashlar.optim.AdamW;
import dev.ashlar.optim.Optimizer;
import dev.ashlar.optim.Rprop;
import dev.ashlar.optim.SGD;
import dev.ashlar.type.DType;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** TRN-01 to TRN-06: whole small trainings, compared step by step with the same training written out in double. */
final class TrainingRules {
    /** Seed of data and initial weights; fixed, so that the losses that are asked for can be reached. */
    private static final long SEED = 7;

    private TrainingRules() {}

    /**
     * A training on all samples at once.
     *
     * @param steps how many
     * @param rate of learning
     * @param relative how far each loss may be off, relative to the largest: float32 errors grow with the steps
     * @param reached below which the last loss must be
     */
    private record Training(
            int inputs, int hidden, int outputs, Values x, Values target, Loss loss, Method method, int steps, double rate, double relative,
            double reached) {}

    static void add(RuleBook book) {
        Training regression = regression(Method.ADAM, 60, 0.02, 1e-4, 0.12);
        follow(book, "TRN-01", "regression(float32,Adam)", regression);
        follow(book, "TRN-02", "xor(float32,AdamW)", xor());
        follow(book, "TRN-03", "classes(float32,SGD momentum)", classes());
        follow(book, "TRN-04", "regression(float32,Rprop)", regression(Method.RPROP, 25, 0.01, 1e-3, 0.1));
        book.action("TRN-05", Profile.TRAINING, "regression(float32,twice)", session -> session.tensors().run(_ ->
                new Expect("TRN-05").same(train(session, regression, 10), train(session, regression, 10),
                        "the same loss in every step, but")));
        book.action("TRN-06", Profile.TRAINING, "regression(float32,eager)", session -> session.tensors().run(_ -> {
            float[] fused = train(session, regression, 5);
            try (var _ = Ashlar.eager()) {
                new Expect("TRN-06").same(train(session, regression, 5), fused, "the loss of one operation at a time,");
            }
        }));
    }

    // ---- data -------------------------------------------------------------------------------------------------------------------

    private static Training regression(Method method, int steps, double rate, double relative, double reached) {
        Values x = Input.between(-1, 1, 32, 2).draw(DType.FLOAT32, new Random(SEED));
        Values target = Values.fill(new int[] {32, 1}, at -> (float) (StrictMath.sin(3 * x.at(at[0], 0)) * x.at(at[0], 1)));
        return new Training(2, 12, 1, x, target, Loss.SQUARES, method, steps, rate, relative, reached);
    }

    private static Training xor() {
        Values x = new Values(new double[] {0, 0, 0, 1, 1, 0, 1, 1}, 4, 2);
        return new Training(2, 8, 1, x, new Values(new double[] {0, 1, 1, 0}, 4, 1), Loss.BINARY, Method.ADAMW, 80, 0.1, 1e-4, 0.05);
    }

    private static Training classes() {
        Random random = new Random(SEED);
        Values target = Values.fill(new int[] {30}, at -> at[0] % 3);
        Values x = Values.fill(new int[] {30, 2}, at ->
                (float) (2 * StrictMath.cos(2.1 * (at[0] % 3) + 1.57 * at[1]) + 0.6 * (random.nextDouble() - 0.5)));
        return new Training(2, 6, 3, x, target, Loss.CLASSES, Method.MOMENTUM, 40, 0.1, 1e-4, 0.1);
    }

    private static List<Values> weights(Training training) {
        Random random = new Random(SEED + 1);
        return List.of(
                Input.between(-1, 1, training.hidden, training.inputs).draw(DType.FLOAT32, random),
                Input.between(-1, 1, training.hidden).draw(DType.FLOAT32, random),
                Input.between(-0.5, 0.5, training.outputs, training.hidden).draw(DType.FLOAT32, random),
                Input.between(-0.5, 0.5, training.outputs).draw(DType.FLOAT32, random));
    }

    // ---- training ---------------------------------------------------------------------------------------------------------------

    private static Optimizer optimizer(Training training, List<Parameter> parameters) {
        return switch (training.method) {
            case ADAM -> new Adam(parameters, training.rate);
            case ADAMW -> new AdamW(parameters, training.rate);
            case MOMENTUM -> new SGD(parameters, training.rate).momentum(0.9);
            case RPROP -> new Rprop(parameters, training.rate);
        };
    }

    private static Tensor loss(Training training, Tensor output, Tensor target) {
        return switch (training.loss) {
            case SQUARES -> output.mseLoss(target);
            case BINARY -> output.binaryCrossEntropyWithLogits(target);
            case CLASSES -> output.crossEntropy(target);
        };
    }

    /** Returns the losses before each step. */
    private static float[] train(Session session, Training training, int steps) {
        Tensor[] leaves = weights(training).stream()
                .map(values -> session.tensors().upload(values, DType.FLOAT32).requiresGrad(true)).toArray(Tensor[]::new);
        Tensor x = session.tensors().upload(training.x, DType.FLOAT32);
        Tensor target = session.tensors().upload(training.target, training.loss == Loss.CLASSES ? DType.INT64 : DType.FLOAT32);
        Optimizer optimizer = optimizer(training, Parameter.listOf(leaves));
        Tensor[] losses = new Tensor[steps];
        for (int step = 0; step < steps; step++) {
            optimizer.zeroGrad();
            Tensor output = x.linear(leaves[0], leaves[1]).tanh().linear(leaves[2], leaves[3]);
            Tensor loss = loss(training, output, target);
            loss.backward();
            optimizer.step();
            losses[step] = loss.detach();
        }
        float[] values = new float[steps];
        for (int step = 0; step < steps; step++) {
            values[step] = (float) losses[step].item();
        }
        return values;
    }

    private static void follow(RuleBook book, String rule, String label, Training training) {
        book.action(rule, Profile.TRAINING, label, session -> session.tensors().run(_ -> {
            float[] losses = train(session, training, training.steps);
            PlainNetwork plain = new PlainNetwork(training.inputs, training.hidden, training.outputs, weights(training));
            double[] expected = new double[training.steps];
            Arrays.setAll(expected, _ -> plain.step(training.x, training.target, training.loss, training.method, training.rate));
            double largest = Arrays.stream(expected).max().orElseThrow();
            for (int step = 0; step < losses.length; step++) {
                if (!(Math.abs(losses[step] - expected[step]) <= training.relative * largest)) {
                    throw new RuleFailure("[" + rule + " " + label + "] expected a loss of " + expected[step] + " before step " + (step + 1)
                            + ", got " + losses[step]);
                }
            }
            new Expect(rule + " " + label).that(losses[losses.length - 1] < training.reached, "a loss below " + training.reached + " after "
                    + training.steps + " steps", losses[losses.length - 1]);
            session.compared(losses.length);
        }));
    }
}
