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

/** The product of two square float32 matrices, written into a buffer that is used again. */
final class MatrixProduct implements Workload {
    private final long size;
    private final List<Tensor> inputs = new ArrayList<>();

    MatrixProduct(long size) {
        this.size = size;
    }

    @Override
    public String name() {
        return "matmul" + size;
    }

    @Override
    public String unit() {
        return "GFLOP/s";
    }

    @Override
    public boolean higherIsBetter() {
        return true;
    }

    @Override
    public void setUp(Device device) {
        Generator generator = new Generator(1);
        for (int i = 0; i < 2; i++) {
            inputs.add(Tensor.rand(Shape.of(size, size), DType.FLOAT32, generator).to(device).clone().realize());
        }
        device.synchronize();
    }

    @Override
    public void run() {
        try (var _ = Autograd.noGrad(); Tensor result = inputs.get(0).matmul(inputs.get(1))) {
            result.realize();
        }
    }

    @Override
    public double figure(double seconds) {
        return 2.0 * size * size * size / seconds * 1e-9;
    }

    @Override
    public void close() {
        inputs.forEach(Tensor::close);
        inputs.clear();
    }
}
