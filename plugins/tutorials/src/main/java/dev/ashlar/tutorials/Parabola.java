// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.tutorials;

import dev.ashlar.Ashlar;
import dev.ashlar.Device;
import dev.ashlar.Generator;
import dev.ashlar.Tensor;
import dev.ashlar.charts.Plot;
import dev.ashlar.nn.ConcreteModule;
import dev.ashlar.nn.Layer;
import dev.ashlar.nn.Linear;
import dev.ashlar.nn.Loss;
import dev.ashlar.nn.MSELoss;
import dev.ashlar.optim.Optimizer;
import dev.ashlar.optim.SGD;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A parabola with noise, and three networks: one that is too small for it, one that fits, and one that is far too large.
 *
 * <p>The page draws without a seed. With {@code torch.manual_seed(7)} PyTorch draws the numbers that are drawn here.
 */
final class Parabola implements Tutorial {
    private static final int SEED = 7;

    @Override
    public String name() {
        return "parabola";
    }

    @Override
    public String summary() {
        return "Simple regression with networks of three sizes: underfitting, the right fit, overfitting";
    }

    /** A network with one hidden node. */
    private static final class Ann extends ConcreteModule<Ann> implements Layer {
        // Input layer - 1 input feature (x is 1-dimensional), 1 output feature
        private final Linear input = register("input", new Linear(1, 1));
        // Output layer - 1 input feature, 1 output feature (regression, predicting a single value)
        private final Linear output = register("output", new Linear(1, 1));

        @Override
        public Tensor forward(Tensor x) {
            // Non-linear activation of what has passed through the input layer
            Tensor hidden = input.forward(x).relu();
            // No activation of the actual prediction
            return output.forward(hidden);
        }
    }

    /** Any number of hidden layers, named as on the page. */
    private static final class DeepAnn extends ConcreteModule<DeepAnn> implements Layer {
        private final List<Linear> hidden = new ArrayList<>();
        private final Linear output;

        DeepAnn(int... sizes) {
            hidden.add(register("input", new Linear(1, sizes[0])));
            for (int i = 1; i < sizes.length; i++) {
                hidden.add(register("hidden_" + i, new Linear(sizes[i - 1], sizes[i])));
            }
            output = register("output", new Linear(sizes[sizes.length - 1], 1));
        }

        @Override
        public Tensor forward(Tensor x) {
            Tensor value = x;
            for (Linear layer : hidden) {
                value = layer.forward(value).relu();
            }
            return output.forward(value);
        }
    }

    /** What a network predicts after its training, and the mean squared error of that. */
    private record Trained(Tensor predictions, double mse) {}

    private static Trained trainAndEvaluate(Layer model, Tensor x, Tensor y, double learningRate, int epochs) {
        Loss lossFun = new MSELoss();
        Optimizer optimizer = new SGD(model.parameters(), learningRate);
        for (int epoch = 0; epoch < epochs; epoch++) {
            // Forward pass
            Tensor pred = model.forward(x);
            // Calculate the loss
            Tensor loss = lossFun.forward(pred, y);
            // Backpropagation
            optimizer.zeroGrad();
            loss.backward();
            optimizer.step();
        }
        Tensor predictions = model.forward(x).detach();
        return new Trained(predictions, lossFun.forward(predictions, y).item());
    }

    @Override
    public void run(TutorialContext context) {
        Device device = context.device();
        Ashlar.seed(Generator.pytorch(SEED));

        context.section("How to create a regression dataset");
        // Number of data points
        int n = 100;
        // X-axis: n linearly spaced numbers between -5 and +5
        Tensor x = Tensor.linspace(-5, 5, n).reshape(n, -1).to(device);
        // Y-axis: current x squared with some random noise
        float[] noisy = x.flatten().toFloatArray();
        for (int i = 0; i < n; i++) {
            noisy[i] = noisy[i] * noisy[i] + (float) Tensor.randn(1).item();
        }
        Tensor y = Tensor.of(noisy).reshape(n, -1).to(device);
        context.print(x.narrow(0, 0, 5));
        context.print(y.narrow(0, 0, 5));
        double firstX = x.get(1, 0).item();
        context.draw("parabola-data", plot("The data", x, y));

        context.section("Create your first model");
        Ann ann = new Ann().to(device);
        context.print(ann);
        Trained small = trainAndEvaluate(ann, x, y, 0.01, 500);
        context.print(small.predictions().narrow(0, 0, 5));
        context.draw("parabola-underfit", fitted("Underfitting", x, y, small));

        context.section("How to find the right fit");
        Trained right = trainAndEvaluate(new DeepAnn(16, 16).to(device), x, y, 0.01, 500);
        context.draw("parabola-right-fit", fitted("The right fit", x, y, right));

        context.section("Common mistake: overfitting");
        DeepAnn overkill = new DeepAnn(64, 64, 512, 512, 64).to(device);
        context.print(overkill);
        Trained large = trainAndEvaluate(overkill, x, y, 0.01, context.quick() ? 50 : 1000);
        context.draw("parabola-overfit", fitted("Overfitting", x, y, large));

        context.figures();
        context.figure("second x", firstX, "-4.8990");
        context.figure("MSE of one hidden node", small.mse(), "(a picture: underfitting)");
        context.figure("MSE of the right fit", right.mse(), "2.5");
        context.figure("MSE of the network that is too large", large.mse(), "4.8");
    }

    private static Plot plot(String title, Tensor x, Tensor y) {
        return new Plot(title, "x", "y").color(5).dots("data", x.flatten().toDoubleArray(), y.flatten().toDoubleArray());
    }

    private static Plot fitted(String title, Tensor x, Tensor y, Trained trained) {
        return plot(String.format(Locale.ROOT, "%s; MSE = %.3f", title, trained.mse()), x, y)
                .color(1).line("predictions", x.flatten().toDoubleArray(), trained.predictions().flatten().toDoubleArray())
                .legendOutside();
    }
}
