// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import dev.ashlar.Tensor;
import dev.ashlar.type.DType;
import dev.ashlar.type.DTypeMismatchException;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.Shape;
import dev.ashlar.type.ShapeMismatchException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What losses expect of their operands. */
public final class LossChecks {
    private LossChecks() {}

    /** Throws unless both have one shape. */
    public static void sameShape(String name, Tensor input, Tensor target) {
        if (!input.shape().equals(target.shape())) {
            throw new ShapeMismatchException("[" + name + "] expected input and target of one shape, got " + input.shape() + " and "
                    + target.shape() + "; reshape one of them, broadcasting here would average over pairs that do not belong together");
        }
    }

    /** Throws unless the tensor holds class numbers. */
    public static void classNumbers(String name, Tensor target) {
        if (target.dtype() != DType.INT64 && target.dtype() != DType.INT32) {
            throw new DTypeMismatchException("[" + name + "] expected class numbers of int64 or int32, got " + target.dtype()
                    + "; cast them with to(DType.INT64)");
        }
    }

    /** Returns the dimension of the classes of scores, for class numbers without that dimension. */
    public static int classes(String name, Tensor scores, Tensor target) {
        Shape shape = scores.shape();
        int dim = shape.rank() == 1 ? 0 : 1;
        if (shape.rank() == 0 || !shape.without(dim).equals(target.shape())) {
            throw new ShapeMismatchException("[" + name + "] expected scores with a dimension of classes and class numbers without it, got "
                    + shape + " and " + target.shape() + "; classes are dimension 1, of a single sample dimension 0");
        }
        classNumbers(name, target);
        return dim;
    }

    /** Returns the dimension of the classes of scores, for probabilities. */
    public static int probabilities(Tensor scores, Tensor target) {
        sameShape("crossEntropy", scores, target);
        if (scores.shape().rank() == 0) {
            throw new ShapeMismatchException("[crossEntropy] expected scores with a dimension of classes, got " + scores.shape()
                    + "; classes are dimension 1, of a single sample dimension 0");
        }
        return scores.shape().rank() == 1 ? 0 : 1;
    }

    /** Throws unless there is one weight for each class. */
    public static void weight(String name, @Nullable Tensor weight, long classes) {
        if (weight != null && !weight.shape().equals(Shape.of(classes))) {
            throw new ShapeMismatchException("[" + name + "] expected a weight for each class, [" + classes + "], got " + weight.shape()
                    + "; weights of samples can be multiplied with the losses of Reduction.NONE");
        }
    }

    /** Returns the number of classes of scores [samples, classes] or [classes]; a scalar is the score of one class. */
    public static long matrix(String name, Tensor scores) {
        int rank = scores.shape().rank();
        if (rank > 2) {
            throw new ShapeMismatchException("[" + name + "] expected scores of shape [samples, classes] or [classes], got "
                    + scores.shape() + "; flatten the other dimensions into the first");
        }
        return rank == 0 ? 1 : scores.shape().size(-1);
    }

    /** Throws unless there is one class number for each row of a matrix of scores. */
    public static void classOfEach(String name, Tensor scores, Tensor target) {
        long samples = scores.shape().rank() == 2 ? scores.shape().size(0) : 1;
        if (target.shape().rank() > 1 || target.numel() != samples) {
            throw new ShapeMismatchException("[" + name + "] expected a class number for each of " + samples + " samples of shape "
                    + scores.shape() + ", got " + target.shape() + "; give [" + samples + "]");
        }
        classNumbers(name, target);
    }

    /** Throws unless there are vectors, and the margin is one. */
    public static void triplet(String name, Tensor anchor, double margin) {
        if (anchor.shape().rank() == 0) {
            throw new ShapeMismatchException("[" + name + "] expected vectors [..., size], got " + anchor.shape()
                    + "; distances are over the last dimension");
        }
        if (!(margin > 0)) {
            throw new InvalidArgumentException("[" + name + "] expected a margin > 0, got " + margin + "; 1 is usual");
        }
    }

    /** Returns a variance that broadcasts to the shape of expectations. */
    public static Tensor variance(Tensor x, Tensor variance) {
        Shape shape = x.shape();
        Shape given = variance.shape();
        if (given.equals(shape)) {
            return variance;
        }
        if (given.equals(Losses.leading(shape))) {
            return variance.unsqueeze(-1);
        }
        boolean fits = given.rank() == shape.rank() && given.rank() > 0 && given.equals(shape.with(shape.rank() - 1, 1));
        if (!fits) {
            throw new ShapeMismatchException("[gaussianNllLoss] expected a variance of shape " + shape + ", with size 1 at the end, or"
                    + " without the last dimension, got " + given + "; expand it");
        }
        return variance;
    }

    /** Checks the operands of a loss of sequences. */
    public static void sequences(Tensor scores, Tensor targets, long[] inputLengths, long[] targetLengths, long blank) {
        String name = "ctcLoss";
        Shape shape = scores.shape();
        if (!scores.dtype().isFloatingPoint()) {
            throw new DTypeMismatchException("[ctcLoss] expected log-probabilities of a floating-point type, got " + scores.dtype()
                    + "; cast them with to(DType.FLOAT32)");
        }
        if (shape.rank() != 2 && shape.rank() != 3 || shape.elements() == 0) {
            throw new ShapeMismatchException("[ctcLoss] expected log-probabilities [steps, samples, classes] or [steps, classes], got "
                    + shape + "; there is at least one of each");
        }
        classNumbers(name, targets);
        long samples = shape.rank() == 2 ? 1 : shape.size(1);
        if (inputLengths.length != samples || targetLengths.length != samples) {
            throw new ShapeMismatchException("[ctcLoss] expected a length for each of " + samples + " samples, got " + inputLengths.length
                    + " of inputs and " + targetLengths.length + " of targets; give one number per sample");
        }
        if (blank < 0 || blank >= shape.size(-1)) {
            throw new InvalidArgumentException("[ctcLoss] expected a blank in [0, " + shape.size(-1) + "), got " + blank
                    + "; it is one of the classes");
        }
        long longest = Arrays.stream(inputLengths).max().orElse(0);
        if (longest > shape.size(0) || Arrays.stream(inputLengths).anyMatch(length -> length < 0)) {
            throw new InvalidArgumentException("[ctcLoss] expected input lengths in [0, " + shape.size(0) + "], got "
                    + Arrays.toString(inputLengths) + "; these are numbers of steps");
        }
        Shape labels = targets.shape();
        boolean rows = labels.rank() == 2 && shape.rank() == 3;
        long room = rows ? labels.size(1) : labels.elements();
        long wanted = rows ? Arrays.stream(targetLengths).max().orElse(0) : Arrays.stream(targetLengths).sum();
        boolean fits = rows ? labels.size(0) == samples && wanted <= room : labels.rank() == 1 && wanted == room;
        if (!fits || Arrays.stream(targetLengths).anyMatch(length -> length < 0)) {
            throw new ShapeMismatchException("[ctcLoss] expected targets [samples, labels], or [labels of all samples], of lengths "
                    + Arrays.toString(targetLengths) + ", got " + labels + "; lengths are numbers of labels");
        }
    }
}
