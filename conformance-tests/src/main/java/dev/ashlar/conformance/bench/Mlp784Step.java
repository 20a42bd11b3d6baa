// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.bench;

import dev.ashlar.Generator;
import dev.ashlar.Tensor;
import dev.ashlar.nn.CrossEntropyLoss;
import dev.ashlar.nn.Layer;
import dev.ashlar.nn.Linear;
import dev.ashlar.nn.Loss;
import dev.ashlar.nn.ReLU;
import dev.ashlar.nn.Sequential;
import dev.ashlar.optim.Optimizer;
import dev.ashlar.optim.SGD;
import dev.ashlar.type.DType;
import dev.ashlar.type.Shape;

/** A net of the size of handwritten digits: 784-512-256-10 with ReLU, cross-entropy, SGD 0.1, 128 rows. */
final class Mlp784Step extends TrainingStep {
    private static final long ROWS = 128;

    Mlp784Step() {
        super(50);
    }

    @Override
    public String name() {
        return "mlp784Step";
    }

    @Override
    public String unit() {
        return "steps/s";
    }

    @Override
    public boolean higherIsBetter() {
        return true;
    }

    @Override
    Layer model() {
        return new Sequential(new Linear(784, 512), new ReLU(), new Linear(512, 256), new ReLU(), new Linear(256, 10));
    }

    @Override
    Loss loss() {
        return new CrossEntropyLoss();
    }

    @Override
    Optimizer optimizer(Layer built) {
        return new SGD(built.parameters(), 0.1);
    }

    @Override
    Tensor input(Generator generator) {
        return Tensor.rand(Shape.of(ROWS, 784), DType.FLOAT32, generator);
    }

    @Override
    Tensor target(Generator generator) {
        return Tensor.rand(Shape.of(ROWS), DType.FLOAT32, generator).mul(10).to(DType.INT64);
    }

    @Override
    public double figure(double seconds) {
        return steps() / seconds;
    }
}
