// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.cli;

import dev.ashlar.Device;
import dev.ashlar.charts.Charts;
import dev.ashlar.charts.FitSeries;
import dev.ashlar.datasets.Column;
import dev.ashlar.datasets.FloatMatrix;
import dev.ashlar.datasets.Table;
import dev.ashlar.datasets.TablePreprocessor;
import dev.ashlar.datasets.Task;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * What a training says and leaves behind.
 *
 * @param header whether the table's file named its columns
 */
record TrainingReport(
        TrainingData data, TableModel model, Device device, Trainer.Plan plan, OptimizerChoice optimizer, long seed, boolean header) {
    private static final int CURVE_POINTS = 400;
    /** More classes than this do not fit on a screen. */
    private static final int MOST_PRINTED_CLASSES = 20;

    private TablePreprocessor preprocessor() {
        return model.preprocessor();
    }

    /** Says what is going to be done. */
    void announce(PrintWriter out) {
        Table table = data.training();
        List<String> features = preprocessor().featureColumns();
        out.println(preprocessor().task().label() + " of " + String.join(", ", preprocessor().targetColumns()) + " from "
                + (features.size() <= 8 ? String.join(", ", features) : features.size() + " columns") + " on " + device.name());
        out.println(table.source() + ": " + data.rows() + " rows used" + (data.droppedRows() == 0 ? ""
                : ", " + data.droppedRows() + " dropped for missing values") + "; " + trainingRows());
        out.flush();
    }

    private String trainingRows() {
        int rows = data.training().rowCount();
        return switch (data.heldOutKind()) {
            case TEST -> rows + " to train, " + data.heldOut().rowCount() + " of " + data.heldOut().source() + " to test"
                    + (data.droppedHeldOutRows() == 0 ? "" : " (" + data.droppedHeldOutRows() + " dropped)");
            case VALIDATION -> rows + " to train, " + data.heldOut().rowCount() + " held out";
            case TRAINING -> "none held out of so few, metrics are on the training rows";
        };
    }

    /** Evaluates, writes all files and prints the summary. */
    void finish(Trainer.Losses losses, Path folder, PrintWriter out) throws IOException {
        double[][] predicted = model.predict(preprocessor().features(data.heldOut()), device);
        Evaluation evaluation = preprocessor().task() == Task.CLASSIFICATION
                ? Evaluation.Classification.of(preprocessor().classes(), preprocessor().classTargets(data.heldOut()), predicted)
                : Evaluation.Regression.of(preprocessor().targetColumns(),
                        TrainingData.regressionTruth(data.heldOut(), preprocessor().targetColumns()), predicted);
        List<String> written;
        try (OutputFolder output = OutputFolder.open(folder)) {
            ModelFile.save(output.file(ModelFile.NAME), model, header);
            Charts.lossCurve(output.file("loss.png"), "loss of " + String.join(", ", preprocessor().targetColumns()), losses.training(),
                    losses.heldOut());
            picture(output, evaluation);
            Files.writeString(output.file("metrics.json"), Json.write(metrics(losses, evaluation)));
            written = output.commit();
        }
        summary(losses, evaluation, out);
        out.println("wrote " + String.join(", ", written) + " to " + folder);
    }

    private void picture(OutputFolder output, Evaluation evaluation) {
        switch (evaluation) {
            case Evaluation.Classification c -> Charts.confusionMatrix(output.file("confusion.png"),
                    "rows by class, " + rowsOf(), c.classes(), c.confusion());
            case Evaluation.Regression r -> {
                Path file = output.file("fit.png");
                Column.@Nullable Numeric only = onlyFeature();
                if (only != null && r.targets().size() == 1) {
                    curve(file, only, r);
                } else {
                    List<FitSeries> series = new ArrayList<>();
                    for (int c = 0; c < r.targets().size(); c++) {
                        series.add(new FitSeries(r.targets().get(c), column(r.truth(), c), column(r.predicted(), c)));
                    }
                    Charts.predictedAgainstTrue(file, "predicted against true, " + rowsOf(), series);
                }
            }
        }
    }

    private Column.@Nullable Numeric onlyFeature() {
        List<String> features = preprocessor().featureColumns();
        return features.size() == 1 && data.heldOut().column(features.getFirst()) instanceof Column.Numeric numeric ? numeric : null;
    }

    private void curve(Path file, Column.Numeric feature, Evaluation.Regression r) {
        double[] x = new double[feature.size()];
        Arrays.setAll(x, feature::value);
        double low = Arrays.stream(x).min().orElseThrow();
        double high = Arrays.stream(x).max().orElseThrow();
        double[] curveX = new double[CURVE_POINTS];
        Arrays.setAll(curveX, i -> low + (high - low) * i / (CURVE_POINTS - 1));
        Table points = new Table("curve", List.of(new Column.Numeric(feature.name(), curveX)), new long[CURVE_POINTS]);
        FloatMatrix inputs = preprocessor().features(points);
        double[] curveY = column(model.predict(inputs, device), 0);
        Charts.fittedCurve(file, r.targets().getFirst() + " from " + feature.name() + ", " + rowsOf(), feature.name(),
                r.targets().getFirst(), x, column(r.truth(), 0), curveX, curveY);
    }

    private static double[] column(double[][] rows, int column) {
        return Arrays.stream(rows).mapToDouble(row -> row[column]).toArray();
    }

    private String rowsOf() {
        return data.heldOut().rowCount() + " " + data.heldOutKind().label() + " rows";
    }

    private Map<String, Object> metrics(Trainer.Losses losses, Evaluation evaluation) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("task", preprocessor().task().label());
        map.put("device", device.name());
        map.put("seed", seed);
        map.put("rows", data.rows());
        map.put("droppedRows", data.droppedRows());
        map.put("trainingRows", data.training().rowCount());
        map.put("metricsOn", data.heldOutKind().label());
        map.put("metricsRows", data.heldOut().rowCount());
        map.put("features", preprocessor().featureColumns());
        map.put("targets", preprocessor().targetColumns());
        map.put("hidden", model.hidden());
        map.put("parameters", model.parameterCount());
        map.put("optimizer", optimizer.toString());
        map.put("learningRate", plan.lr());
        map.put("learningRateSchedule", plan.decays() ? "linear to 0" : "constant");
        map.put("batch", Math.min(plan.batch(), data.training().rowCount()));
        map.put("epochs", plan.epochs());
        map.put("seconds", losses.seconds());
        switch (evaluation) {
            case Evaluation.Regression r -> {
                map.put("rmse", number(r.overallRmse()));
                map.put("r2", number(r.overallR2()));
                Map<String, Object> each = new LinkedHashMap<>();
                for (int c = 0; c < r.targets().size(); c++) {
                    Map<String, Object> one = new LinkedHashMap<>();
                    one.put("rmse", number(r.rmse()[c]));
                    one.put("r2", number(r.r2()[c]));
                    each.put(r.targets().get(c), one);
                }
                map.put("perTarget", each);
            }
            case Evaluation.Classification c -> {
                map.put("accuracy", c.accuracy());
                map.put("classes", c.classes());
                map.put("confusion", c.confusion());
            }
        }
        map.put("lossIs", preprocessor().task() == Task.CLASSIFICATION ? "cross-entropy" : "mean squared error of standardised targets");
        Map<String, Object> perEpoch = new LinkedHashMap<>();
        perEpoch.put("training", numbers(losses.training()));
        perEpoch.put("validation", numbers(losses.heldOut()));
        map.put("losses", perEpoch);
        map.put("firstStepLosses", numbers(losses.firstSteps()));
        return map;
    }

    private static List<@Nullable Double> numbers(double[] values) {
        List<@Nullable Double> list = new ArrayList<>();
        DoubleStream.of(values).forEach(value -> list.add(number(value)));
        return list;
    }

    /** JSON knows no NaN. */
    private static @Nullable Double number(double value) {
        return Double.isFinite(value) ? value : null;
    }

    private void summary(Trainer.Losses losses, Evaluation evaluation, PrintWriter out) {
        int last = plan.epochs() - 1;
        out.println(String.format(Locale.ROOT, "%d epochs in %.1f s (%,d rows/s), loss %.4g%s", plan.epochs(), losses.seconds(),
                Math.round((double) plan.epochs() * data.training().rowCount() / Math.max(losses.seconds(), 1e-9)),
                losses.training()[last], losses.heldOut().length == 0 ? "" : String.format(Locale.ROOT, ", held-out loss %.4g",
                        losses.heldOut()[last])));
        switch (evaluation) {
            case Evaluation.Regression r -> {
                for (int c = 0; c < r.targets().size(); c++) {
                    out.println(String.format(Locale.ROOT, "%s: RMSE %.4g, R^2 %.4f on %s", r.targets().get(c), r.rmse()[c], r.r2()[c],
                            rowsOf()));
                }
            }
            case Evaluation.Classification c -> {
                out.println(String.format(Locale.ROOT, "accuracy %.2f %% on %s", 100 * c.accuracy(), rowsOf()));
                confusion(c, out);
            }
        }
    }

    private static void confusion(Evaluation.Classification c, PrintWriter out) {
        if (c.classes().size() > MOST_PRINTED_CLASSES) {
            return;
        }
        int width = Math.max(4, c.classes().stream().mapToInt(String::length).max().orElse(0));
        String cell = " %" + width + "s";
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "  %" + width + "s", "true"));
        c.classes().forEach(name -> text.append(String.format(Locale.ROOT, cell, name)));
        text.append("  (predicted)");
        for (int t = 0; t < c.classes().size(); t++) {
            text.append(System.lineSeparator()).append(String.format(Locale.ROOT, "  %" + width + "s", c.classes().get(t)));
            for (long count : c.confusion()[t]) {
                text.append(String.format(Locale.ROOT, cell, count == 0 ? "." : Long.toString(count)));
            }
        }
        out.println(text);
    }
}
