// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.cli;

import dev.ashlar.Ashlar;
import dev.ashlar.Device;
import dev.ashlar.datasets.EmbeddedTables;
import dev.ashlar.datasets.Table;
import dev.ashlar.datasets.TableOptions;
import dev.ashlar.datasets.Task;
import dev.ashlar.optim.Optimizer;
import dev.ashlar.type.InvalidArgumentException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code ashlar train}: a multi-layer perceptron on a table. */
@Command(
        name = "train",
        description = "Train a multi-layer perceptron to predict columns of a table from its other columns. Without arguments: a small"
                + " table of crop yields.",
        footer = {
            "",
            "Rows with a missing value in any column are dropped and counted. A fifth of the rows, drawn by the seed, is held out for the"
                    + " metrics (none of fewer than 20). Learning rates fall to 0 in equal steps, but not those of rprop."})
final class TrainCommand implements Callable<Integer> {
    /** Without --epochs, so many that this many steps come together, within limits. */
    private static final int DEFAULT_STEPS = 3000;
    private static final int FEWEST_DEFAULT_EPOCHS = 20;
    private static final int MOST_DEFAULT_EPOCHS = 1000;
    private static final int DEFAULT_BATCH = 32;
    private static final int LARGEST_LAYER = 1 << 20;

    @ParentCommand
    private Main main;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", arity = "0..1", paramLabel = "DATA.csv", description = "The table: comma, semicolon or tab separated.")
    private @Nullable Path data;

    @Option(names = "--target", paramLabel = "COL", split = ",", description = "What to predict; several columns if they are numbers.")
    private @Nullable List<String> targets;

    @Option(names = "--features", paramLabel = "COL", split = ",", description = "What to predict it from (default: all other columns).")
    private @Nullable List<String> features;

    @Option(names = "--task", paramLabel = "TASK",
            description = "regression or classification (default: regression, but classification of a single target that is no number).")
    private @Nullable String task;

    @Option(names = "--hidden", paramLabel = "N,N", defaultValue = "32,32",
            description = "Sizes of the hidden layers, or none for a linear model (default: ${DEFAULT-VALUE}).")
    private String hidden;

    @Option(names = "--epochs", paramLabel = "N",
            description = "How often to go through the rows (default: so often that it makes about " + DEFAULT_STEPS + " steps, but "
                    + FEWEST_DEFAULT_EPOCHS + " to " + MOST_DEFAULT_EPOCHS + ").")
    private @Nullable Integer epochs;

    @Option(names = "--batch", paramLabel = "N",
            description = "Rows per step (default: " + DEFAULT_BATCH + "; all of them for rprop).")
    private @Nullable Integer batch;

    @Option(names = "--optimizer", paramLabel = "NAME", defaultValue = "adam",
            description = "adam, adamw, sgd or rprop (default: ${DEFAULT-VALUE}).")
    private String optimizerName;

    @Option(names = "--lr", paramLabel = "X",
            description = "Learning rate at the start (default: 0.005 for adam and adamw, 0.05 for sgd, 0.01 for rprop).")
    private @Nullable Double lr;

    @Option(names = "--device", paramLabel = "D", description = "Where to compute: java, opencl:1, ... (default: the best there is).")
    private @Nullable String device;

    @Option(names = "--seed", paramLabel = "S", defaultValue = "0",
            description = "Seed of the division of rows, the first weights and the order of rows (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--out", paramLabel = "DIR", defaultValue = "ashlar-out",
            description = "Where model, metrics and pictures go (default: ${DEFAULT-VALUE}).")
    private Path out;

    @Option(names = "--test", paramLabel = "FILE", description = "Held-out rows of their own; all rows of the table are then trained on.")
    private @Nullable Path test;

    @Option(names = "--no-header", description = "The files have no line of names; columns are called 0, 1, 2 ...")
    private boolean noHeader;

    /** For picocli, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    TrainCommand() {}

    @Override
    public Integer call() throws IOException {
        List<Integer> layers = layers(hidden);
        OptimizerChoice optimizer = OptimizerChoice.of(optimizerName);
        positive("--epochs", epochs);
        positive("--batch", batch);
        double rate = lr != null ? lr : optimizer.defaultLr();
        if (!(rate > 0 && rate < Double.POSITIVE_INFINITY)) {
            throw new InvalidArgumentException("[train] expected a positive number for --lr, got " + rate + "; leave it out, or try "
                    + optimizer.defaultLr());
        }
        Task wanted = task == null ? null : Task.of(task.strip().toLowerCase(Locale.ROOT));
        Device chosen = device == null ? Device.best() : Device.of(device);
        OutputFolder.check("train", out);

        TableOptions options = TableOptions.defaults().withHeader(!noHeader);
        Table table = data == null ? EmbeddedTables.cropYield() : Table.read(data, options);
        Table held = test == null ? null : Table.read(test, options);
        TrainingData rows = TrainingData.prepare(table, targetColumns(table), names(features), wanted, held, seed);

        // Found out now, and not after the training.
        OutputFolder.open(out).close();

        Ashlar.seed(seed);
        TableModel model = TableModel.create(rows.scaling(), layers).to(chosen);
        int trainingRows = rows.training().rowCount();
        int size = batch != null ? batch : optimizer.wantsAllRows() ? trainingRows : DEFAULT_BATCH;
        int rounds = epochs != null ? epochs : defaultEpochs(trainingRows, size);
        Trainer.Plan plan = new Trainer.Plan(rounds, size, rate, !optimizer.wantsAllRows(), seed);
        PrintWriter err = spec.commandLine().getErr();
        TrainingReport report = new TrainingReport(rows, model, chosen, plan, optimizer, seed, !noHeader);
        report.announce(spec.commandLine().getOut());
        Trainer.Losses losses = train(rows, model, chosen, plan, optimizer, err);
        report.finish(losses, out, spec.commandLine().getOut());
        if (main.verbose()) {
            err.println(chosen.memory());
        }
        return 0;
    }

    private Trainer.Losses train(TrainingData rows, TableModel model, Device chosen, Trainer.Plan plan, OptimizerChoice optimizer,
            PrintWriter err) {
        Trainer trainer = new Trainer(model, rows.scaling(), rows.training(), chosen);
        Optimizer steps = optimizer.create(model.trained().parameters(), plan.lr());
        boolean none = rows.heldOutKind() == TrainingData.HeldOut.TRAINING;
        try (Progress progress = Progress.on(err, plan.epochs())) {
            return trainer.run(plan, steps, rows.scaling(), none ? null : rows.heldOut(), progress);
        }
    }

    private List<String> targetColumns(Table table) {
        List<String> given = names(targets);
        if (given != null) {
            return given;
        }
        if (data == null) {
            return EmbeddedTables.cropYieldTargets();
        }
        throw new InvalidArgumentException("[train] expected --target with the column to predict, got none; " + table.source()
                + " has the columns " + String.join(", ", table.columnNames()));
    }

    private static @Nullable List<String> names(@Nullable List<String> given) {
        return given == null ? null : given.stream().map(String::strip).filter(name -> !name.isEmpty()).toList();
    }

    private static int defaultEpochs(int rows, int batch) {
        int steps = (rows + batch - 1) / batch;
        return Math.clamp((DEFAULT_STEPS + steps - 1) / steps, FEWEST_DEFAULT_EPOCHS, MOST_DEFAULT_EPOCHS);
    }

    private static void positive(String option, @Nullable Integer value) {
        if (value != null && value < 1) {
            throw new InvalidArgumentException("[train] expected 1 or more for " + option + ", got " + value);
        }
    }

    private static List<Integer> layers(String text) {
        if (text.strip().equals("none")) {
            return List.of();
        }
        List<Integer> sizes = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            String size = part.strip();
            if (!size.matches("[0-9]{1,7}") || Integer.parseInt(size) < 1 || Integer.parseInt(size) > LARGEST_LAYER) {
                throw new InvalidArgumentException("[train] expected sizes of layers from 1 to " + LARGEST_LAYER + " for --hidden, got '"
                        + text + "'; write for example 32,32, or none for a linear model");
            }
            sizes.add(Integer.parseInt(size));
        }
        return sizes;
    }
}
