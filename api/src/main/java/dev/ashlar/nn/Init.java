// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Ashlar;
import dev.ashlar.Generator;
import dev.ashlar.Tensor;
import dev.ashlar.autograd.Autograd;
import dev.ashlar.type.DType;
import dev.ashlar.type.Shape;
import dev.ashlar.type.ShapeMismatchException;

/**
 * Initial values: each method overwrites a tensor and returns it. Numbers are drawn from {@link Ashlar#generator()} unless a generator
 * is given.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/nn.init.html">torch.nn.init</a>
 */
public final class Init {
    private Init() {}

    /** Evenly from [low, high). */
    public static Tensor uniform(Tensor target, double low, double high) {
        return uniform(target, low, high, Ashlar.generator());
    }

    public static Tensor uniform(Tensor target, double low, double high, Generator generator) {
        try (var _ = Autograd.noGrad()) {
            return target.uniformAssign(low, high, generator);
        }
    }

    /** From the normal distribution. */
    public static Tensor normal(Tensor target, double mean, double std) {
        return normal(target, mean, std, Ashlar.generator());
    }

    public static Tensor normal(Tensor target, double mean, double std, Generator generator) {
        try (var _ = Autograd.noGrad()) {
            return target.normalAssign(mean, std, generator);
        }
    }

    public static Tensor constant(Tensor target, double value) {
        try (var _ = Autograd.noGrad()) {
            return target.fill(value);
        }
    }

    public static Tensor zeros(Tensor target) {
        return constant(target, 0);
    }

    public static Tensor ones(Tensor target) {
        return constant(target, 1);
    }

    /**
     * Evenly from plus or minus gain * sqrt(3 / inputs), gain being sqrt(2 / (1 + a^2)).
     *
     * @param a the slope of the rectifier that follows, below 0; 0 for ReLU
     * @see <a href="https://arxiv.org/abs/1502.01852">He et al.: Delving deep into rectifiers</a>
     */
    public static Tensor kaimingUniform(Tensor target, double a) {
        double bound = Math.sqrt(3) * (Math.sqrt(2 / (1 + a * a)) / Math.sqrt(inputs(target.shape())));
        return uniform(target, -bound, bound);
    }

    /** From the normal distribution with deviation gain / sqrt(inputs), gain being sqrt(2 / (1 + a^2)). */
    public static Tensor kaimingNormal(Tensor target, double a) {
        return normal(target, 0, Math.sqrt(2 / (1 + a * a)) / Math.sqrt(inputs(target.shape())));
    }

    /**
     * Evenly from plus or minus gain * sqrt(6 / (inputs + outputs)).
     *
     * @see <a href="https://proceedings.mlr.press/v9/glorot10a.html">Glorot, Bengio: Understanding the difficulty of training deep
     *     feedforward neural networks</a>
     */
    public static Tensor xavierUniform(Tensor target, double gain) {
        double bound = Math.sqrt(3) * (gain * Math.sqrt(2.0 / (inputs(target.shape()) + outputs(target.shape()))));
        return uniform(target, -bound, bound);
    }

    /** From the normal distribution with deviation gain * sqrt(2 / (inputs + outputs)). */
    public static Tensor xavierNormal(Tensor target, double gain) {
        return normal(target, 0, gain * Math.sqrt(2.0 / (inputs(target.shape()) + outputs(target.shape()))));
    }

    /** Returns new float32 numbers drawn evenly from [-bound, bound). */
    static Tensor drawUniform(double bound, long... sizes) {
        return Tensor.uniform(-bound, bound, Shape.of(sizes), DType.FLOAT32, Ashlar.generator());
    }

    /**
     * Returns a new weight [outputs, inputs, window...] as linear and convolution layers start with: evenly from plus or minus
     * 1 / sqrt(inputs * window), rounded step by step as in PyTorch.
     */
    static Tensor drawWeight(long... sizes) {
        double slope = Math.sqrt(5);
        double gain = Math.sqrt(2 / (1 + slope * slope));
        return drawUniform(Math.sqrt(3) * (gain / Math.sqrt(inputs(Shape.of(sizes)))), sizes);
    }

    /** Returns how many numbers each output of a weight [outputs, inputs, window...] depends on. */
    static long inputs(Shape weight) {
        return matrix(weight).size(1) * window(weight);
    }

    private static long outputs(Shape weight) {
        return matrix(weight).size(0) * window(weight);
    }

    private static Shape matrix(Shape weight) {
        if (weight.rank() < 2) {
            throw new ShapeMismatchException("[init] expected a weight of two or more dimensions, got " + weight
                    + "; use uniform or normal");
        }
        return weight;
    }

    private static long window(Shape weight) {
        long product = 1;
        for (int i = 2; i < weight.rank(); i++) {
            product *= weight.size(i);
        }
        return product;
    }
}
