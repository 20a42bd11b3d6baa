// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;
import dev.ashlar.autograd.Autograd;
import dev.ashlar.type.AshlarException;
import dev.ashlar.type.DType;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.Shape;
import dev.ashlar.type.ShapeMismatchException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * What is done to all parameters of a model, and sequences of different lengths.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/nn.html#utilities">torch.nn.utils</a>
 */
public final class Utils {
    private static final double EPSILON = 1e-6;

    private Utils() {}

    // ---- gradients --------------------------------------------------------------------------------------------------------------

    private static List<Tensor> gradients(List<Parameter> parameters) {
        return parameters.stream().map(Parameter::gradOrNull).filter(Objects::nonNull).toList();
    }

    /** As the full one, with the Euclidean norm. */
    public static Tensor clipGradNorm(List<Parameter> parameters, double maxNorm) {
        return clipGradNorm(parameters, maxNorm, 2, false);
    }

    /**
     * Scales all gradients by one factor so that their norm, as one vector, is at most {@code maxNorm}: by {@code maxNorm / (norm + 1e-6)}
     * if that is less than 1. Nothing waits for the device, unless {@code errorIfNonfinite}.
     *
     * @param normType order of the norm, infinity for the largest size
     * @param errorIfNonfinite whether a norm that is NaN or infinite is an error; if not, such gradients are scaled as they are
     * @return the norm before, zero-dimensional
     * @throws AshlarException if the norm is not finite and that is an error; no gradient has changed
     * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.utils.clip_grad_norm_.html">clip_grad_norm_</a>
     */
    public static Tensor clipGradNorm(List<Parameter> parameters, double maxNorm, double normType, boolean errorIfNonfinite) {
        try (var _ = Autograd.noGrad()) {
            Tensor total = getTotalNorm(gradients(parameters), normType, errorIfNonfinite);
            clipGradsWithNorm(parameters, maxNorm, total);
            return total;
        }
    }

    /**
     * Scales all gradients by {@code maxNorm / (totalNorm + 1e-6)} if that is less than 1.
     *
     * @param totalNorm the norm of the gradients as {@link #getTotalNorm} gives it
     */
    public static void clipGradsWithNorm(List<Parameter> parameters, double maxNorm, Tensor totalNorm) {
        try (var _ = Autograd.noGrad()) {
            Tensor factor = totalNorm.newFull(totalNorm.shape(), maxNorm).div(totalNorm.add(EPSILON)).clampMax(1.0);
            for (Tensor gradient : gradients(parameters)) {
                gradient.assign(gradient.mul(factor.to(gradient.device())).to(gradient.dtype()));
            }
        }
    }

    /** Limits every number of the gradients to [-clipValue, clipValue]. */
    public static void clipGradValue(List<Parameter> parameters, double clipValue) {
        try (var _ = Autograd.noGrad()) {
            gradients(parameters).forEach(gradient -> gradient.assign(gradient.clamp(-clipValue, clipValue)));
        }
    }

    /** Returns the Euclidean norm of tensors as one vector. */
    public static Tensor getTotalNorm(List<Tensor> tensors) {
        return getTotalNorm(tensors, 2, false);
    }

    /**
     * Returns the norm of tensors as one vector, zero-dimensional, on the first one's device; 0 of none.
     *
     * @param normType order of the norm, infinity for the largest size
     * @param errorIfNonfinite whether to wait for the device and see that the norm is a finite number
     * @throws AshlarException if it is not
     */
    public static Tensor getTotalNorm(List<Tensor> tensors, double normType, boolean errorIfNonfinite) {
        if (tensors.isEmpty()) {
            return Tensor.scalar(0.0, DType.FLOAT32);
        }
        Tensor[] norms = tensors.stream().map(tensor -> tensor.vectorNorm(normType, null, false, null).to(tensors.getFirst().device()))
                .toArray(Tensor[]::new);
        Tensor total = norms.length == 1 ? norms[0] : Tensor.stack(0, norms).vectorNorm(normType, null, false, null);
        if (errorIfNonfinite && !total.isFinite().itemBoolean()) {
            throw new AshlarException("[getTotalNorm] expected a finite norm of order " + Repr.of(normType) + " of " + tensors.size()
                    + " tensors, got " + Repr.of(total.item()) + "; skip the step, or pass errorIfNonfinite = false");
        }
        return total;
    }

    // ---- all parameters as one vector -------------------------------------------------------------------------------------------

    /** Returns all numbers of the parameters in a row; gradients flow back. */
    public static Tensor parametersToVector(List<Parameter> parameters) {
        return Tensor.cat(0, parameters.stream().map(parameter -> parameter.tensor().flatten()).toArray(Tensor[]::new));
    }

    /**
     * Gives the parameters the values of a vector, as {@link #parametersToVector} lays them out.
     *
     * @throws ShapeMismatchException if there are more or fewer; nothing has changed
     */
    public static void vectorToParameters(Tensor vector, List<Parameter> parameters) {
        long count = parameters.stream().mapToLong(parameter -> parameter.shape().elements()).sum();
        if (vector.dim() != 1 || vector.size(0) != count) {
            throw new ShapeMismatchException("[vectorToParameters] expected a vector of " + count + " numbers, got shape " + vector.shape()
                    + "; use the one that parametersToVector made");
        }
        try (var _ = Autograd.noGrad()) {
            long from = 0;
            for (Parameter parameter : parameters) {
                long to = from + parameter.shape().elements();
                Tensor part = vector.slice(0, from, to, 1).reshape(parameter.shape().toArray());
                parameter.tensor().assign(part.to(parameter.dtype()).to(parameter.device()));
                from = to;
            }
        }
    }

    // ---- sequences --------------------------------------------------------------------------------------------------------------

    /** As the full one: [longest, count, ...], with zeros at the ends. */
    public static Tensor padSequence(List<Tensor> sequences) {
        return padSequence(sequences, false, 0, false);
    }

    /**
     * Puts sequences [length, ...] of different lengths beside each other.
     *
     * @param batchFirst whether the result is [count, longest, ...], and not [longest, count, ...]
     * @param paddingValue fills up the shorter ones
     * @param left whether they are filled up at their beginnings, and not at their ends
     * @throws ShapeMismatchException if there are none, or if they differ in more than the length
     * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.utils.rnn.pad_sequence.html">pad_sequence</a>
     */
    public static Tensor padSequence(List<Tensor> sequences, boolean batchFirst, double paddingValue, boolean left) {
        List<long[]> rests = sequences.stream().map(sequence -> sequence.shape().toArray())
                .map(sizes -> Arrays.copyOfRange(sizes, Math.min(1, sizes.length), sizes.length)).toList();
        if (sequences.stream().anyMatch(sequence -> sequence.dim() == 0) || rests.stream().map(Arrays::toString).distinct().count() != 1) {
            throw new ShapeMismatchException("[padSequence] expected one or more sequences [length, ...] that differ in the length only, got "
                    + sequences.stream().map(Tensor::shape).toList() + "; put the length first");
        }
        long longest = sequences.stream().mapToLong(sequence -> sequence.size(0)).max().orElse(0);
        Tensor[] padded = sequences.stream().map(sequence -> {
            long[] sizes = sequence.shape().toArray();
            sizes[0] = longest - sizes[0];
            if (sizes[0] == 0) {
                return sequence;
            }
            Tensor rest = sequence.newFull(Shape.of(sizes), paddingValue);
            return left ? Tensor.cat(0, rest, sequence) : Tensor.cat(0, sequence, rest);
        }).toArray(Tensor[]::new);
        return Tensor.stack(batchFirst ? 0 : 1, padded);
    }

    /**
     * Takes sequences apart that {@link #padSequence} put together, filled up at their ends.
     *
     * @param lengths of the sequences
     * @param batchFirst whether the tensor is [count, longest, ...], and not [longest, count, ...]
     */
    public static List<Tensor> unpadSequence(Tensor padded, long[] lengths, boolean batchFirst) {
        int batch = batchFirst ? 0 : 1;
        if (padded.dim() < 2 || padded.size(batch) != lengths.length
                || Arrays.stream(lengths).anyMatch(length -> length < 0 || length > padded.size(1 - batch))) {
            throw new InvalidArgumentException("[unpadSequence] expected a length within the longest for each sequence of shape "
                    + padded.shape() + ", got " + Arrays.toString(lengths) + "; is batchFirst right?");
        }
        List<Tensor> sequences = new ArrayList<>();
        for (int i = 0; i < lengths.length; i++) {
            sequences.add(padded.select(batch, i).slice(0, 0, lengths[i], 1));
        }
        return sequences;
    }
}
