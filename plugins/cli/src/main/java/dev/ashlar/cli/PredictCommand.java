// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.cli;

import dev.ashlar.Device;
import dev.ashlar.datasets.Table;
import dev.ashlar.datasets.TableOptions;
import dev.ashlar.datasets.TablePreprocessor;
import dev.ashlar.datasets.Task;
import dev.ashlar.type.InvalidArgumentException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ashlar predict}: what a trained model says of other rows. */
@Command(
        name = "predict",
        description = "Predict with a model that train left: a line of values, or class and probability, for each row of the table.",
        footer = {"", "A row that misses a value that the model needs gets an empty prediction, and is counted."})
final class PredictCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "MODEL", description = "The folder that train wrote, or the model file in it.")
    private Path file;

    @Parameters(index = "1", paramLabel = "DATA.csv", description = "A table with the columns that the model was trained on.")
    private Path data;

    @Option(names = "--out", paramLabel = "FILE", description = "Where to write the predictions (default: print them).")
    private @Nullable Path out;

    @Option(names = "--device", paramLabel = "D", description = "Where to compute: java, opencl:1, ... (default: the best there is).")
    private @Nullable String device;

    /** For picocli, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    PredictCommand() {}

    @Override
    public Integer call() throws IOException {
        Device chosen = device == null ? Device.best() : Device.of(device);
        ModelFile.Loaded loaded = ModelFile.load(file);
        TablePreprocessor preprocessor = loaded.model().preprocessor();
        Table table = Table.read(data, TableOptions.defaults().withHeader(loaded.header()));
        Table columns = table.select(preprocessor.featureColumns());
        int[] complete = IntStream.range(0, columns.rowCount())
                .filter(row -> columns.columns().stream().noneMatch(column -> column.isMissing(row))).toArray();
        if (out != null) {
            checkWritable(out);
        }
        double[][] predicted = complete.length == 0 ? new double[0][]
                : loaded.model().to(chosen).predict(preprocessor.features(columns.rows(complete)), chosen);
        String text = write(preprocessor, columns, complete, predicted);
        if (out == null) {
            spec.commandLine().getOut().print(text);
        } else {
            Path target = out.toAbsolutePath();
            Path partial = target.resolveSibling("." + target.getFileName() + ".part");
            try {
                Files.writeString(partial, text);
                OutputFolder.move(partial, target);
            } finally {
                Files.deleteIfExists(partial);
            }
        }
        int gaps = columns.rowCount() - complete.length;
        if (gaps > 0) {
            spec.commandLine().getErr().println(gaps + " of " + columns.rowCount()
                    + " rows miss a value that the model needs; their predictions are empty");
        }
        return 0;
    }

    private static void checkWritable(Path out) {
        Path folder = out.toAbsolutePath().getParent();
        if (Files.isDirectory(out) || folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
            throw new InvalidArgumentException("[predict] expected the name of a file in a folder that may be written to as --out, got "
                    + out + "; create the folder, or choose another");
        }
    }

    private static String write(TablePreprocessor preprocessor, Table columns, int[] complete, double[][] predicted) {
        boolean classes = preprocessor.task() == Task.CLASSIFICATION;
        List<String> names = new ArrayList<>();
        preprocessor.targetColumns().forEach(name -> names.add("predicted_" + name));
        if (classes) {
            names.add("probability");
        }
        StringBuilder text = new StringBuilder(names.stream().map(PredictCommand::quoted).collect(Collectors.joining(","))).append('\n');
        String empty = ",".repeat(names.size() - 1);
        int next = 0;
        for (int row = 0; row < columns.rowCount(); row++) {
            if (next < complete.length && complete[next] == row) {
                double[] values = predicted[next++];
                if (classes) {
                    int best = Evaluation.Classification.mostProbable(values);
                    text.append(quoted(preprocessor.classes().get(best))).append(',').append((float) values[best]);
                } else {
                    // The model computes in float32: its digits are all there is.
                    text.append(IntStream.range(0, values.length).mapToObj(i -> Float.toString((float) values[i]))
                            .collect(Collectors.joining(",")));
                }
            } else {
                text.append(empty);
            }
            text.append('\n');
        }
        return text.toString();
    }

    private static String quoted(String cell) {
        return cell.matches("(?s).*[\",;\\t\\r\\n].*") ? '"' + cell.replace("\"", "\"\"") + '"' : cell;
    }
}
