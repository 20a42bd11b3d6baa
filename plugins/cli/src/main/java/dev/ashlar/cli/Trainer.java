// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.cli;

import dev.ashlar.Device;
import dev.ashlar.Generator;
import dev.ashlar.Tensor;
import dev.ashlar.autograd.Autograd;
import dev.ashlar.data.Batch;
import dev.ashlar.data.DataLoader;
import dev.ashlar.data.TensorDataset;
import dev.ashlar.datasets.FloatMatrix;
import dev.ashlar.datasets.Table;
import dev.ashlar.datasets.TablePreprocessor;
import dev.ashlar.datasets.Task;
import dev.ashlar.nn.CrossEntropyLoss;
import dev.ashlar.nn.Loss;
import dev.ashlar.nn.MSELoss;
import dev.ashlar.optim.Optimizer;
import dev.ashlar.type.AshlarException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The loop. Rows lie on the device, and the loader draws their order on the host, so that it is the same on every device. Losses stay
 * on the device too, and are read once per epoch.
 */
final class Trainer {
    /** Of so many steps the losses are kept one by one, to compare devices by. */
    private static final int FIRST_STEPS = 50;
    /** So many held-out rows go through the network at a time. */
    private static final int CHUNK = 8192;
    /** Whoever tried 100 need not be told to try 10. */
    private static final double HIGHEST_ADVISED_RATE = 0.01;

    /**
     * What is to be done.
     *
     * @param epochs how often all rows are seen
     * @param batch rows per step
     * @param lr learning rate of the first step
     * @param decays whether the learning rate falls to 0 in equal steps
     * @param seed of the order of rows
     */
    record Plan(int epochs, int batch, double lr, boolean decays, long seed) {}

    /**
     * What came of it.
     *
     * @param training mean loss of each epoch, while it trained
     * @param heldOut loss on the held-out rows after each epoch; empty if there are none
     * @param firstSteps losses of the first steps
     * @param seconds how long the loop took
     */
    record Losses(double[] training, double[] heldOut, double[] firstSteps, double seconds) {}

    private final TableModel model;
    private final Device device;
    private final Loss loss;
    private final Tensor inputs;
    private final Tensor targets;
    private final int rows;

    Trainer(TableModel model, Scaling scaling, Table training, Device device) {
        this.model = model;
        this.device = device;
        this.loss = scaling.raw().task() == Task.CLASSIFICATION ? new CrossEntropyLoss() : new MSELoss();
        this.inputs = inputs(scaling, training);
        this.targets = targets(scaling, training);
        this.rows = training.rowCount();
    }

    private Tensor inputs(Scaling scaling, Table table) {
        FloatMatrix matrix = scaling.raw().features(table);
        return Tensor.of(matrix.values(), matrix.rows(), matrix.columns()).to(device).realize();
    }

    private Tensor targets(Scaling scaling, Table table) {
        TablePreprocessor preprocessor = scaling.standardised();
        if (preprocessor.task() == Task.CLASSIFICATION) {
            return Tensor.of(preprocessor.classTargets(table)).to(device).realize();
        }
        FloatMatrix matrix = preprocessor.regressionTargets(table);
        return Tensor.of(matrix.values(), matrix.rows(), matrix.columns()).to(device).realize();
    }

    /**
     * Trains.
     *
     * @param heldOut rows to compute a loss of after each epoch; null for none
     * @throws AshlarException if the loss is not finite any more; the message names the epoch
     */
    Losses run(Plan plan, Optimizer optimizer, Scaling scaling, @Nullable Table heldOut, Progress progress) {
        Tensor heldOutInputs = heldOut == null ? null : inputs(scaling, heldOut);
        Tensor heldOutTargets = heldOut == null ? null : targets(scaling, heldOut);
        int batch = Math.min(plan.batch(), rows);
        long allSteps = Math.ceilDiv((long) rows, batch) * plan.epochs();
        double[] training = new double[plan.epochs()];
        double[] validation = new double[heldOut == null ? 0 : plan.epochs()];
        List<Tensor> firstLosses = new ArrayList<>();
        DataLoader loader = new DataLoader(new TensorDataset(inputs, targets))
                .batchSize(batch).shuffle(batch < rows).generator(new Generator(plan.seed()));
        Tensor sum = Tensor.scalar(0).to(device);
        long start = System.nanoTime();
        long steps = 0;
        for (int epoch = 0; epoch < plan.epochs(); epoch++) {
            sum.zero();
            for (Batch next : loader) {
                if (plan.decays()) {
                    double rate = plan.lr() * (1 - (double) steps / allSteps);
                    optimizer.groups().forEach(group -> group.lr(rate));
                }
                optimizer.zeroGrad();
                Tensor value = loss.forward(model.trained().forward(next.get(0)), next.get(1));
                value.backward();
                if (steps < FIRST_STEPS) {
                    firstLosses.add(value.detach().clone());
                }
                sum.addAssign(value.detach().mul(next.rows()));
                optimizer.step();
                steps++;
            }
            double[] means = read(sum, heldOutInputs, heldOutTargets);
            training[epoch] = means[0] / rows;
            if (heldOut != null) {
                validation[epoch] = means[1] / heldOut.rowCount();
            }
            requireFinite(training[epoch], epoch, plan);
            progress.epoch(epoch + 1, training[epoch], heldOut == null ? Double.NaN : validation[epoch], (long) (epoch + 1) * rows,
                    seconds(start));
        }
        double[] first = firstLosses.stream().mapToDouble(Tensor::item).toArray();
        return new Losses(training, validation, first, seconds(start));
    }

    /** Returns the sums of losses over training and held-out rows, read together: waiting for a device is what costs. */
    private double[] read(Tensor sum, @Nullable Tensor x, @Nullable Tensor y) {
        if (x == null || y == null) {
            return new double[] {sum.item()};
        }
        try (var _ = Autograd.noGrad()) {
            Tensor total = null;
            long count = x.size(0);
            for (long from = 0; from < count; from += CHUNK) {
                long length = Math.min(CHUNK, count - from);
                Tensor value = loss.forward(model.trained().forward(x.narrow(0, from, length)), y.narrow(0, from, length)).mul(length);
                total = total == null ? value : total.add(value);
            }
            return Tensor.stack(0, sum, Objects.requireNonNull(total)).toDoubleArray();
        }
    }

    private static void requireFinite(double value, int epoch, Plan plan) {
        if (!Double.isFinite(value)) {
            throw new AshlarException(String.format(Locale.ROOT,
                    "[train] expected a finite loss, got %s in epoch %d; the training diverged, try a smaller learning rate, for example"
                            + " --lr %.1g", Double.isNaN(value) ? "NaN" : "infinity", epoch + 1,
                    Math.min(plan.lr() / 10, HIGHEST_ADVISED_RATE)));
        }
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) * 1e-9;
    }
}
