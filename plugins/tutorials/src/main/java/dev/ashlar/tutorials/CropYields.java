// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.tutorials;

import dev.ashlar.Ashlar;
import dev.ashlar.Device;
import dev.ashlar.Generator;
import dev.ashlar.Tensor;
import dev.ashlar.autograd.Autograd;
import dev.ashlar.charts.Plot;
import dev.ashlar.data.Batch;
import dev.ashlar.data.DataLoader;
import dev.ashlar.data.TensorDataset;
import dev.ashlar.nn.Linear;
import dev.ashlar.nn.Loss;
import dev.ashlar.nn.MSELoss;
import dev.ashlar.optim.Optimizer;
import dev.ashlar.optim.SGD;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Linear regression of crop yields, first by gradient descent written by hand, then with a layer, an optimizer and a loader.
 *
 * <p>The page draws its weights without a seed and prints them: from those four digits its figures follow, and so do ours.
 */
final class CropYields implements Tutorial {
    @Override
    public String name() {
        return "crops";
    }

    @Override
    public String summary() {
        return "Linear regression of crop yields: gradient descent by hand, then Linear, SGD and DataLoader";
    }

    /** The mean of the squared differences. */
    private static Tensor mse(Tensor t1, Tensor t2) {
        Tensor diff = t1.sub(t2);
        return diff.mul(diff).sum().div(diff.numel());
    }

    @Override
    public void run(TutorialContext context) {
        Device device = context.device();
        context.section("Training data");
        // Input (temp, rainfall, humidity)
        Tensor inputs = Tensor.of(new float[][] {{73, 67, 43}, {91, 88, 64}, {87, 134, 58}, {102, 43, 37}, {69, 96, 70}}).to(device);
        // Targets (apples, oranges)
        Tensor targets = Tensor.of(new float[][] {{56, 70}, {81, 101}, {119, 133}, {22, 37}, {103, 119}}).to(device);
        context.print(inputs);
        context.print(targets);

        context.section("Linear regression model from scratch");
        // Tensor.randn(2, 3) draws weights like these, which are the page's.
        Tensor w = Tensor.of(new float[][] {{-1.7968f, 0.4369f, -0.2000f}, {0.3546f, -0.3550f, -0.4271f}}).to(device).requiresGrad(true);
        Tensor b = Tensor.of(0.2482f, 0.2148f).to(device).requiresGrad(true);
        context.print(w);
        context.print(b);

        // Generate predictions
        Tensor preds = inputs.matmul(w.t()).add(b);
        context.print(preds);
        double firstPrediction = preds.get(0, 0).item();

        context.section("Loss function");
        Tensor loss = mse(preds, targets);
        context.print(loss);
        double firstLoss = loss.item();

        context.section("Gradients");
        loss.backward();
        context.print(w);
        context.print(w.grad());
        context.print(b.grad());
        double firstGradient = w.grad().get(0, 0).item();
        double biasGradient = b.grad().get(0).item();

        context.section("Adjust weights and biases using gradient descent");
        descend(w, b);
        context.print(w);
        context.print(b);
        double weightAfterOne = w.get(0, 0).item();
        loss = mse(inputs.matmul(w.t()).add(b), targets);
        context.print(loss);
        double lossAfterOne = loss.item();

        context.section("Train for multiple epochs");
        double[] losses = new double[100];
        for (int epoch = 0; epoch < losses.length; epoch++) {
            preds = inputs.matmul(w.t()).add(b);
            loss = mse(preds, targets);
            losses[epoch] = loss.item();
            loss.backward();
            descend(w, b);
        }
        preds = inputs.matmul(w.t()).add(b);
        loss = mse(preds, targets);
        context.print(loss);
        double lossAfterHundred = loss.item();
        context.print(preds);
        context.print(targets);
        double lastPrediction = preds.get(0, 0).item();
        context.draw("crops-by-hand", Plot.ofLosses("Gradient descent by hand", "mean squared error", losses));

        Built built = builtIn(context, inputs, targets);

        context.figures();
        context.figure("first prediction for apples", firstPrediction, "-110.2458");
        context.figure("loss at the start", firstLoss, "28446.8027");
        context.figure("first gradient of w", firstGradient, "-17068.8770");
        context.figure("first gradient of b", biasGradient, "-201.0826");
        context.figure("first weight after one step", weightAfterOne, "-1.6261");
        context.figure("loss after one step", lossAfterOne, "19416.9238");
        context.figure("loss after 101 steps", lossAfterHundred, "244.4488");
        context.figure("prediction after 101 steps", lastPrediction, "54.5130");
        context.figure("loss of the layer at the start", built.firstLoss, "12648.0908");
        context.figure("loss of the layer's last batch", built.lastBatch, "22.6331 (other order of rows)");
        context.figure("loss of the layer at the end", built.lastLoss, "33.8 (of the page's predictions)");
    }

    /** One step against the gradients, which are then reset. */
    private static void descend(Tensor w, Tensor b) {
        try (var _ = Autograd.noGrad()) {
            w.subAssign(w.grad().mul(1e-5));
            b.subAssign(b.grad().mul(1e-5));
        }
        w.grad().zero();
        b.grad().zero();
    }

    private record Built(double firstLoss, double lastBatch, double lastLoss) {}

    private static Built builtIn(TutorialContext context, Tensor fiveInputs, Tensor fiveTargets) {
        context.section("Linear regression using built-ins: dataset and loader");
        Tensor inputs = Tensor.cat(0, fiveInputs, fiveInputs, fiveInputs);
        Tensor targets = Tensor.cat(0, fiveTargets, fiveTargets, fiveTargets);
        TensorDataset trainDs = new TensorDataset(inputs, targets);
        context.print(inputs.narrow(0, 0, 3));
        context.print(targets.narrow(0, 0, 3));
        int batchSize = 5;
        Ashlar.seed(Generator.pytorch(42));
        DataLoader trainDl = new DataLoader(trainDs).batchSize(batchSize).shuffle(true);
        for (Batch batch : trainDl) {
            context.print(batch.get(0));
            context.print(batch.get(1));
        }

        context.section("nn.Linear");
        Linear model = new Linear(3, 2).to(context.device());
        // The page's draw instead of ours.
        model.loadStateDict(Map.of(
                "weight", Tensor.of(new float[][] {{-0.0284f, -0.3496f, -0.2244f}, {0.0446f, 0.0546f, -0.0436f}}),
                "bias", Tensor.of(0.0497f, -0.0395f)));
        context.print(model.weight());
        context.print(model.bias());
        model.parameters().forEach(parameter -> context.print(parameter.tensor()));
        context.print(model.forward(inputs));

        context.section("Loss function and optimizer");
        Loss lossFn = new MSELoss();
        double firstLoss = lossFn.forward(model.forward(inputs), targets).item();
        context.printf("loss %.4f", firstLoss);
        Optimizer opt = new SGD(model.parameters(), 1e-5);

        context.section("Train the model");
        int epochs = 100;
        double[] losses = new double[epochs];
        for (int epoch = 0; epoch < epochs; epoch++) {
            for (Batch batch : trainDl) {
                // 1. Generate predictions
                Tensor pred = model.forward(batch.get(0));
                // 2. Calculate loss
                Tensor loss = lossFn.forward(pred, batch.get(1));
                // 3. Compute gradients
                loss.backward();
                // 4. Update parameters using gradients
                opt.step();
                // 5. Reset the gradients to zero
                opt.zeroGrad();
                losses[epoch] = loss.item();
            }
            if ((epoch + 1) % 10 == 0) {
                context.printf("Epoch [%d/%d], Loss: %.4f", epoch + 1, epochs, losses[epoch]);
            }
        }
        Tensor preds = model.forward(inputs);
        context.print(preds);
        context.print(targets);
        double lastLoss = lossFn.forward(preds, targets).item();

        double[] measured = targets.narrow(0, 0, 5).flatten().toDoubleArray();
        double[] predicted = preds.detach().narrow(0, 0, 5).flatten().toDoubleArray();
        context.draw("crops-loss", Plot.ofLosses("Linear and SGD", "loss of each epoch's last batch", losses));
        context.draw("crops-predictions", new Plot("Yields of five regions", "harvested", "predicted")
                .dashed("perfect", new double[] {20, 140}, new double[] {20, 140})
                .dots("apples", every(measured, 0), every(predicted, 0)).dots("oranges", every(measured, 1), every(predicted, 1)));
        return new Built(firstLoss, losses[epochs - 1], lastLoss);
    }

    private static double[] every(double[] values, int offset) {
        return IntStream.range(0, values.length / 2).mapToDouble(i -> values[2 * i + offset]).toArray();
    }
}
