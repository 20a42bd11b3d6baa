// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.tutorials;

import dev.ashlar.Ashlar;
import dev.ashlar.Device;
import dev.ashlar.Generator;
import dev.ashlar.Tensor;
import dev.ashlar.autograd.Autograd;
import dev.ashlar.charts.Plot;
import dev.ashlar.datasets.Column;
import dev.ashlar.datasets.DoubleMatrix;
import dev.ashlar.datasets.LinearRegression;
import dev.ashlar.datasets.Table;
import dev.ashlar.datasets.TableOptions;
import dev.ashlar.nn.Buffer;
import dev.ashlar.nn.ConcreteModule;
import dev.ashlar.nn.CrossEntropyLoss;
import dev.ashlar.nn.Destandardize;
import dev.ashlar.nn.Layer;
import dev.ashlar.nn.Linear;
import dev.ashlar.nn.MSELoss;
import dev.ashlar.nn.Module;
import dev.ashlar.nn.ReLU;
import dev.ashlar.nn.Sequential;
import dev.ashlar.nn.Standardize;
import dev.ashlar.optim.Adam;
import dev.ashlar.optim.LBFGS;
import dev.ashlar.optim.Optimizer;
import dev.ashlar.optim.Rprop;
import dev.ashlar.type.DType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Body mass of penguins from the length of their flippers: a line, a network that stays a line because its data are not scaled, and one
 * that bends.
 *
 * <p>The page draws its weights without a seed and prints them. Here they are put into the models, so that the page's figures follow.
 */
final class Penguins implements Tutorial {
    private static final int EPOCHS = 1000;
    private static final double X_LOW = 170;
    private static final double X_HIGH = 235;

    @Override
    public String name() {
        return "penguins";
    }

    @Override
    public String summary() {
        return "Regression and classification of penguins: what happens when data are not scaled";
    }

    /** Adds a number that is stored with the model, but not trained. */
    private static final class AddConstant extends ConcreteModule<AddConstant> implements Layer {
        private final Buffer constant;

        AddConstant(double constant) {
            this.constant = registerBuffer("constant", Tensor.of((float) constant));
        }

        @Override
        public Tensor forward(Tensor x) {
            return x.add(constant.tensor());
        }

        @Override
        public String extraRepr() {
            return Shown.brief(constant.tensor().item());
        }
    }

    /** Multiplies by a number that is stored with the model, but not trained. */
    private static final class MultiplyByConstant extends ConcreteModule<MultiplyByConstant> implements Layer {
        private final Buffer constant;

        MultiplyByConstant(double constant) {
            this.constant = registerBuffer("constant", Tensor.of((float) constant));
        }

        @Override
        public Tensor forward(Tensor x) {
            return x.mul(constant.tensor());
        }

        @Override
        public String extraRepr() {
            return Shown.brief(constant.tensor().item());
        }
    }

    /** A network as a class of its own. */
    private static final class NeuralNetworkWithReLU extends ConcreteModule<NeuralNetworkWithReLU> implements Layer {
        private final Linear step1;
        private final ReLU step2;
        private final Linear step3;

        NeuralNetworkWithReLU(int hiddenLayerSize) {
            step1 = register("step1", new Linear(1, hiddenLayerSize));
            step2 = register("step2", new ReLU());
            step3 = register("step3", new Linear(hiddenLayerSize, 1));
        }

        @Override
        public Tensor forward(Tensor x) {
            return step3.forward(step2.forward(step1.forward(x)));
        }
    }

    @Override
    public void run(TutorialContext context) throws IOException {
        Device device = context.device();
        context.section("Penguins!");
        Table penguins = table();
        context.printf("%d rows, of which %d have all values", penguins.rowCount(), penguins.withoutMissing().rowCount());
        Table complete = penguins.withoutMissing();
        double[] features = numbers(complete, "flipper_length_mm");
        double[] targets = numbers(complete, "body_mass_g");
        context.draw("penguins-data", problem("Penguins", features, targets));

        context.section("A straight line, in closed form");
        LinearRegression bestFit = new LinearRegression().fit(DoubleMatrix.column(features), targets);
        double slope = bestFit.coefficients().values()[0];
        double intercept = bestFit.intercept()[0];
        context.printf("body mass = %.4f * flipper length + %.4f", slope, intercept);
        double closedLoss = IntStream.range(0, features.length)
                .mapToDouble(row -> Math.pow(slope * features[row] + intercept - targets[row], 2)).average().orElseThrow();
        double[] ends = {X_LOW, X_HIGH};
        context.draw("penguins-closed-form", problem("Linear regression in closed form", features, targets)
                .line("closed form", ends, new double[] {slope * X_LOW + intercept, slope * X_HIGH + intercept}));

        context.section("A layer of five ReLUs, by L-BFGS");
        Tensor tensorFeatures = Tensor.of(features).to(DType.FLOAT32).unsqueeze(1).to(device);
        Tensor tensorTargets = Tensor.of(targets).to(DType.FLOAT32).unsqueeze(1).to(device);
        double lbfgsLoss = newton(context, features, targets, tensorFeatures, tensorTargets);

        context.section("The straight line with a layer");
        Linear linear = new Linear(1, 1).to(device);
        linear.loadStateDict(Map.of("weight", Tensor.of(new float[][] {{-0.4867f}}), "bias", Tensor.of(-0.6008f)));
        context.print(linear);
        printParameters(context, linear);
        double linearLoss = train(linear, tensorFeatures, tensorTargets);
        printParameters(context, linear);
        context.draw("penguins-linear", solution("One linear layer after 1000 steps", features, targets, linear, device));

        context.section("A layered network");
        context.print(new NeuralNetworkWithReLU(5));
        Sequential unscaled = new Sequential(
                new Linear(1, 5),
                new ReLU(),
                new Linear(5, 1)).to(device);
        unscaled.loadStateDict(Map.of(
                "0.weight", Tensor.of(new float[][] {{-0.9063f}, {0.5515f}, {0.5911f}, {-0.1539f}, {-0.4317f}}),
                "0.bias", Tensor.of(-0.7952f, -0.2501f, -0.7541f, -0.1626f, -0.4663f),
                "2.weight", Tensor.of(new float[][] {{0.0679f, 0.0881f, 0.4344f, -0.3645f, -0.1089f}}),
                "2.bias", Tensor.of(-0.4191f)));
        context.print(unscaled);
        printParameters(context, unscaled);
        double unscaledLoss = train(unscaled, tensorFeatures, tensorTargets);
        printParameters(context, unscaled);
        context.draw("penguins-unscaled", solution("A hidden layer, data as they are", features, targets, unscaled, device));

        context.section("Scaling as a part of the model");
        Sequential scaled = new Sequential(
                new AddConstant(-200),           // shift the mean to 0
                new MultiplyByConstant(1.0 / 10), // scale the variance to 1
                new Linear(1, 5),
                new ReLU(),
                new Linear(5, 1),
                new MultiplyByConstant(800),     // scale the variance to 800
                new AddConstant(4200)            // shift the mean to 4200
        ).to(device);
        scaled.loadStateDict(Map.of(
                "2.weight", Tensor.of(new float[][] {{0.2568f}, {0.1571f}, {-0.3227f}, {-0.4435f}, {0.6164f}}),
                "2.bias", Tensor.of(0.8002f, 0.4720f, -0.9141f, -0.1511f, 0.3304f),
                "4.weight", Tensor.of(new float[][] {{-0.0933f, 0.2927f, -0.0949f, -0.3349f, -0.1222f}}),
                "4.bias", Tensor.of(-0.2533f)), false);
        context.print(scaled);
        printParameters(context, scaled);
        double untrained = scaled.forward(Tensor.of(200f).to(device)).item();
        context.printf("model(200) = %.4f", untrained);
        double scaledLoss = train(scaled, tensorFeatures, tensorTargets);
        context.draw("penguins-scaled", solution("A hidden layer, data scaled in the model", features, targets, scaled, device));

        double accuracy = classify(context, complete);

        context.figures();
        context.figure("slope in closed form", slope, "");
        context.figure("loss in closed form", closedLoss, "");
        context.figure("loss of five ReLUs by L-BFGS", lbfgsLoss, "");
        context.figure("loss of the linear layer", linearLoss, "");
        context.figure("loss without scaling", unscaledLoss, "");
        context.figure("second weight without scaling", unscaled.parameters().get(0).tensor().get(1, 0).item(), "3.6961");
        context.figure("second bias without scaling", unscaled.parameters().get(1).tensor().get(1).item(), "-404.86");
        context.figure("second weight of the output", unscaled.parameters().get(2).tensor().get(0, 1).item(), "6.5800");
        context.figure("bias of the output", unscaled.parameters().get(3).tensor().item(), "-405.0275");
        context.figure("model(200) before training", untrained, "4015.9004");
        context.figure("loss with scaling", scaledLoss, "");
        context.figure("accuracy of the species", accuracy, "(the page stops before)");
    }

    /** Trains on all rows at once; returns the loss at the end. */
    private static double train(Layer model, Tensor features, Tensor targets) {
        MSELoss lossFunction = new MSELoss();
        Optimizer optimizer = new Rprop(model.parameters());
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            // tell the optimizer to begin an optimization step
            optimizer.zeroGrad();
            // use the model as a prediction function: features -> prediction
            Tensor predictions = model.forward(features);
            // compute the loss between these predictions and the intended targets
            Tensor loss = lossFunction.forward(predictions, targets);
            // tell the loss function and optimizer to end an optimization step
            loss.backward();
            optimizer.step();
        }
        try (var _ = Autograd.noGrad()) {
            return lossFunction.forward(model.forward(features), targets).item();
        }
    }

    /**
     * What the page gets from a ready-made regressor with the solver L-BFGS. That initialises and stops in a way of its own; here are the
     * same layers and the same method, from PyTorch's weights, in float64 as there.
     */
    private static double newton(TutorialContext context, double[] features, double[] targets, Tensor narrowX, Tensor narrowY) {
        Tensor x = narrowX.to(DType.FLOAT64);
        Tensor y = narrowY.to(DType.FLOAT64);
        Ashlar.seed(Generator.pytorch(0));
        Sequential model = new Sequential(Standardize.of(narrowX), new Linear(1, 5), new ReLU(), new Linear(5, 1),
                Destandardize.of(narrowY)).to(context.device()).to(DType.FLOAT64);
        MSELoss lossFunction = new MSELoss();
        LBFGS optimizer = new LBFGS(model.parameters()).maxIter(1000).strongWolfe(true);
        double before = optimizer.step(() -> {
            optimizer.zeroGrad();
            Tensor loss = lossFunction.forward(model.forward(x), y);
            loss.backward();
            return loss;
        }).item();
        double after = lossFunction.forward(model.forward(x), y).item();
        context.printf("mean squared error %.6g before, %.6g after", before, after);
        context.draw("penguins-lbfgs", solution("Five ReLUs by L-BFGS", features, targets, model.to(DType.FLOAT32), context.device()));
        return after;
    }

    /** Which species, from the length and the depth of the bill: the page announces classification for its next section. */
    private static double classify(TutorialContext context, Table complete) {
        context.section("Classification");
        Device device = context.device();
        double[] length = numbers(complete, "bill_length_mm");
        double[] depth = numbers(complete, "bill_depth_mm");
        Column species = complete.column("species");
        List<String> names = IntStream.range(0, species.size()).mapToObj(row -> Objects.requireNonNull(species.label(row))).distinct()
                .sorted().toList();
        long[] classes = IntStream.range(0, species.size()).mapToLong(row -> names.indexOf(species.label(row))).toArray();
        Tensor x = Tensor.stack(1, Tensor.of(length), Tensor.of(depth)).to(DType.FLOAT32).to(device);
        Tensor y = Tensor.of(classes).to(device);

        Ashlar.seed(Generator.pytorch(123));
        Sequential model = new Sequential(Standardize.of(x), new Linear(2, 5), new ReLU(), new Linear(5, names.size())).to(device);
        context.print(model);
        CrossEntropyLoss lossFunction = new CrossEntropyLoss();
        Optimizer optimizer = new Adam(model.parameters(), 0.03);
        for (int epoch = 0; epoch < 300; epoch++) {
            optimizer.zeroGrad();
            lossFunction.forward(model.forward(x), y).backward();
            optimizer.step();
        }
        Plot plot = new Plot("Species by the model", "bill length (mm)", "bill depth (mm)")
                .regions(Shown.regions(model, device, 31, 61, 12.5, 22.5));
        context.draw("penguins-species", Shown.classes(plot, length, depth, classes, names.toArray(String[]::new)).legendOutside());
        try (var _ = Autograd.noGrad()) {
            return model.forward(x).argmax(1).eq(y).to(DType.FLOAT32).mean().item();
        }
    }

    private static Table table() throws IOException {
        try (InputStream in = Objects.requireNonNull(Penguins.class.getResourceAsStream("penguins.csv"), "penguins.csv")) {
            return Table.parse("penguins.csv", new String(in.readAllBytes(), StandardCharsets.UTF_8), TableOptions.defaults());
        }
    }

    private static double[] numbers(Table table, String column) {
        return IntStream.range(0, table.rowCount()).mapToDouble(row -> table.numeric(column).value(row)).toArray();
    }

    private static void printParameters(TutorialContext context, Module model) {
        model.parameters().forEach(parameter -> context.print(parameter.tensor()));
    }

    private static Plot problem(String title, double[] features, double[] targets) {
        return new Plot(title, "flipper length (mm)", "body mass (g)").xRange(X_LOW, X_HIGH).yRange(2400, 6500)
                .dots("penguins", features, targets);
    }

    private static Plot solution(String title, double[] features, double[] targets, Layer model, Device device) {
        Tensor x = Tensor.linspace(X_LOW, X_HIGH, 261);
        try (var _ = Autograd.noGrad()) {
            return problem(title, features, targets)
                    .line("model", x.toDoubleArray(), model.forward(x.unsqueeze(1).to(device)).flatten().toDoubleArray());
        }
    }
}
