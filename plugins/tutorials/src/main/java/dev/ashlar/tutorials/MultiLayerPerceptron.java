// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.tutorials;

import dev.ashlar.Ashlar;
import dev.ashlar.Device;
import dev.ashlar.Generator;
import dev.ashlar.Tensor;
import dev.ashlar.autograd.Autograd;
import dev.ashlar.charts.Plot;
import dev.ashlar.charts.Regions;
import dev.ashlar.data.Batch;
import dev.ashlar.data.DataLoader;
import dev.ashlar.data.Dataset;
import dev.ashlar.nn.ConcreteModule;
import dev.ashlar.nn.Layer;
import dev.ashlar.nn.Linear;
import dev.ashlar.nn.Loss;
import dev.ashlar.nn.MSELoss;
import dev.ashlar.nn.ReLU;
import dev.ashlar.nn.Sequential;
import dev.ashlar.nn.Sigmoid;
import dev.ashlar.optim.Adam;
import dev.ashlar.optim.AdamW;
import dev.ashlar.optim.Optimizer;
import java.util.List;

/**
 * Non-linear regression with a multi-layer perceptron, a data set of its own and a loader; and XOR.
 *
 * <p>The data are the page's, which seeds numpy. It does not seed PyTorch; with {@code torch.manual_seed(42)} before the model PyTorch
 * draws the weights and the orders of rows that are drawn here.
 */
final class MultiLayerPerceptron implements Tutorial {
    private static final int SEED = 42;
    private static final int N = 100;

    @Override
    public String name() {
        return "mlp";
    }

    @Override
    public String summary() {
        return "Non-linear regression with a multi-layer perceptron, Dataset and DataLoader; and XOR";
    }

    /** True data function. */
    private static double ftrue(double x) {
        return Math.pow(x, 3) - Math.pow(x, 2) + 25 * Math.sin(2 * x);
    }

    /** Multi-layer perceptron for non-linear regression. */
    private static final class Mlp extends ConcreteModule<Mlp> implements Layer {
        private final Sequential sequence = register("sequence", new Sequential());

        /** @param layout the number of nodes of each layer: input, hidden ones, output */
        Mlp(int... layout) {
            int last = layout.length - 1;
            // add input layer
            sequence.add("input", new Linear(layout[0], layout[1]));
            sequence.add("activation_input", new ReLU());
            // set hidden layers
            for (int e = 0; e < last - 2; e++) {
                sequence.add("hidden_" + e, new Linear(layout[e + 1], layout[e + 2]));
                sequence.add("activation_" + e, new ReLU());
            }
            // set output layer
            sequence.add("output", new Linear(layout[last - 1], layout[last]));
        }

        @Override
        public Tensor forward(Tensor x) {
            return sequence.forward(x);
        }
    }

    /** A data set of one's own: pairs of input and output. */
    private record Data(Tensor x, Tensor y) implements Dataset {
        @Override
        public long size() {
            return x.size(0);
        }

        @Override
        public List<Tensor> get(long index) {
            return List.of(x.select(0, index), y.select(0, index));
        }
    }

    @Override
    public void run(TutorialContext context) {
        Device device = context.device();

        context.section("Generate mock data");
        Generator numpy = Generator.numpy(42);
        double[] xtrue = new double[1000];
        double[] ytrue = new double[xtrue.length];
        for (int i = 0; i < xtrue.length; i++) {
            xtrue[i] = -5 + 0.01 * i;
            ytrue[i] = ftrue(xtrue[i]);
        }
        double[] x = numpy.fillUniform(new double[N], -5, 5);
        double[] y = numpy.fillNormal(new double[N], 0, 10);
        for (int i = 0; i < N; i++) {
            y[i] += ftrue(x[i]);
        }
        context.draw("mlp-data", plot("Mock data", xtrue, ytrue, x, y));

        context.section("MLP");
        Ashlar.seed(Generator.pytorch(SEED));
        // number of nodes per layer (input, ..., output)
        Mlp model = new Mlp(1, 10, 10, 10, 1).to(device);
        context.print(model);
        model.parameters().forEach(parameter -> context.print(parameter.tensor()));

        context.section("Preparing our training data");
        Data d = new Data(Tensor.of(floats(x)).to(device), Tensor.of(floats(y)).to(device));
        DataLoader traindata = new DataLoader(d).batchSize(25).shuffle(true);
        int number = 0;
        double firstX = 0;
        for (Batch batch : traindata) {
            context.print(number + " x: " + batch.get(0) + "\n y: " + batch.get(1));
            firstX = number == 0 ? batch.get(0).get(0).item() : firstX;
            number++;
        }

        context.section("Training the model");
        int epochs = context.quick() ? 500 : 50_000;
        int every = epochs / 20;
        Loss lossFunction = new MSELoss();
        Optimizer optimizer = new Adam(model.parameters(), 1e-4);
        double[] logs = new double[epochs]; // keep track
        for (int epoch = 0; epoch < epochs; epoch++) {
            // Iterate over the batches from the DataLoader
            for (Batch batch : traindata) {
                // reset/zero the gradients
                optimizer.zeroGrad();
                // Perform forward pass
                Tensor ypred = model.forward(batch.get(0).unsqueeze(1)).squeeze();
                // Compute loss
                Tensor loss = lossFunction.forward(ypred, batch.get(1));
                // Perform backward pass
                loss.backward();
                // Perform optimization
                optimizer.step();
                logs[epoch] += loss.item();
            }
            // display some progress ;)
            if ((epoch + 1) % every == 0) {
                context.printf("Loss after epoch %5d: %.4g", epoch + 1, logs[epoch]);
            }
        }
        context.print("Training finished.");
        context.draw("mlp-loss", Plot.ofLosses("Adam with a rate of 0.0001", "sum of the four batches' losses", logs));

        // let's check our predictions
        double[] ypred;
        try (var _ = Autograd.noGrad()) {
            ypred = model.forward(d.x().unsqueeze(1)).squeeze().toDoubleArray();
        }
        context.draw("mlp-predictions", plot("Predictions after " + epochs + " epochs", xtrue, ytrue, x, y).dots("predicted", x, ypred));

        double xorLoss = xor(context);

        context.figures();
        context.figure("first x of the data", x[0], "-1.2546");
        context.figure("first y of the data", y[0], "-17.4553");
        context.figure("first x of the first batch", firstX, "0.4671 (another order)");
        context.figure("loss after the first epoch", logs[0], "");
        context.figure("loss after the last epoch", logs[epochs - 1], "362 after 50000");
        context.figure("loss of XOR", xorLoss, "0.1647 (a local minimum)");
    }

    /** Two hidden nodes learn what a line cannot. */
    private static final class Xor extends ConcreteModule<Xor> implements Layer {
        private final Linear linear = register("linear", new Linear(2, 2));
        private final Sigmoid activation = register("activation", new Sigmoid());
        private final Linear linear2 = register("linear2", new Linear(2, 1));

        @Override
        public Tensor forward(Tensor input) {
            Tensor x = linear.forward(input);
            Tensor sig = activation.forward(x);
            return linear2.forward(sig);
        }
    }

    private static double xor(TutorialContext context) {
        Device device = context.device();
        context.section("Exercise: the XOR problem");
        // create data
        Tensor x = Tensor.of(new float[][] {{0, 0}, {0, 1}, {1, 0}, {1, 1}}).to(device);
        Tensor y = Tensor.of(0, 1, 1, 0).reshape(x.size(0), 1).to(device);

        // Of twelve seeds that were tried nine solve it; the others stay in a local minimum, as the page's own run does.
        Ashlar.seed(Generator.pytorch(SEED));
        Xor xorNetwork = new Xor().to(device);
        int epochs = 1000;
        Loss mseloss = new MSELoss();
        Optimizer optimizer = new AdamW(xorNetwork.parameters(), 0.03);
        double[] logs = new double[epochs];
        for (int epoch = 0; epoch < epochs; epoch++) {
            Tensor yhat = xorNetwork.forward(x);
            Tensor loss = mseloss.forward(yhat, y);
            loss.backward();
            optimizer.step();
            optimizer.zeroGrad();
            logs[epoch] = loss.item();
            if ((epoch + 1) % 250 == 0) {
                context.printf("Loss after epoch %5d: %.4g", epoch + 1, logs[epoch]);
            }
        }
        context.draw("xor-loss", Plot.ofLosses("XOR", "mean squared error", logs));

        try (var _ = Autograd.noGrad()) {
            context.print(xorNetwork.forward(x));
            Tensor places = Tensor.of(Regions.places(-0.1, 1.1, -0.1, 1.1, 200, 200), 200 * 200, 2).to(device);
            double[] rounded = xorNetwork.forward(places).squeeze().clamp(0, 1).round().toDoubleArray();
            context.draw("xor-map", new Plot("XOR, rounded to 0 or 1", "x1", "x2", 640, 560)
                    .regions(new Regions(-0.1, 1.1, -0.1, 1.1, 200, rounded))
                    .color(0).dots("0", new double[] {0, 1}, new double[] {0, 1})
                    .color(1).dots("1", new double[] {0, 1}, new double[] {1, 0}).dotSize(16).legendOutside());
        }
        return logs[epochs - 1];
    }

    private static Plot plot(String title, double[] xtrue, double[] ytrue, double[] x, double[] y) {
        return new Plot(title, "x", "y").color(5).line("truth", xtrue, ytrue).color(0).dots("data", x, y);
    }

    private static float[] floats(double[] values) {
        float[] narrow = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            narrow[i] = (float) values[i];
        }
        return narrow;
    }
}
