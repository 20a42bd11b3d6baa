// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.bench;

import dev.ashlar.Ashlar;
import dev.ashlar.Device;
import dev.ashlar.Generator;
import dev.ashlar.Tensor;
import dev.ashlar.nn.Layer;
import dev.ashlar.nn.Loss;
import dev.ashlar.optim.Optimizer;
import dev.ashlar.type.AshlarException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Steps of a training on one batch that stays: zeroGrad, forward, loss, backward, step; the loss is read after the last of a run. */
abstract class TrainingStep implements Workload {
    private final int steps;
    private @Nullable Layer model;
    private @Nullable Optimizer optimizer;
    private @Nullable Loss loss;
    private @Nullable Tensor input;
    private @Nullable Tensor target;

    /** @param steps in a run */
    TrainingStep(int steps) {
        this.steps = steps;
    }

    abstract Layer model();

    abstract Loss loss();

    abstract Optimizer optimizer(Layer built);

    abstract Tensor input(Generator generator);

    abstract Tensor target(Generator generator);

    int steps() {
        return steps;
    }

    @Override
    public final void setUp(Device device) {
        Ashlar.seed(1);
        Generator generator = new Generator(2);
        Layer built = model().to(device);
        model = built;
        optimizer = optimizer(built);
        loss = loss();
        input = input(generator).to(device).clone().realize();
        target = target(generator).to(device).clone().realize();
        device.synchronize();
    }

    @Override
    public final void run() {
        Layer layer = Objects.requireNonNull(model);
        Optimizer update = Objects.requireNonNull(optimizer);
        Loss distance = Objects.requireNonNull(loss);
        Tensor x = Objects.requireNonNull(input);
        Tensor y = Objects.requireNonNull(target);
        Tensor last = null;
        for (int i = 0; i < steps; i++) {
            update.zeroGrad();
            last = distance.forward(layer.forward(x), y);
            last.backward();
            update.step();
        }
        double value = Objects.requireNonNull(last).item();
        if (!Double.isFinite(value)) {
            throw new AshlarException("[bench] expected a finite loss of " + name() + ", got " + value + "; the device computes wrongly");
        }
    }

    @Override
    public final void close() {
        if (model != null) {
            model.parameters().forEach(parameter -> parameter.tensor().close());
        }
        if (input != null && target != null) {
            input.close();
            target.close();
        }
        model = null;
        optimizer = null;
        input = null;
        target = null;
    }
}
