// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.tutorials;

import dev.ashlar.Ashlar;
import dev.ashlar.Device;
import dev.ashlar.Generator;
import dev.ashlar.Tensor;
import dev.ashlar.charts.Plot;
import dev.ashlar.data.Batch;
import dev.ashlar.data.DataLoader;
import dev.ashlar.data.TensorDataset;
import dev.ashlar.datasets.DoubleMatrix;
import dev.ashlar.datasets.LinearRegression;
import dev.ashlar.datasets.Synthetic;
import dev.ashlar.nn.BCEWithLogitsLoss;
import dev.ashlar.nn.ConcreteModule;
import dev.ashlar.nn.CrossEntropyLoss;
import dev.ashlar.nn.Layer;
import dev.ashlar.nn.LeakyReLU;
import dev.ashlar.nn.Linear;
import dev.ashlar.nn.Loss;
import dev.ashlar.nn.MSELoss;
import dev.ashlar.nn.ReLU;
import dev.ashlar.nn.SELU;
import dev.ashlar.nn.Sequential;
import dev.ashlar.nn.Sigmoid;
import dev.ashlar.nn.Softplus;
import dev.ashlar.nn.Summary;
import dev.ashlar.nn.Tanh;
import dev.ashlar.optim.Adam;
import dev.ashlar.optim.Optimizer;
import dev.ashlar.optim.SGD;
import dev.ashlar.type.DType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A lecture: tensors, gradients, linear regression, networks with activations for regression, and for two and more classes.
 *
 * <p>The page does not seed PyTorch. Where it prints the weights that it drew they are used here; the rest is drawn as PyTorch draws it
 * after {@code torch.manual_seed(137)} at the beginning of each part. The made-up data are the page's.
 */
final class Lecture implements Tutorial {
    private static final int SEED = 137;
    private static final int BATCH_SIZE = 50;
    private static final double[] Y_RANGE = {-25, 25};

    @Override
    public String name() {
        return "lecture";
    }

    @Override
    public String summary() {
        return "Introduction to PyTorch and neural networks, a lecture: tensors, gradients, regression, classification";
    }

    @Override
    public void run(TutorialContext context) {
        double gradient = tensors(context);
        double[] linear = simpleLinearRegression(context);
        double[] multiple = multipleLinearRegression(context);
        double[] curved = nonLinearRegression(context);
        activations(context);
        double[] binary = binaryClassification(context);
        double[] multi = multiclassClassification(context);

        context.figures();
        context.figure("w.grad of three points", gradient, "-9.3333");
        context.figure("closed form w0", linear[0], "-0.77");
        context.figure("closed form w1", linear[1], "45.50");
        context.figure("model(X_t[0]) before training", linear[2], "-0.0088");
        context.figure("y_t[0]", linear[3], "31.0760");
        context.figure("loss of epoch 30", linear[4], "93.2271");
        context.figure("trained w0", linear[5], "-0.78");
        context.figure("trained w1", linear[6], "45.48");
        context.figure("w0 after 20 epochs more", linear[7], "-0.76");
        context.figure("w1 after 20 epochs more", linear[8], "45.49");
        String[] closed = {"0.43", "0.62", "55.99", "11.14"};
        String[] trained = {"0.37", "0.59", "56.00", "11.19"};
        for (int i = 0; i < 4; i++) {
            context.figure("three features, closed form w" + i, multiple[i], closed[i]);
            context.figure("three features, trained w" + i, multiple[4 + i], trained[i]);
        }
        context.figure("parameters of the 1-3-1 net", curved[0], "10");
        context.figure("loss of the 1-3-1 net", curved[1], "(a picture)");
        context.figure("loss of the 1-5-3-1 net", curved[2], "(a picture)");
        context.figure("loss of the 1-10-10-1 net", curved[3], "(a picture)");
        context.figure("circles: loss of epoch 20", binary[0], "0.0352");
        context.figure("circles: logit at (0, 0)", binary[1], "14.7807");
        context.figure("circles: logit at (-1, -1)", binary[2], "-12.2642");
        context.figure("blobs: loss of epoch 10", multi[0], "0.0015");
        context.figure("blobs: class at (-1, -1)", multi[1], "1");
        context.figure("blobs: class at (0, 0)", multi[2], "2");
    }

    // ---- tensors ----------------------------------------------------------------------------------------------------------------

    private static double tensors(TutorialContext context) {
        Device device = context.device();
        Ashlar.seed(Generator.pytorch(SEED));
        context.section("Tensors");
        Tensor first = Tensor.of(1, 2, 3);
        Tensor second = Tensor.of(new int[] {1, 2, 3}).to(DType.INT64);
        for (Tensor each : List.of(first, second)) {
            context.print(each + ", dtype: " + each.dtype());
        }
        context.print(Tensor.zeros(2, 2));
        context.print(Tensor.ones(2, 2));
        context.print(Tensor.randn(3, 2));
        context.print(Tensor.rand(2, 3, 2));
        Tensor x4 = Tensor.rand(2, 3, 2, 2);
        context.print(x4.shape());
        context.print(x4.dim());
        context.print(Tensor.of(new double[] {3.14159}).dtype());

        context.section("Operations on tensors");
        Tensor a = Tensor.rand(1, 3).to(device);
        Tensor b = Tensor.rand(3, 1).to(device);
        context.print(a);
        context.print(b);
        context.print(a.add(b));    // broadcasting between a 1 x 3 and 3 x 1 tensor
        context.print(a.mul(b));    // element-wise multiplication
        context.print(a.matmul(b)); // matrix multiplication
        context.print(a.mean());
        context.print(a.sum());

        context.section("Indexing");
        Tensor table = Tensor.rand(5, 2);
        context.print(table);
        context.print(table.get(0));
        context.print(table.select(1, 0));

        context.section("Arrays");
        context.print(Arrays.toString(Tensor.rand(3, 3).toFloatArray()));

        context.section("Devices");
        Device.all().forEach(context::print);
        Tensor there = Tensor.rand(2, 2, 2).to(device);
        context.print(there.device());
        context.print(there.to(Device.of("java")));

        context.section("Gradient computation");
        Tensor x = Tensor.of(1, 2, 3).to(device);
        Tensor w = Tensor.of(1).to(device).requiresGrad(true); // Random initial weight
        Tensor y = Tensor.of(2, 4, 6).to(device);              // Target values
        Tensor mse = x.mul(w).sub(y).square().mean();
        mse.backward();
        context.print(w.grad());
        context.print(x.matmul(x.mul(w).sub(y)).mul(2.0 / 3));
        return w.grad().item();
    }

    // ---- linear regression ------------------------------------------------------------------------------------------------------

    /** A simple linear layer: wX + b. */
    private static final class LinearModel extends ConcreteModule<LinearModel> implements Layer {
        private final Linear linear;

        LinearModel(int inputSize, int outputSize) {
            linear = register("linear", new Linear(inputSize, outputSize));
        }

        @Override
        public Tensor forward(Tensor x) {
            return linear.forward(x);
        }
    }

    /** Simple training wrapper; returns the mean loss of each epoch. */
    private static double[] trainer(TutorialContext context, Layer model, Loss criterion, Optimizer optimizer, DataLoader loader,
            int epochs, boolean verbose) {
        double[] losses = new double[epochs];
        for (int epoch = 0; epoch < epochs; epoch++) {
            for (Batch batch : loader) {
                optimizer.zeroGrad();                                  // Clear gradients w.r.t. parameters
                Tensor yHat = model.forward(batch.get(0)).flatten();   // Forward pass to get output
                Tensor loss = criterion.forward(yHat, batch.get(1));   // Calculate loss
                loss.backward();                                       // Getting gradients w.r.t. parameters
                optimizer.step();                                      // Update parameters
                losses[epoch] += loss.item() / loader.size();
            }
            if (verbose) {
                context.printf("epoch: %d, loss: %.4f", epoch + 1, losses[epoch]);
            }
        }
        return losses;
    }

    private static double[] simpleLinearRegression(TutorialContext context) {
        Device device = context.device();
        Ashlar.seed(Generator.pytorch(SEED));
        context.section("Simple linear regression");
        Synthetic.Regression data = Synthetic.makeRegression().nSamples(500).nFeatures(1).randomState(0).noise(10).make();
        double[] x = data.x().column(0);
        double[] y = data.y().column(0);
        context.draw("lecture-regression-data", LecturePictures.regression("500 observations", x, y));
        LinearRegression closed = new LinearRegression().fit(data.x(), data.y());
        context.draw("lecture-closed-form", LecturePictures.regression("In closed form", x, y).line("closed form", LecturePictures.ends(x),
                closed.predict(DoubleMatrix.column(LecturePictures.ends(x))).column(0)));
        double w0 = closed.intercept()[0];
        double w1 = closed.coefficients().get(0, 0);
        context.printf("w_0: %.2f (bias/intercept)", w0);
        context.printf("w_1: %.2f", w1);

        context.section("Linear regression with a neural network");
        LinearModel model = new LinearModel(1, 1).to(device);
        context.print(model);
        context.print(Summary.of(model));
        // The page's draw.
        model.loadStateDict(Map.of("linear.weight", Tensor.of(new float[][] {{-0.5992f}}), "linear.bias", Tensor.of(0.3629f)));
        context.print(model.stateDict());
        Tensor xT = data.x().toTensor().to(DType.FLOAT32).to(device);
        Tensor yT = Tensor.of(y).to(DType.FLOAT32).to(device);
        context.print(xT.shape());
        double raw = model.forward(xT.get(0)).item();
        context.printf("a raw prediction %.4f, far from the actual value %.4f", raw, yT.get(0).item());

        double learningRate = 0.02;
        Loss criterion = new MSELoss();                                        // loss function
        Optimizer optimizer = new SGD(model.parameters(), learningRate);       // optimization algorithm is SGD
        DataLoader loader = new DataLoader(new TensorDataset(xT, yT)).batchSize(BATCH_SIZE).shuffle(true);
        context.printf("%d batches", loader.size());
        Batch batch = loader.iterator().next();
        context.print("Shape of feature data (X) in batch: " + batch.get(0).shape());
        context.print("Shape of response data (y) in batch: " + batch.get(1).shape());
        double[] losses = trainer(context, model, criterion, optimizer, loader, 30, true);
        double bias = model.linear.parameters().get(1).tensor().item();
        double weight = model.linear.weight().item();
        context.print(model.stateDict());
        context.draw("lecture-linear", LecturePictures.fit("A linear layer after 30 epochs", x, y, model, device, null));
        context.draw("lecture-linear-loss", Plot.ofLosses("SGD with a rate of 0.02", "mean squared error", losses));
        context.print("The trainer continues where it left off:");
        trainer(context, model, criterion, optimizer, loader, 20, true);
        return new double[] {w0, w1, raw, yT.get(0).item(), losses[29], bias, weight,
            model.linear.parameters().get(1).tensor().item(), model.linear.weight().item()};
    }

    private static double[] multipleLinearRegression(TutorialContext context) {
        Device device = context.device();
        Ashlar.seed(Generator.pytorch(SEED));
        context.section("Multiple linear regression with a neural network");
        Synthetic.Regression data = Synthetic.makeRegression().nSamples(500).nFeatures(3).randomState(0).noise(10).make();
        Tensor xT = data.x().toTensor().to(DType.FLOAT32).to(device);
        Tensor yT = Tensor.of(data.y().column(0)).to(DType.FLOAT32).to(device);
        DataLoader loader = new DataLoader(new TensorDataset(xT, yT)).batchSize(BATCH_SIZE).shuffle(true);
        context.print(xT.shape());
        LinearModel model = new LinearModel(3, 1).to(device);
        context.print(Summary.of(model, 3));
        // The page's draw.
        model.loadStateDict(Map.of("linear.weight", Tensor.of(new float[][] {{0.4625f, 0.0971f, -0.5414f}}), "linear.bias",
                Tensor.of(-0.1841f)));
        trainer(context, model, new MSELoss(), new SGD(model.parameters(), 0.05), loader, 100, false);
        LinearRegression closed = new LinearRegression().fit(data.x(), data.y());
        double[] weights = model.linear.weight().flatten().toDoubleArray();
        double bias = model.linear.parameters().get(1).tensor().item();
        double[] coefficients = closed.coefficients().values();
        context.printf("%-12s %7s %7s %7s %7s", "", "w0", "w1", "w2", "w3");
        context.printf("%-12s %7.2f %7.2f %7.2f %7.2f", "closed form", closed.intercept()[0], coefficients[0], coefficients[1],
                coefficients[2]);
        context.printf("%-12s %7.2f %7.2f %7.2f %7.2f", "trained", bias, weights[0], weights[1], weights[2]);
        return new double[] {closed.intercept()[0], coefficients[0], coefficients[1], coefficients[2], bias, weights[0], weights[1],
            weights[2]};
    }

    // ---- networks for regression ------------------------------------------------------------------------------------------------

    /** One hidden layer with a sigmoid. */
    private static final class NonlinRegression extends ConcreteModule<NonlinRegression> implements Layer {
        private final Sequential main;

        NonlinRegression(int inputSize, int hiddenSize, int outputSize) {
            main = register("main", new Sequential(
                    new Linear(inputSize, hiddenSize),    // input -> hidden layer
                    new Sigmoid(),                        // sigmoid activation function in hidden layer
                    new Linear(hiddenSize, outputSize))); // hidden -> output layer
        }

        @Override
        public Tensor forward(Tensor x) {
            return main.forward(x);
        }
    }

    /** Two hidden layers with sigmoids. */
    private static final class DeepRegression extends ConcreteModule<DeepRegression> implements Layer {
        private final Sequential main;

        DeepRegression(int inputSize, int hiddenSize1, int hiddenSize2, int outputSize) {
            main = register("main", new Sequential(
                    new Linear(inputSize, hiddenSize1),
                    new Sigmoid(),
                    new Linear(hiddenSize1, hiddenSize2),
                    new Sigmoid(),
                    new Linear(hiddenSize2, outputSize)));
        }

        @Override
        public Tensor forward(Tensor x) {
            return main.forward(x);
        }
    }

    private static double[] nonLinearRegression(TutorialContext context) {
        Device device = context.device();
        Ashlar.seed(Generator.pytorch(SEED));
        context.section("Non-linear regression with a neural network");
        double[] x = Generator.numpy(2020).fillNormal(new double[500], 0, 1);
        Arrays.sort(x);
        double[] y = Arrays.stream(x).map(value -> value * value + 15 * Math.pow(Math.sin(value), 3)).toArray();
        Tensor xT = Tensor.of(x).to(DType.FLOAT32).unsqueeze(1).to(device);
        Tensor yT = Tensor.of(y).to(DType.FLOAT32).to(device);
        DataLoader loader = new DataLoader(new TensorDataset(xT, yT)).batchSize(BATCH_SIZE).shuffle(true);
        int epochs = context.quick() ? 50 : 1000;

        NonlinRegression model = new NonlinRegression(1, 3, 1).to(device);
        Summary summary = Summary.of(model, 1);
        context.print(summary);
        Loss criterion = new MSELoss();
        double[] shallow = trainer(context, model, criterion, new SGD(model.parameters(), 0.01), loader, epochs, false);
        context.draw("lecture-sigmoid", LecturePictures.fit("Three hidden nodes", x, y, model, device, Y_RANGE));
        context.draw("lecture-nodes", LecturePictures.nodes(x, model.main, device));

        context.section("Deep learning");
        DeepRegression deep = new DeepRegression(1, 5, 3, 1).to(device);
        double[] five = trainer(context, deep, criterion, new SGD(deep.parameters(), 0.3), loader, epochs, false);
        context.draw("lecture-deep", LecturePictures.fit("Two hidden layers of five and three nodes", x, y, deep, device, Y_RANGE));

        DeepRegression wider = new DeepRegression(1, 10, 10, 1).to(device);
        double[] ten = trainer(context, wider, criterion, new SGD(wider.parameters(), 0.2), loader, epochs, false);
        context.draw("lecture-wide", LecturePictures.fit("Two hidden layers of ten nodes", x, y, wider, device, Y_RANGE));
        context.printf("loss of the last epoch: %.4f, %.4f, %.4f", shallow[epochs - 1], five[epochs - 1], ten[epochs - 1]);
        return new double[] {summary.parameters(), shallow[epochs - 1], five[epochs - 1], ten[epochs - 1]};
    }

    private static void activations(TutorialContext context) {
        context.section("Activation functions");
        List<Layer> functions = List.of(new Sigmoid(), new Tanh(), new Softplus(), new ReLU(), new LeakyReLU(), new SELU());
        context.draw("lecture-activations", LecturePictures.activations(Tensor.linspace(-6, 6, 100), functions));
    }

    // ---- classification ---------------------------------------------------------------------------------------------------------

    /** One hidden layer, for two classes or more. No sigmoid or softmax at the end: the losses include them, which is more stable. */
    private static final class Classifier extends ConcreteModule<Classifier> implements Layer {
        private final Sequential main;

        Classifier(int inputSize, int hiddenSize, int outputSize) {
            main = register("main", new Sequential(
                    new Linear(inputSize, hiddenSize),
                    new ReLU(),
                    new Linear(hiddenSize, outputSize)));
        }

        @Override
        public Tensor forward(Tensor x) {
            return main.forward(x);
        }
    }

    private static double[] binaryClassification(TutorialContext context) {
        Device device = context.device();
        Ashlar.seed(Generator.pytorch(SEED));
        context.section("Binary classification");
        Synthetic.Classes data = Synthetic.makeCircles().nSamples(300).factor(0.5).noise(0.1).randomState(2020).make();
        Tensor xT = data.x().toTensor().to(DType.FLOAT32).to(device);
        Tensor yT = data.labels().to(DType.FLOAT32).to(device);
        context.draw("lecture-circles", LecturePictures.classification("Two classes", data, null, device));
        DataLoader loader = new DataLoader(new TensorDataset(xT, yT)).batchSize(BATCH_SIZE).shuffle(true);
        Classifier model = new Classifier(2, 5, 1).to(device);
        Loss criterion = new BCEWithLogitsLoss();                       // loss function
        Optimizer optimizer = new Adam(model.parameters(), 0.1);        // optimization algorithm
        double[] losses = trainer(context, model, criterion, optimizer, loader, 20, true);
        context.draw("lecture-circles-regions", LecturePictures.classification("Probability of the inner class", data, model, device));

        Tensor prediction = model.forward(Tensor.of(new float[][] {{0, 0}, {-1, -1}}).to(device)).detach();
        context.print(prediction);
        Tensor probability = prediction.sigmoid();
        context.print(probability);
        context.print(probability.gt(0.5).to(DType.INT64));
        return new double[] {losses[19], prediction.get(0, 0).item(), prediction.get(1, 0).item()};
    }

    private static double[] multiclassClassification(TutorialContext context) {
        Device device = context.device();
        Ashlar.seed(Generator.pytorch(SEED));
        context.section("Multiclass classification");
        Synthetic.Classes data = Synthetic.makeBlobs().nSamples(200).centers(4).centerBox(-1.2, 1.2).clusterStd(0.15, 0.15, 0.15, 0.15)
                .randomState(12345).make();
        Tensor xT = data.x().toTensor().to(DType.FLOAT32).to(device);
        Tensor yT = data.labels().to(device);
        context.draw("lecture-blobs", LecturePictures.classification("Four classes", data, null, device));
        DataLoader loader = new DataLoader(new TensorDataset(xT, yT)).batchSize(BATCH_SIZE).shuffle(true);
        Classifier model = new Classifier(2, 5, 4).to(device);
        Loss criterion = new CrossEntropyLoss();                        // loss function
        Optimizer optimizer = new Adam(model.parameters(), 0.2);        // optimization algorithm
        double losses = 0;
        for (int epoch = 0; epoch < 10; epoch++) {
            losses = 0;
            for (Batch batch : loader) {
                optimizer.zeroGrad();                                   // Clear gradients w.r.t. parameters
                Tensor yHat = model.forward(batch.get(0));              // Forward pass to get output
                Tensor loss = criterion.forward(yHat, batch.get(1));    // Calculate loss
                loss.backward();                                        // Getting gradients w.r.t. parameters
                optimizer.step();                                       // Update parameters
                losses += loss.item() / loader.size();
            }
            context.printf("epoch: %d, loss: %.4f", epoch + 1, losses);
        }
        context.draw("lecture-blobs-regions", LecturePictures.classification("The most probable class", data, model, device));

        Tensor prediction = model.forward(Tensor.of(new float[][] {{-1, -1}, {0, 0}}).to(device)).detach();
        context.print(prediction);
        Tensor probability = prediction.softmax(1);
        context.print(probability);
        context.print(probability.sum(1, true));
        Tensor classes = probability.argmax(1);
        context.print(classes);
        return new double[] {losses, classes.get(0).item(), classes.get(1).item()};
    }
}
