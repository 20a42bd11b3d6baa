// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Ashlar;
import dev.ashlar.Generator;
import dev.ashlar.QR;
import dev.ashlar.Tensor;
import dev.ashlar.autograd.Autograd;
import dev.ashlar.type.DType;
import dev.ashlar.type.InvalidArgumentException;
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

    /** Evenly from [0, 1). */
    public static Tensor uniform(Tensor target) {
        return uniform(target, 0, 1);
    }

    /** Evenly from [low, high). */
    public static Tensor uniform(Tensor target, double low, double high) {
        return uniform(target, low, high, Ashlar.generator());
    }

    public static Tensor uniform(Tensor target, double low, double high, Generator generator) {
        try (var _ = Autograd.noGrad()) {
            return target.uniformAssign(low, high, generator);
        }
    }

    /** From the standard normal distribution. */
    public static Tensor normal(Tensor target) {
        return normal(target, 0, 1);
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

    // ---- scaled by what follows --------------------------------------------------------------------------------------------------

    /** Returns the factor that keeps variances through a nonlinearity; LeakyReLU's slope is 0.01. */
    public static double calculateGain(Nonlinearity nonlinearity) {
        return calculateGain(nonlinearity, 0.01);
    }

    /**
     * Returns the factor that keeps variances through a nonlinearity: 1 for linear ones and the sigmoid, 5/3 for tanh, sqrt(2) for ReLU,
     * sqrt(2 / (1 + slope^2)) for LeakyReLU, 3/4 for SELU.
     *
     * @param slope of LeakyReLU below 0; others ignore it
     */
    public static double calculateGain(Nonlinearity nonlinearity, double slope) {
        return switch (nonlinearity) {
            case LINEAR, CONVOLUTION, SIGMOID -> 1;
            case TANH -> 5.0 / 3;
            case RELU -> Math.sqrt(2);
            case LEAKY_RELU -> Math.sqrt(2 / (1 + slope * slope));
            case SELU -> 0.75;
        };
    }

    private static double kaiming(Tensor target, Fan fan, double gain) {
        Shape shape = target.shape();
        // There is nothing to draw then, and maybe nothing to count either.
        return shape.elements() == 0 ? 0 : gain / Math.sqrt(fan == Fan.IN ? inputs(shape) : outputs(shape));
    }

    /** As the full one, with the number of inputs and {@link Nonlinearity#LEAKY_RELU}. */
    public static Tensor kaimingUniform(Tensor target, double a) {
        return kaimingUniform(target, a, Fan.IN, Nonlinearity.LEAKY_RELU);
    }

    public static Tensor kaimingUniform(Tensor target, double a, Fan fan, Nonlinearity nonlinearity) {
        return kaimingUniform(target, a, fan, nonlinearity, Ashlar.generator());
    }

    /**
     * Evenly from plus or minus gain * sqrt(3 / fan).
     *
     * @param a the slope below 0 of the rectifier that follows, if that is what follows; 0 for ReLU
     * @param fan whether inputs or outputs are counted
     * @see <a href="https://arxiv.org/abs/1502.01852">He et al.: Delving deep into rectifiers</a>
     */
    public static Tensor kaimingUniform(Tensor target, double a, Fan fan, Nonlinearity nonlinearity, Generator generator) {
        double bound = Math.sqrt(3) * kaiming(target, fan, calculateGain(nonlinearity, a));
        return uniform(target, -bound, bound, generator);
    }

    /** As the full one, with the number of inputs and {@link Nonlinearity#LEAKY_RELU}. */
    public static Tensor kaimingNormal(Tensor target, double a) {
        return kaimingNormal(target, a, Fan.IN, Nonlinearity.LEAKY_RELU);
    }

    public static Tensor kaimingNormal(Tensor target, double a, Fan fan, Nonlinearity nonlinearity) {
        return kaimingNormal(target, a, fan, nonlinearity, Ashlar.generator());
    }

    /** From the normal distribution with deviation gain / sqrt(fan); parameters as in {@link #kaimingUniform}. */
    public static Tensor kaimingNormal(Tensor target, double a, Fan fan, Nonlinearity nonlinearity, Generator generator) {
        return normal(target, 0, kaiming(target, fan, calculateGain(nonlinearity, a)), generator);
    }

    private static double xavier(Tensor target, double gain) {
        return gain * Math.sqrt(2.0 / (inputs(target.shape()) + outputs(target.shape())));
    }

    /** As the full one, with a gain of 1. */
    public static Tensor xavierUniform(Tensor target) {
        return xavierUniform(target, 1);
    }

    public static Tensor xavierUniform(Tensor target, double gain) {
        return xavierUniform(target, gain, Ashlar.generator());
    }

    /**
     * Evenly from plus or minus gain * sqrt(6 / (inputs + outputs)).
     *
     * @see <a href="https://proceedings.mlr.press/v9/glorot10a.html">Glorot, Bengio: Understanding the difficulty of training deep
     *     feedforward neural networks</a>
     */
    public static Tensor xavierUniform(Tensor target, double gain, Generator generator) {
        double bound = Math.sqrt(3) * xavier(target, gain);
        return uniform(target, -bound, bound, generator);
    }

    /** As the full one, with a gain of 1. */
    public static Tensor xavierNormal(Tensor target) {
        return xavierNormal(target, 1);
    }

    public static Tensor xavierNormal(Tensor target, double gain) {
        return xavierNormal(target, gain, Ashlar.generator());
    }

    /** From the normal distribution with deviation gain * sqrt(2 / (inputs + outputs)). */
    public static Tensor xavierNormal(Tensor target, double gain, Generator generator) {
        return normal(target, 0, xavier(target, gain), generator);
    }

    // ---- other ways -------------------------------------------------------------------------------------------------------------

    /** From the standard normal distribution between -2 and 2. */
    public static Tensor truncNormal(Tensor target) {
        return truncNormal(target, 0, 1);
    }

    /** As the full one, between -2 and 2, whatever the deviation. */
    public static Tensor truncNormal(Tensor target, double mean, double std) {
        return truncNormal(target, mean, std, -2, 2);
    }

    public static Tensor truncNormal(Tensor target, double mean, double std, double low, double high) {
        return truncNormal(target, mean, std, low, high, Ashlar.generator());
    }

    /**
     * From that part of the normal distribution which lies in [low, high]. Draws again what is rejected, and waits for the device after
     * each round: normal numbers, where more than three tenths of the distribution lie inside, else even ones, each accepted with its
     * density relative to the highest one.
     *
     * @throws InvalidArgumentException if there is no such part
     */
    public static Tensor truncNormal(Tensor target, double mean, double std, double low, double high, Generator generator) {
        if (!(std > 0) || !(low < high)) {
            throw new InvalidArgumentException("[truncNormal] expected a deviation > 0 and bounds in order, got " + std + " and [" + low
                    + ", " + high + "]; use constant for a single value");
        }
        double inside = cumulative((high - mean) / std) - cumulative((low - mean) / std);
        try (var _ = Autograd.noGrad()) {
            if (inside > 0.3) {
                normal(target, mean, std, generator);
                for (Tensor out = outside(target, low, high); out.any().itemBoolean(); out = outside(target, low, high)) {
                    target.assign(out.where(normal(target.zerosLike(), mean, std, generator), target));
                }
                return target;
            }
            double z = (Math.clamp(mean, low, high) - mean) / std;
            double peak = -0.5 * z * z;
            uniform(target, low, high, generator);
            Tensor rejected = rejected(target, mean, std, peak, generator);
            while (rejected.any().itemBoolean()) {
                Tensor candidates = uniform(target.zerosLike(), low, high, generator);
                target.assign(rejected.where(candidates, target));
                rejected = rejected.logicalAnd(rejected(candidates, mean, std, peak, generator));
            }
            return target;
        }
    }

    private static Tensor outside(Tensor values, double low, double high) {
        // Bounds as the values' type holds them, or a value that rounds to one would be drawn again for ever.
        return values.lt(values.newFull(Shape.of(), low)).logicalOr(values.gt(values.newFull(Shape.of(), high)));
    }

    private static Tensor rejected(Tensor candidates, double mean, double std, double peak, Generator generator) {
        Tensor density = candidates.sub(mean).div(std).square().mul(-0.5).sub(peak);
        return uniform(candidates.zerosLike(), 0, 1, generator).log().gt(density);
    }

    private static double cumulative(double x) {
        return 0.5 * (1 + Tensor.scalar(x / Math.sqrt(2), DType.FLOAT64).erf().item());
    }

    /** The identity matrix, as far as it fits. */
    public static Tensor eye(Tensor target) {
        if (target.dim() != 2) {
            throw new ShapeMismatchException("[eye] expected a matrix, got shape " + target.shape() + "; use dirac for convolutions");
        }
        try (var _ = Autograd.noGrad()) {
            Tensor rows = Tensor.arange(target.size(0)).unsqueeze(1);
            return target.assign(rows.eq(Tensor.arange(target.size(1))).to(target.dtype()).to(target.device()));
        }
    }

    /** As the full one, in one group. */
    public static Tensor dirac(Tensor target) {
        return dirac(target, 1);
    }

    /** A convolution's weight [outputs, inputs / groups, window...] that passes on as many channels as it can. */
    public static Tensor dirac(Tensor target, int groups) {
        Shape shape = target.shape();
        if (shape.rank() < 3 || shape.rank() > 5 || groups < 1 || shape.size(0) % groups != 0) {
            throw new ShapeMismatchException("[dirac] expected a convolution's weight of 3 to 5 dimensions whose outputs are a multiple of "
                    + groups + " groups, got shape " + shape + "; use eye for matrices");
        }
        long each = shape.size(0) / groups;
        float[] values = new float[Math.toIntExact(shape.elements())];
        long area = window(shape);
        long middle = 0;
        for (int i = 2; i < shape.rank(); i++) {
            middle = middle * shape.size(i) + shape.size(i) / 2;
        }
        for (long output = 0; output < shape.size(0); output++) {
            long channel = output % each;
            if (channel < shape.size(1)) {
                values[(int) ((output * shape.size(1) + channel) * area + middle)] = 1;
            }
        }
        try (var _ = Autograd.noGrad()) {
            return target.assign(Tensor.of(values, shape.toArray()).to(target.dtype()).to(target.device()));
        }
    }

    /** As the full one, with a gain of 1. */
    public static Tensor orthogonal(Tensor target) {
        return orthogonal(target, 1);
    }

    public static Tensor orthogonal(Tensor target, double gain) {
        return orthogonal(target, gain, Ashlar.generator());
    }

    /**
     * A matrix with orthogonal rows or columns, whichever are fewer, times a gain; further dimensions count as columns. Works on the host.
     *
     * @see <a href="https://arxiv.org/abs/1312.6120">Saxe et al.: Exact solutions to the nonlinear dynamics of learning in deep linear
     *     neural networks</a>
     */
    public static Tensor orthogonal(Tensor target, double gain, Generator generator) {
        Shape shape = matrix(target.shape());
        if (shape.elements() == 0) {
            return target;
        }
        long rows = shape.size(0);
        long columns = shape.elements() / rows;
        try (var _ = Autograd.noGrad()) {
            Tensor drawn = normal(Tensor.zeros(rows, columns).to(target.dtype()).to(target.device()).clone(), 0, 1, generator);
            QR factors = (rows < columns ? drawn.t() : drawn).qr();
            // Q is unique, and evenly distributed, with a positive diagonal of R.
            Tensor q = factors.q().mul(factors.r().diagonal(0, 0, 1).sign());
            return target.assign((rows < columns ? q.t() : q).mul(gain).reshape(shape.toArray()));
        }
    }

    /** As the full one, with a deviation of 0.01. */
    public static Tensor sparse(Tensor target, double sparsity) {
        return sparse(target, sparsity, 0.01);
    }

    public static Tensor sparse(Tensor target, double sparsity, double std) {
        return sparse(target, sparsity, std, Ashlar.generator());
    }

    /**
     * From the normal distribution, with a part of each column set to 0. Which part is drawn on the host, from
     * {@link Ashlar#generator()}.
     *
     * @param sparsity which part, from 0 to 1
     */
    public static Tensor sparse(Tensor target, double sparsity, double std, Generator generator) {
        if (target.dim() != 2 || !(sparsity >= 0 && sparsity <= 1)) {
            throw new ShapeMismatchException("[sparse] expected a matrix and a sparsity in [0, 1], got shape " + target.shape() + " and "
                    + sparsity + "; flatten the further dimensions");
        }
        int rows = Math.toIntExact(target.size(0));
        int columns = Math.toIntExact(target.size(1));
        int zeros = (int) Math.ceil(sparsity * rows);
        normal(target, 0, std, generator);
        boolean[] dropped = new boolean[rows * columns];
        for (int column = 0; column < columns; column++) {
            long[] order = Ashlar.generator().permutation(rows);
            for (int i = 0; i < zeros; i++) {
                dropped[(int) order[i] * columns + column] = true;
            }
        }
        try (var _ = Autograd.noGrad()) {
            return target.assign(target.maskedFill(Tensor.of(dropped, rows, columns).to(target.device()), 0));
        }
    }

    // ---- for layers -------------------------------------------------------------------------------------------------------------

    /** Returns new float32 numbers drawn evenly from [-bound, bound). */
    static Tensor drawUniform(double bound, long... sizes) {
        return Tensor.uniform(-bound, bound, Shape.of(sizes), DType.FLOAT32, Ashlar.generator());
    }

    /**
     * Returns a new weight [outputs, inputs, window...] as linear and convolution layers start with: evenly from plus or minus
     * 1 / sqrt(inputs * window), rounded step by step as in PyTorch.
     */
    static Tensor drawWeight(long... sizes) {
        double gain = calculateGain(Nonlinearity.LEAKY_RELU, Math.sqrt(5));
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
