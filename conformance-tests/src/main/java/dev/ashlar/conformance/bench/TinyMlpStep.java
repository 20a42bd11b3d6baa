// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.bench;

import dev.ashlar.Generator;
import dev.ashlar.Tensor;
import dev.ashlar.nn.Layer;
import dev.ashlar.nn.Linear;
import dev.ashlar.nn.Loss;
import dev.ashlar.nn.MSELoss;
import dev.ashlar.nn.ReLU;
import dev.ashlar.nn.Sequential;
import dev.ashlar.optim.Adam;
import dev.ashlar.optim.Optimizer;
import dev.ashlar.type.DType;
import dev.ashlar.type.Shape;

/** A net so small that only what a step costs besides arithmetic counts: 1-10-10-10-1, 25 rows, Adam; 1,000 steps between readings. */
final class TinyMlpStep extends TrainingStep {
    private static final long ROWS = 25;

    TinyMlpStep() {
        super(1000);
    }

    @Override
    public String name() {
        return "tinyMlpStep";
    }

    @Override
    public String unit() {
        return "us";
    }

    @Override
    public boolean higherIsBetter() {
        return false;
    }

    @Override
    Layer model() {
        return new Sequential(new Linear(1, 10), new ReLU(), new Linear(10, 10), new ReLU(), new Linear(10, 10), new ReLU(),
                new Linear(10, 1));
    }

    @Override
    Loss loss() {
        return new MSELoss();
    }

    @Override
    Optimizer optimizer(Layer built) {
        return new Adam(built.parameters(), 1e-4);
    }

    @Override
    Tensor input(Generator generator) {
        return Tensor.rand(Shape.of(ROWS, 1), DType.FLOAT32, generator);
    }

    @Override
    Tensor target(Generator generator) {
        return Tensor.rand(Shape.of(ROWS, 1), DType.FLOAT32, generator);
    }

    @Override
    public double figure(double seconds) {
        return seconds / steps() * 1e6;
    }
}
