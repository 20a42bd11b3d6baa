// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.trainer;

import dev.ashlar.State;
import dev.ashlar.autograd.Autograd;
import dev.ashlar.data.Batch;
import dev.ashlar.nn.Module;
import dev.ashlar.type.InvalidArgumentException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Loss and metrics of a model over batches that it does not learn from. */
final class Evaluation {
    private final Trainer trainer;

    Evaluation(Trainer trainer) {
        this.trainer = trainer;
    }

    Map<String, Double> run(Iterable<Batch> batches, String prefix) {
        Map<Module, Boolean> modes = new LinkedHashMap<>();
        trainer.model.namedModules().values().forEach(module -> modes.put(module, module.isTraining()));
        List<State> before = trainer.metrics.stream().map(Metric::state).toList();
        trainer.model.eval();
        try (var _ = Autograd.noGrad()) {
            return measure(batches, prefix);
        } finally {
            modes.forEach(Module::setTraining);
            for (int i = 0; i < before.size(); i++) {
                trainer.metrics.get(i).loadState(before.get(i));
            }
        }
    }

    private Map<String, Double> measure(Iterable<Batch> batches, String prefix) {
        MeanLoss loss = new MeanLoss();
        trainer.metrics.forEach(Metric::reset);
        boolean any = false;
        for (Batch batch : batches) {
            Forward.Result result = trainer.apply(batch);
            loss.update(result.loss(), batch.rows());
            update(trainer.metrics, result);
            // Computes all that is recorded, so that it does not pile up and the batch may be closed.
            loss.realize();
            any = true;
        }
        if (!any) {
            throw new InvalidArgumentException("[evaluate] expected at least one batch, got none; iterables that can be gone through once"
                    + " only are empty the second time");
        }
        return figures(loss, trainer.metrics, prefix);
    }

    static void update(List<Metric> metrics, Forward.Result result) {
        var output = result.output();
        var target = result.target();
        if (output != null && target != null) {
            metrics.forEach(metric -> metric.update(output, target));
        }
    }

    static Map<String, Double> figures(MeanLoss loss, List<Metric> metrics, String prefix) {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put(prefix + "loss", loss.value());
        for (Metric metric : metrics) {
            metric.values().forEach((name, value) -> {
                if (figures.put(prefix + name, value) != null) {
                    throw new InvalidArgumentException("[trainer] expected metrics with different names, got '" + name + "' twice");
                }
            });
        }
        return figures;
    }
}
