// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.tutorials;

import dev.ashlar.Ashlar;
import dev.ashlar.Device;
import dev.ashlar.Generator;
import dev.ashlar.Tensor;
import dev.ashlar.autograd.Autograd;
import dev.ashlar.charts.Charts;
import dev.ashlar.charts.Plot;
import dev.ashlar.data.Batch;
import dev.ashlar.data.DataLoader;
import dev.ashlar.data.TensorDataset;
import dev.ashlar.io.Checkpoint;
import dev.ashlar.nn.BatchNorm2d;
import dev.ashlar.nn.Conv2d;
import dev.ashlar.nn.CrossEntropyLoss;
import dev.ashlar.nn.Dropout;
import dev.ashlar.nn.Flatten;
import dev.ashlar.nn.Linear;
import dev.ashlar.nn.Loss;
import dev.ashlar.nn.MaxPool2d;
import dev.ashlar.nn.ReLU;
import dev.ashlar.nn.Sequential;
import dev.ashlar.optim.AdamW;
import dev.ashlar.optim.OneCycleLR;
import dev.ashlar.type.DType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A convolutional network that reads digits: pictures of 8 x 8 from the pens of 43 people; 13 others wrote those that it is tested on.
 *
 * @see <a href="https://doi.org/10.24432/C50P49">Alpaydin, Kaynak: Optical Recognition of Handwritten Digits, UCI Machine Learning
 *     Repository, 1998 (CC BY 4.0)</a>
 */
final class Digits implements Tutorial {
    private static final int SIDE = 8;
    private static final int PIXELS = SIDE * SIDE;
    private static final int CLASSES = 10;
    private static final int EPOCHS = 10;
    /** Misread digits that are shown. */
    private static final int SHOWN = 16;

    @Override
    public String name() {
        return "digits";
    }

    @Override
    public String summary() {
        return "A convolutional network reads handwritten digits: Conv2d, BatchNorm2d, MaxPool2d, Dropout, OneCycleLR";
    }

    /** Pictures [n, 1, 8, 8] with ink from 0 to 1, and which digit each is, [n]. */
    private record Pictures(Tensor images, Tensor labels) {
        static Pictures read(String resource, Device device) throws IOException {
            List<String> lines = Resources.text(resource).lines().toList();
            float[] ink = new float[lines.size() * PIXELS];
            long[] labels = new long[lines.size()];
            for (int row = 0; row < labels.length; row++) {
                String[] numbers = lines.get(row).split(",", -1);
                for (int pixel = 0; pixel < PIXELS; pixel++) {
                    ink[row * PIXELS + pixel] = Float.parseFloat(numbers[pixel]) / 16;
                }
                labels[row] = Long.parseLong(numbers[PIXELS]);
            }
            return new Pictures(Tensor.of(ink, labels.length, 1, SIDE, SIDE).to(device), Tensor.of(labels, labels.length).to(device));
        }

        long count() {
            return labels.numel();
        }
    }

    private static Sequential network() {
        return new Sequential(
                // [n, 1, 8, 8]: strokes
                new Conv2d(1, 32, 3, 1, 1),
                new BatchNorm2d(32),
                new ReLU(),
                new Conv2d(32, 32, 3, 1, 1),
                new BatchNorm2d(32),
                new ReLU(),
                new MaxPool2d(2),
                // [n, 32, 4, 4]: how strokes meet
                new Conv2d(32, 64, 3, 1, 1),
                new BatchNorm2d(64),
                new ReLU(),
                new MaxPool2d(2),
                // [n, 64, 2, 2]: what that makes together
                new Flatten(),
                new Linear(256, 128),
                new ReLU(),
                new Dropout(0.3),
                new Linear(128, CLASSES));
    }

    @Override
    public void run(TutorialContext context) throws IOException {
        Device device = context.device();
        Ashlar.seed(1);

        context.section("Data");
        Pictures training = Pictures.read("digits-train.csv.gz", device);
        Pictures test = Pictures.read("digits-test.csv.gz", device);
        context.printf("%d pictures to learn from, %d to test on", training.count(), test.count());
        context.print("The first one is a " + training.labels().get(0).itemLong() + ":");
        context.print(training.images().get(0).squeeze(0).mul(16).to(DType.INT64));

        context.section("Network");
        Sequential model = network().to(device);
        context.print(model);
        context.print(model.parameters().stream().mapToLong(parameter -> parameter.tensor().numel()).sum() + " parameters");

        context.section("Training");
        int epochs = context.quick() ? 2 : EPOCHS;
        DataLoader loader = new DataLoader(new TensorDataset(training.images(), training.labels()))
                .batchSize(64).shuffle(true).dropLast(true).generator(new Generator(1));
        Loss lossFunction = new CrossEntropyLoss();
        AdamW optimizer = new AdamW(model.parameters(), 1e-3);
        // The rate rises for a third of the way, then falls to nothing: large steps first, fine ones at the end.
        OneCycleLR scheduler = new OneCycleLR(optimizer, 4e-3, epochs * (int) loader.size());
        double[] losses = new double[epochs];
        double[] accuracies = new double[epochs];
        long start = System.nanoTime();
        for (int epoch = 0; epoch < epochs; epoch++) {
            model.train();
            Tensor sum = Tensor.zeros().to(device);
            for (Batch batch : loader) {
                optimizer.zeroGrad();
                Tensor loss = lossFunction.forward(model.forward(batch.get(0)), batch.get(1));
                loss.backward();
                optimizer.step();
                scheduler.step();
                sum = sum.add(loss.detach());
            }
            losses[epoch] = sum.item() / loader.size();
            accuracies[epoch] = predict(model, test).eq(test.labels()).to(DType.FLOAT32).mean().item();
            context.printf("epoch %2d of %d   loss %.4f   test accuracy %.2f %%   %5.1f s", epoch + 1, epochs, losses[epoch],
                    100 * accuracies[epoch], (System.nanoTime() - start) / 1e9);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        Checkpoint.save(context.folder().resolve("digits.safetensors"), model);

        context.section("What it reads");
        long[] truth = test.labels().toLongArray();
        long[] read = predict(model, test).toLongArray();
        long[][] confusion = confusion(truth, read);
        print(context, confusion);
        int[] wrong = IntStream.range(0, truth.length).filter(i -> truth[i] != read[i]).limit(SHOWN).toArray();
        draw(context, losses, accuracies, confusion, test, truth, read, wrong);

        context.figures();
        context.figure("test accuracy", accuracies[epochs - 1], "above 0.98");
        context.figure("loss of the last epoch", losses[epochs - 1], "");
        context.figure("seconds of training", seconds, "below 60 on two cores");
    }

    /** Returns the digit of each picture. */
    private static Tensor predict(Sequential model, Pictures pictures) {
        model.eval();
        try (var _ = Autograd.noGrad()) {
            return model.forward(pictures.images()).argmax(1);
        }
    }

    private static long[][] confusion(long[] truth, long[] read) {
        long[][] counts = new long[CLASSES][CLASSES];
        for (int i = 0; i < truth.length; i++) {
            counts[(int) truth[i]][(int) read[i]]++;
        }
        return counts;
    }

    private static void print(TutorialContext context, long[][] confusion) {
        context.print("A row for each digit as it was meant, a column for each as it was read:");
        for (long[] row : confusion) {
            StringBuilder line = new StringBuilder();
            for (long count : row) {
                line.append(count == 0 ? "   ." : "%4d".formatted(count));
            }
            context.print(line);
        }
    }

    private static void draw(
            TutorialContext context,
            double[] losses,
            double[] accuracies,
            long[][] confusion,
            Pictures test,
            long[] truth,
            long[] read,
            int[] wrong) {
        double[] epochs = IntStream.rangeClosed(1, losses.length).asDoubleStream().toArray();
        context.draw("digits-loss", Plot.ofLosses("Training", "cross-entropy", losses));
        context.draw("digits-accuracy", new Plot("Digits of 13 people the network has not seen", "epoch", "read correctly")
                .line("test", epochs, accuracies));
        Charts.confusionMatrix(context.folder().resolve("digits-confusion.png"), "What was meant, and what was read",
                IntStream.range(0, CLASSES).mapToObj(Integer::toString).toList(), confusion);
        Path file = context.folder().resolve("digits-misread.png");
        float[] ink = test.images().toFloatArray();
        InkSheet.write(file, SIDE, IntStream.of(wrong)
                .mapToObj(i -> new InkSheet.Sample(ink, i * PIXELS, "is " + truth[i] + ", read as " + read[i])).toList());
        context.print("[pictures digits-confusion.png, digits-misread.png]");
    }
}
