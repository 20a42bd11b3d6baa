// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.bench;

import dev.ashlar.Device;
import dev.ashlar.Generator;
import dev.ashlar.Tensor;
import dev.ashlar.autograd.Autograd;
import dev.ashlar.type.DType;
import dev.ashlar.type.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** One float32 expression of a few inputs that are there; its result goes into a buffer that is used again. */
final class ElementwiseWorkload implements Workload {
    private static final Shape LARGE = Shape.of(1 << 24);
    private static final Shape ROWS = Shape.of(4096, 1024);
    private static final Shape ROW = Shape.of(1024);
    private static final double EPSILON = 1e-5;

    private final String name;
    private final List<Shape> shapes;
    private final Function<List<Tensor>, Tensor> expression;
    private final List<Tensor> inputs = new ArrayList<>();

    private ElementwiseWorkload(String name, List<Shape> shapes, Function<List<Tensor>, Tensor> expression) {
        this.name = name;
        this.shapes = shapes;
        this.expression = expression;
    }

    static ElementwiseWorkload chain16M() {
        return new ElementwiseWorkload("chain16M", List.of(LARGE, LARGE, LARGE, LARGE),
                x -> x.get(0).mul(x.get(1)).add(x.get(2)).relu().mul(x.get(3)));
    }

    static ElementwiseWorkload sum16M() {
        return new ElementwiseWorkload("sum16M", List.of(LARGE), x -> x.getFirst().sum());
    }

    static ElementwiseWorkload softmax() {
        return new ElementwiseWorkload("softmax4096x1024", List.of(ROWS), x -> x.getFirst().softmax(1));
    }

    /** Composed of single operations, as nn.LayerNorm is. */
    static ElementwiseWorkload layerNorm() {
        return new ElementwiseWorkload("layernorm4096x1024", List.of(ROWS, ROW, ROW), x -> {
            Tensor centred = x.get(0).sub(x.get(0).mean(1, true));
            return centred.mul(centred.square().mean(1, true).add(EPSILON).rsqrt()).mul(x.get(1)).add(x.get(2));
        });
    }

    static ElementwiseWorkload gelu16M() {
        return new ElementwiseWorkload("gelu16M", List.of(LARGE), x -> x.getFirst().gelu());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String unit() {
        return "ms";
    }

    @Override
    public boolean higherIsBetter() {
        return false;
    }

    @Override
    public void setUp(Device device) {
        Generator generator = new Generator(1);
        for (Shape shape : shapes) {
            inputs.add(Tensor.rand(shape, DType.FLOAT32, generator).sub(0.5).to(device).clone().realize());
        }
        device.synchronize();
    }

    @Override
    public void run() {
        try (var _ = Autograd.noGrad(); Tensor result = expression.apply(inputs)) {
            result.realize();
        }
    }

    @Override
    public double figure(double seconds) {
        return seconds * 1e3;
    }

    @Override
    public void close() {
        inputs.forEach(Tensor::close);
        inputs.clear();
    }
}
