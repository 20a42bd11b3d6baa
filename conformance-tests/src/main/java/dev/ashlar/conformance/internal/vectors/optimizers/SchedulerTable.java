// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.vectors.optimizers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.optim.AnnealStrategy;
import dev.ashlar.optim.ChainedScheduler;
import dev.ashlar.optim.ConstantLR;
import dev.ashlar.optim.CosineAnnealingLR;
import dev.ashlar.optim.CosineAnnealingWarmRestarts;
import dev.ashlar.optim.CyclicLR;
import dev.ashlar.optim.ExponentialLR;
import dev.ashlar.optim.LRScheduler;
import dev.ashlar.optim.LambdaLR;
import dev.ashlar.optim.LinearLR;
import dev.ashlar.optim.MultiStepLR;
import dev.ashlar.optim.MultiplicativeLR;
import dev.ashlar.optim.OneCycleLR;
import dev.ashlar.optim.Optimizer;
import dev.ashlar.optim.PolynomialLR;
import dev.ashlar.optim.ReduceLROnPlateau;
import dev.ashlar.optim.SWALR;
import dev.ashlar.optim.SequentialLR;
import dev.ashlar.optim.StepLR;
import dev.ashlar.type.InvalidArgumentException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;

/** Makes schedulers from PyTorch's names and arguments. */
final class SchedulerTable {
    private final JsonNode args;
    private final Optimizer optimizer;

    private SchedulerTable(JsonNode args, Optimizer optimizer) {
        this.args = args;
        this.optimizer = optimizer;
    }

    static LRScheduler make(String name, JsonNode args, Optimizer optimizer) {
        return new SchedulerTable(args, optimizer).make(name);
    }

    private LRScheduler make(String name) {
        return switch (name) {
            case "StepLR" -> new StepLR(optimizer, whole("step_size", 0), number("gamma", 0.1));
            case "MultiStepLR" -> new MultiStepLR(optimizer, wholes("milestones"), number("gamma", 0.1));
            case "ConstantLR" -> new ConstantLR(optimizer, number("factor", 1.0 / 3), whole("total_iters", 5));
            case "LinearLR" -> new LinearLR(optimizer, number("start_factor", 1.0 / 3), number("end_factor", 1), whole("total_iters", 5));
            case "ExponentialLR" -> new ExponentialLR(optimizer, number("gamma", 0));
            case "PolynomialLR" -> new PolynomialLR(optimizer, whole("total_iters", 5), number("power", 1));
            case "CosineAnnealingLR" -> new CosineAnnealingLR(optimizer, whole("T_max", 0), number("eta_min", 0));
            case "CosineAnnealingWarmRestarts" ->
                    new CosineAnnealingWarmRestarts(optimizer, whole("T_0", 0), whole("T_mult", 1), number("eta_min", 0));
            case "LambdaLR" -> new LambdaLR(optimizer, functions("lr_lambda"), -1);
            case "MultiplicativeLR" -> new MultiplicativeLR(optimizer, functions("lr_lambda"), -1);
            case "OneCycleLR" -> oneCycle();
            case "CyclicLR" -> cyclic();
            case "ReduceLROnPlateau" -> plateau();
            case "SWALR" -> new SWALR(optimizer, numbers("swa_lr"), whole("anneal_epochs", 10), strategy(), -1);
            case "SequentialLR" -> new SequentialLR(optimizer, inner(), wholes("milestones"));
            case "ChainedScheduler" -> new ChainedScheduler(inner());
            default -> throw new InvalidArgumentException("[vectors] expected a scheduler that there is here, got " + name);
        };
    }

    private LRScheduler oneCycle() {
        int steps = given("total_steps") ? whole("total_steps", 0) : whole("epochs", 0) * whole("steps_per_epoch", 0);
        OneCycleLR.Options options = OneCycleLR.Options.defaults().pctStart(number("pct_start", 0.3)).annealStrategy(strategy())
                .cycleMomentum(flag("cycle_momentum", true)).threePhase(flag("three_phase", false))
                .divFactors(number("div_factor", 25), number("final_div_factor", 1e4));
        options = options.momenta(given("base_momentum") ? numbers("base_momentum") : options.baseMomentum(),
                given("max_momentum") ? numbers("max_momentum") : options.maxMomentum());
        return new OneCycleLR(optimizer, numbers("max_lr"), steps, options, -1);
    }

    private LRScheduler cyclic() {
        CyclicLR.Options options = CyclicLR.Options.defaults().stepSizeUp(whole("step_size_up", 2000))
                .stepSizeDown(whole("step_size_down", 0)).gamma(number("gamma", 1)).cycleMomentum(flag("cycle_momentum", true))
                .momenta(number("base_momentum", 0.8), number("max_momentum", 0.9));
        if (given("mode")) {
            options = options.mode(CyclicLR.Mode.valueOf(upper("mode")));
        }
        if (given("scale_fn")) {
            DoubleUnaryOperator function = Expression.of(args.get("scale_fn").get("expression").asText());
            options = options.scaleFn(function, given("scale_mode") ? CyclicLR.ScaleMode.valueOf(upper("scale_mode"))
                    : CyclicLR.ScaleMode.CYCLE);
        }
        return new CyclicLR(optimizer, numbers("base_lr"), numbers("max_lr"), options, -1);
    }

    private LRScheduler plateau() {
        ReduceLROnPlateau scheduler = new ReduceLROnPlateau(optimizer).factor(number("factor", 0.1)).patience(whole("patience", 10))
                .cooldown(whole("cooldown", 0)).eps(number("eps", 1e-8));
        if (given("mode")) {
            scheduler.mode(ReduceLROnPlateau.Mode.valueOf(upper("mode")));
        }
        if (given("min_lr")) {
            scheduler.minLr(numbers("min_lr"));
        }
        return scheduler.threshold(number("threshold", 1e-4), given("threshold_mode")
                ? ReduceLROnPlateau.ThresholdMode.valueOf(upper("threshold_mode")) : ReduceLROnPlateau.ThresholdMode.REL);
    }

    private List<LRScheduler> inner() {
        List<LRScheduler> schedulers = new ArrayList<>();
        args.get("schedulers").forEach(pair -> schedulers.add(make(pair.get(0).asText(), pair.get(1), optimizer)));
        return schedulers;
    }

    // ---- arguments ----------------------------------------------------------------------------------------------------------------

    private boolean given(String name) {
        return args.hasNonNull(name);
    }

    private double number(String name, double otherwise) {
        return given(name) ? args.get(name).asDouble() : otherwise;
    }

    private int whole(String name, int otherwise) {
        return given(name) ? args.get(name).asInt() : otherwise;
    }

    private boolean flag(String name, boolean otherwise) {
        return given(name) ? args.get(name).asBoolean() : otherwise;
    }

    private String upper(String name) {
        return args.get(name).asText().toUpperCase(Locale.ROOT);
    }

    private AnnealStrategy strategy() {
        return given("anneal_strategy") ? AnnealStrategy.valueOf(upper("anneal_strategy")) : AnnealStrategy.COS;
    }

    private int[] wholes(String name) {
        int[] values = new int[args.get(name).size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = args.get(name).get(i).asInt();
        }
        return values;
    }

    /** Returns one number for each group. */
    private List<Double> numbers(String name) {
        JsonNode node = args.get(name);
        if (!node.isArray()) {
            return Collections.nCopies(optimizer.groups().size(), node.asDouble());
        }
        List<Double> values = new ArrayList<>();
        node.forEach(value -> values.add(value.asDouble()));
        return values;
    }

    /** Returns one function for each group. */
    private List<IntToDoubleFunction> functions(String name) {
        JsonNode node = args.get(name);
        List<IntToDoubleFunction> functions = new ArrayList<>();
        for (int i = 0; i < optimizer.groups().size(); i++) {
            DoubleUnaryOperator function = Expression.of((node.isArray() ? node.get(i) : node).get("expression").asText());
            functions.add(function::applyAsDouble);
        }
        return functions;
    }
}
