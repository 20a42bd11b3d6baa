// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.bench;

import dev.ashlar.Generator;
import dev.ashlar.Tensor;
import dev.ashlar.nn.AbstractModule;
import dev.ashlar.nn.CrossEntropyLoss;
import dev.ashlar.nn.Init;
import dev.ashlar.nn.Layer;
import dev.ashlar.nn.Linear;
import dev.ashlar.nn.Loss;
import dev.ashlar.nn.Parameter;
import dev.ashlar.optim.Adam;
import dev.ashlar.optim.Optimizer;
import dev.ashlar.type.DType;
import dev.ashlar.type.Shape;

/** A small convolutional net: two of 3x3 with pooling, two linear layers; cross-entropy, Adam, 64 images of 28x28. */
final class CnnTrain extends TrainingStep {
    private static final long IMAGES = 64;
    private static final double LEARNING_RATE = 1e-3;

    CnnTrain() {
        super(5);
    }

    private static final class Net extends AbstractModule implements Layer {
        private final Parameter first = registerParameter("first", Init.kaimingUniform(Tensor.zeros(32, 1, 3, 3), Math.sqrt(5)));
        private final Parameter firstBias = registerParameter("firstBias", Tensor.zeros(32));
        private final Parameter second = registerParameter("second", Init.kaimingUniform(Tensor.zeros(64, 32, 3, 3), Math.sqrt(5)));
        private final Parameter secondBias = registerParameter("secondBias", Tensor.zeros(64));
        private final Linear hidden = register("hidden", new Linear(3136, 128));
        private final Linear output = register("output", new Linear(128, 10));

        @Override
        public Tensor forward(Tensor images) {
            Tensor half = images.conv2d(first.tensor(), firstBias.tensor(), 1, 1).relu().maxPool2d(2);
            Tensor quarter = half.conv2d(second.tensor(), secondBias.tensor(), 1, 1).relu().maxPool2d(2);
            return output.forward(hidden.forward(quarter.flatten(1)).relu());
        }
    }

    @Override
    public String name() {
        return "cnnTrain";
    }

    @Override
    public String unit() {
        return "images/s";
    }

    @Override
    public boolean higherIsBetter() {
        return true;
    }

    @Override
    Layer model() {
        return new Net();
    }

    @Override
    Loss loss() {
        return new CrossEntropyLoss();
    }

    @Override
    Optimizer optimizer(Layer built) {
        return new Adam(built.parameters(), LEARNING_RATE);
    }

    @Override
    Tensor input(Generator generator) {
        return Tensor.rand(Shape.of(IMAGES, 1, 28, 28), DType.FLOAT32, generator);
    }

    @Override
    Tensor target(Generator generator) {
        return Tensor.rand(Shape.of(IMAGES), DType.FLOAT32, generator).mul(10).to(DType.INT64);
    }

    @Override
    public double figure(double seconds) {
        return IMAGES * steps() / seconds;
    }
}
