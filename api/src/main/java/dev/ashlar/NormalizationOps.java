// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

import dev.ashlar.internal.tensor.Normalization;
import dev.ashlar.internal.tensor.Primitives;
import dev.ashlar.internal.tensor.Widened;
import dev.ashlar.type.DType;
import dev.ashlar.type.DTypeMismatchException;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.Shape;
import dev.ashlar.type.ShapeMismatchException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Normalisation of values by the statistics of groups of them. Dimension 0 is the batch, dimension 1 the channels. Variances are biased,
 * computed in two passes; half types are computed in float32 and rounded once. All can be differentiated twice.
 */
public sealed interface NormalizationOps permits Tensor {
    private Tensor self() {
        return (Tensor) this;
    }

    private static DType type(String name, Tensor x) {
        if (!x.dtype().isFloatingPoint()) {
            throw new DTypeMismatchException("[" + name + "] expected a floating-point tensor, got " + x.dtype()
                    + "; cast it, for example with to(DType.FLOAT32)");
        }
        return x.dtype().arithmetic();
    }

    private static void channels(String name, Tensor x, int rank) {
        if (x.shape().rank() < rank) {
            throw new ShapeMismatchException("[" + name + "] expected a shape [batch, channels, ...] of at least " + rank
                    + " dimensions, got " + x.shape() + "; add the missing ones with unsqueeze");
        }
    }

    private static void fits(String name, String what, @Nullable Tensor x, Shape expected) {
        if (x != null && !x.shape().equals(expected)) {
            throw new ShapeMismatchException("[" + name + "] expected a " + what + " of shape " + expected + ", got " + x.shape()
                    + "; there is one number for each channel or normalised element");
        }
    }

    /** Returns the shape of one number per channel, ready to broadcast. */
    private static long[] line(Tensor x) {
        long[] sizes = new long[x.shape().rank()];
        Arrays.fill(sizes, 1);
        sizes[1] = x.shape().size(1);
        return sizes;
    }

    private static @Nullable Tensor shaped(@Nullable Tensor x, DType type, long[] sizes) {
        return x == null ? null : x.to(type).reshape(sizes);
    }

    private static int[] allBut(int rank, int first, int second) {
        int[] dims = new int[rank];
        int count = 0;
        for (int i = 0; i < rank; i++) {
            if (i != first && i != second) {
                dims[count++] = i;
            }
        }
        return Arrays.copyOf(dims, count);
    }

    // ---- over the batch ---------------------------------------------------------------------------------------------------------

    /** Returns {@link #batchNorm(Tensor, Tensor, Tensor, Tensor, boolean, double, double)} with momentum 0.1 and epsilon 1e-5. */
    default Tensor batchNorm(
            @Nullable Tensor runningMean, @Nullable Tensor runningVar, @Nullable Tensor weight, @Nullable Tensor bias, boolean training) {
        return batchNorm(runningMean, runningVar, weight, bias, training, 0.1, 1e-5);
    }

    /**
     * Normalises each channel: {@code (this - mean) / sqrt(variance + epsilon) * weight + bias}.
     *
     * @param runningMean [channels]; in training moved in place towards the batch's statistics, otherwise normalised by; may be null in
     *     training only; gets no gradient
     * @param runningVar [channels], likewise; moves towards the unbiased variance
     * @param weight [channels], or null for 1
     * @param bias [channels], or null for 0
     * @param training whether to normalise by the statistics of this batch
     * @param momentum the weight of the batch in {@code running = (1 - momentum) * running + momentum * batch}
     * @param epsilon added to the variance
     * @throws InvalidArgumentException in training with only one value per channel, and otherwise without running statistics
     * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.BatchNorm2d.html">torch.nn.BatchNorm2d</a>
     */
    default Tensor batchNorm(
            @Nullable Tensor runningMean,
            @Nullable Tensor runningVar,
            @Nullable Tensor weight,
            @Nullable Tensor bias,
            boolean training,
            double momentum,
            double epsilon) {
        Tensor x = self();
        if (x.numel() == 0 && x.shape().rank() == 1) {
            // As in PyTorch, of nothing there is nothing to normalise, with or without channels.
            return x.mul(1.0);
        }
        channels("batchNorm", x, 2);
        if (training && x.numel() == x.shape().size(1)) {
            throw new InvalidArgumentException("[batchNorm] expected more than one value per channel in training, got shape " + x.shape()
                    + "; use a larger batch, or evaluate");
        }
        return batchNorm("batchNorm", runningMean, runningVar, weight, bias, training, momentum, epsilon).output();
    }

    /**
     * Returns what {@link #batchNorm} returns, and the statistics of the batch, [channels] each; without training these are empty. One
     * value per channel is allowed: its unbiased variance is NaN. The statistics get no gradient.
     */
    default Normalized nativeBatchNormLegit(
            @Nullable Tensor weight,
            @Nullable Tensor bias,
            @Nullable Tensor runningMean,
            @Nullable Tensor runningVar,
            boolean training,
            double momentum,
            double epsilon) {
        channels("nativeBatchNormLegit", self(), 2);
        return batchNorm("nativeBatchNormLegit", runningMean, runningVar, weight, bias, training, momentum, epsilon);
    }

    private Normalized batchNorm(
            String name,
            @Nullable Tensor runningMean,
            @Nullable Tensor runningVar,
            @Nullable Tensor weight,
            @Nullable Tensor bias,
            boolean training,
            double momentum,
            double epsilon) {
        Tensor x = self();
        DType type = type(name, x);
        Shape channels = Shape.of(x.shape().size(1));
        fits(name, "running mean", runningMean, channels);
        fits(name, "running variance", runningVar, channels);
        fits(name, "weight", weight, channels);
        fits(name, "bias", bias, channels);
        long[] line = line(x);
        Tensor scale = shaped(weight, type, line);
        Tensor shift = shaped(bias, type, line);
        if (!training) {
            if (runningMean == null || runningVar == null) {
                throw new InvalidArgumentException("[" + name + "] expected running statistics outside of training, got none; pass them, or"
                        + " normalise by the batch");
            }
            Tensor mean = runningMean.to(type).reshape(line);
            Tensor variance = runningVar.to(type).reshape(line);
            Tensor y = Normalization.fixed(name, x.to(type), mean, variance, epsilon, scale, shift);
            Tensor nothing = Primitives.full(Shape.of(0), 0.0, x.dtype(), Primitives.runtimeOf(x));
            return new Normalized(y.to(x.dtype()), nothing, nothing);
        }
        Normalization.Result result = Normalization.centred(name, x.to(type), allBut(x.shape().rank(), 1, 1), epsilon, scale, shift);
        if (x.numel() > 0) {
            Normalization.track(result, x.numel() / channels.elements(), momentum, runningMean, runningVar, null);
        }
        return new Normalized(
                result.output().to(x.dtype()),
                java.util.Objects.requireNonNull(result.statistics().mean()).reshape(channels.toArray()).to(x.dtype()),
                result.statistics().rstd().reshape(channels.toArray()).to(x.dtype()));
    }

    // ---- over a sample ----------------------------------------------------------------------------------------------------------

    /** Normalises each channel of each sample by its own statistics. */
    default Tensor instanceNorm() {
        return instanceNorm(null, null, null, null, true, 0.1, 1e-5);
    }

    /**
     * Normalises each channel of each sample: as {@link #batchNorm(Tensor, Tensor, Tensor, Tensor, boolean, double, double)}, but each
     * sample has statistics of its own, the mean of which moves the running ones.
     *
     * @param useInputStats whether to normalise by the samples' statistics; if not, by the running ones
     * @throws InvalidArgumentException with only one value per channel and sample, and without any statistics
     * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.InstanceNorm2d.html">torch.nn.InstanceNorm2d</a>
     */
    default Tensor instanceNorm(
            @Nullable Tensor runningMean,
            @Nullable Tensor runningVar,
            @Nullable Tensor weight,
            @Nullable Tensor bias,
            boolean useInputStats,
            double momentum,
            double epsilon) {
        Tensor x = self();
        channels("instanceNorm", x, 2);
        if (!useInputStats) {
            return batchNorm("instanceNorm", runningMean, runningVar, weight, bias, false, momentum, epsilon).output();
        }
        DType type = type("instanceNorm", x);
        long samples = x.shape().size(0);
        Shape channels = Shape.of(x.shape().size(1));
        long count = x.numel() / Math.max(1, samples * channels.elements());
        if (count == 1) {
            throw new InvalidArgumentException("[instanceNorm] expected more than one value per channel and sample, got shape " + x.shape()
                    + "; normalise by running statistics, or over the batch");
        }
        fits("instanceNorm", "running mean", runningMean, channels);
        fits("instanceNorm", "running variance", runningVar, channels);
        fits("instanceNorm", "weight", weight, channels);
        fits("instanceNorm", "bias", bias, channels);
        Normalization.Result result = Normalization.centred("instanceNorm", x.to(type), allBut(x.shape().rank(), 0, 1), epsilon,
                shaped(weight, type, line(x)), shaped(bias, type, line(x)));
        Normalization.track(result, count, momentum, runningMean, runningVar, new long[] {samples, channels.elements()});
        return result.output().to(x.dtype());
    }

    /** Returns {@link #groupNorm(long, Tensor, Tensor, double)} without weight and bias, epsilon 1e-5. */
    default Tensor groupNorm(long groups) {
        return groupNorm(groups, null, null, 1e-5);
    }

    /**
     * Normalises groups of neighbouring channels of each sample.
     *
     * @param groups how many; the number of channels is a multiple of it
     * @param weight [channels], or null for 1
     * @param bias [channels], or null for 0
     * @param epsilon added to the variance
     * @see <a href="https://arxiv.org/abs/1803.08494">Wu, He: Group normalization</a>
     */
    default Tensor groupNorm(long groups, @Nullable Tensor weight, @Nullable Tensor bias, double epsilon) {
        Tensor x = self();
        return grouped("groupNorm", groups, weight, bias, epsilon).output().reshape(x.shape().toArray()).to(x.dtype());
    }

    /**
     * Returns what {@link #groupNorm} returns, and the statistics, [samples, groups] each. The sizes are those of the shape: samples,
     * channels, and the product of all others.
     */
    default Normalized nativeGroupNorm(
            @Nullable Tensor weight, @Nullable Tensor bias, long samples, long channels, long others, long groups, double epsilon) {
        channels("nativeGroupNorm", self(), 2);
        Shape shape = self().shape();
        if (shape.size(0) != samples || shape.size(1) != channels || shape.elements() != samples * channels * others) {
            throw new ShapeMismatchException("[nativeGroupNorm] expected the sizes of shape " + shape + ", got " + samples + " samples, "
                    + channels + " channels and " + others + " others; use groupNorm, which needs none");
        }
        Normalization.Result result = grouped("nativeGroupNorm", groups, weight, bias, epsilon);
        return new Normalized(
                result.output().reshape(shape.toArray()).to(self().dtype()),
                result.statistics().recordedMean().reshape(samples, groups).to(self().dtype()),
                result.statistics().recordedRstd().reshape(samples, groups).to(self().dtype()));
    }

    private Normalization.Result grouped(String name, long groups, @Nullable Tensor weight, @Nullable Tensor bias, double epsilon) {
        Tensor x = self();
        channels(name, x, 2);
        DType type = type(name, x);
        long samples = x.shape().size(0);
        long channels = x.shape().size(1);
        if (groups < 1 || channels % groups != 0) {
            throw new InvalidArgumentException("[" + name + "] expected a number of groups that divides the " + channels
                    + " channels of shape " + x.shape() + ", got " + groups + "; 1 and " + channels + " always do");
        }
        fits(name, "weight", weight, Shape.of(channels));
        fits(name, "bias", bias, Shape.of(channels));
        long others = x.numel() / Math.max(1, samples * channels);
        long[] line = {1, groups, channels / groups, 1};
        Tensor parts = x.to(type).reshape(samples, groups, channels / groups, others);
        return Normalization.centred(
                name, parts, new int[] {2, 3}, epsilon, shaped(weight, type, line), shaped(bias, type, line));
    }

    /** Returns {@link #layerNorm(long[], Tensor, Tensor, double)} without weight and bias, epsilon 1e-5. */
    default Tensor layerNorm(long... normalizedShape) {
        return layerNorm(normalizedShape, null, null, 1e-5);
    }

    /**
     * Normalises over the last dimensions.
     *
     * @param normalizedShape their sizes, at least one
     * @param weight of that shape, or null for 1
     * @param bias of that shape, or null for 0
     * @param epsilon added to the variance
     * @see <a href="https://arxiv.org/abs/1607.06450">Ba, Kiros, Hinton: Layer normalization</a>
     */
    default Tensor layerNorm(long[] normalizedShape, @Nullable Tensor weight, @Nullable Tensor bias, double epsilon) {
        return layered("layerNorm", normalizedShape, weight, bias, epsilon).output().to(self().dtype());
    }

    /** Returns what {@link #layerNorm} returns, and the statistics, with size 1 in the normalised dimensions. */
    default Normalized nativeLayerNorm(long[] normalizedShape, @Nullable Tensor weight, @Nullable Tensor bias, double epsilon) {
        DType type = self().dtype();
        Normalization.Result result = layered("nativeLayerNorm", normalizedShape, weight, bias, epsilon);
        return new Normalized(
                result.output().to(type), result.statistics().recordedMean().to(type), result.statistics().recordedRstd().to(type));
    }

    private Normalization.Result layered(String name, long[] normalizedShape, @Nullable Tensor weight, @Nullable Tensor bias,
            double epsilon) {
        Tensor x = self();
        DType type = type(name, x);
        int[] dims = lastDims(name, x, normalizedShape);
        fits(name, "weight", weight, Shape.of(normalizedShape));
        fits(name, "bias", bias, Shape.of(normalizedShape));
        return Normalization.centred(name, x.to(type), dims, epsilon, Widened.to(weight, type), Widened.to(bias, type));
    }

    private static int[] lastDims(String name, Tensor x, long[] normalizedShape) {
        int rank = x.shape().rank();
        int[] dims = new int[normalizedShape.length];
        boolean fits = dims.length > 0 && rank >= dims.length;
        for (int i = 0; fits && i < dims.length; i++) {
            dims[i] = rank - dims.length + i;
            fits = x.shape().size(dims[i]) == normalizedShape[i];
        }
        if (!fits) {
            throw new ShapeMismatchException("[" + name + "] expected an input whose last dimensions are "
                    + Arrays.toString(normalizedShape) + ", one at least, got " + x.shape() + "; name the sizes to normalise over");
        }
        return dims;
    }

    /** Returns {@link #rmsNorm(long[], Tensor, Double)} without weight. */
    default Tensor rmsNorm(long... normalizedShape) {
        return rmsNorm(normalizedShape, null, null);
    }

    /**
     * Divides by the root mean square over the last dimensions: {@code this / sqrt(mean(this^2) + epsilon) * weight}.
     *
     * @param normalizedShape the sizes of those dimensions, at least one
     * @param weight of that shape, or null for 1
     * @param epsilon null for the distance from 1 to the next number of the type that is computed in
     * @see <a href="https://arxiv.org/abs/1910.07467">Zhang, Sennrich: Root mean square layer normalization</a>
     */
    default Tensor rmsNorm(long[] normalizedShape, @Nullable Tensor weight, @Nullable Double epsilon) {
        Tensor x = self();
        DType type = type("rmsNorm", x);
        int[] dims = lastDims("rmsNorm", x, normalizedShape);
        fits("rmsNorm", "weight", weight, Shape.of(normalizedShape));
        double added = epsilon != null ? epsilon : type == DType.FLOAT64 ? Math.ulp(1.0) : Math.ulp(1f);
        return Normalization.rootMeanSquare("rmsNorm", x.to(type), dims, added, Widened.to(weight, type)).to(x.dtype());
    }

    // ---- across channels --------------------------------------------------------------------------------------------------------

    /** Returns {@link #localResponseNorm(long, double, double, double)} with alpha 1e-4, beta 0.75, k 1. */
    default Tensor localResponseNorm(long size) {
        return localResponseNorm(size, 1e-4, 0.75, 1);
    }

    /**
     * Divides by a power of the mean square of neighbouring channels: {@code this / (k + alpha * mean)^beta}. The mean is over
     * {@code size} channels around each, those before the first and after the last count as 0; of integers it is truncated.
     *
     * @param size how many channels, &gt;= 1
     * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.LocalResponseNorm.html">torch.nn.LocalResponseNorm</a>
     */
    default Tensor localResponseNorm(long size, double alpha, double beta, double k) {
        Tensor x = self();
        channels("localResponseNorm", x, 3);
        if (size < 1) {
            throw new InvalidArgumentException("[localResponseNorm] expected a size of at least 1, got " + size + "; 5 is usual");
        }
        if (x.numel() == 0) {
            return x;
        }
        if (x.dtype().isFloatingPoint()) {
            return Widened.apply(x, v -> {
                Tensor mean = squares(v, size).div((double) size);
                return v.div(mean.mul(alpha).add(k).pow(beta));
            });
        }
        Tensor mean = squares(x, size).floorDivide(Primitives.scalarOf(x, size, DType.INT64));
        return x.div(mean.mul(alpha).add(k).pow(beta));
    }

    private static Tensor squares(Tensor x, long size) {
        long[] amounts = new long[2 * (x.shape().rank() - 1)];
        amounts[amounts.length - 2] = size / 2;
        amounts[amounts.length - 1] = (size - 1) / 2;
        return x.square().pad(0, amounts).unfold(1, size, 1).sum(-1);
    }

    // ---- lengths ----------------------------------------------------------------------------------------------------------------

    /** Returns {@link #normalize(double, int, double)} with p 2, dimension 1, epsilon 1e-12. */
    default Tensor normalize() {
        return normalize(2, 1, 1e-12);
    }

    /**
     * Divides by norms over a dimension: {@code this / max(norm, epsilon)}.
     *
     * @param p the order of the norm, see {@link Tensor#norm(double, int[], boolean)}
     */
    default Tensor normalize(double p, int dim, double epsilon) {
        int at = self().shape().dim("normalize", dim);
        return Widened.apply(self(), x -> x.div(x.norm(p, new int[] {at}, true).clampMin(epsilon)));
    }
}
