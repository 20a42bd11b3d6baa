// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.data;

import dev.ashlar.Tensor;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.ShapeMismatchException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Makes a batch of samples. */
@FunctionalInterface
public interface Collate {
    /**
     * Returns the tensors of a batch.
     *
     * @param samples at least one
     */
    List<Tensor> collate(List<List<Tensor>> samples);

    /**
     * Stacks the tensors at each position of the samples: one dimension more, in front.
     *
     * @throws ShapeMismatchException if samples differ in their number of tensors or in shapes
     */
    static List<Tensor> stack(List<List<Tensor>> samples) {
        List<Tensor> first = samples.getFirst();
        List<Tensor> stacked = new ArrayList<>();
        for (List<Tensor> sample : samples) {
            boolean alike = sample.size() == first.size();
            for (int i = 0; alike && i < first.size(); i++) {
                alike = sample.get(i).shape().equals(first.get(i).shape());
            }
            if (!alike) {
                throw new ShapeMismatchException("[collate] expected samples of the shapes " + shapes(first) + " as the batch's first, got "
                        + shapes(sample) + "; pad or crop them, or set a collate function");
            }
        }
        for (int position = 0; position < first.size(); position++) {
            int at = position;
            stacked.add(Stacking.stack(samples.stream().map(sample -> sample.get(at)).toList()));
        }
        return stacked;
    }

    private static List<?> shapes(List<Tensor> sample) {
        return sample.stream().map(Tensor::shape).toList();
    }

    /**
     * Makes a sample of numbers, arrays and tensors, as PyTorch's default_collate takes them: whole numbers become int64, float and double
     * float32 and float64, booleans bool, all of no dimension; arrays have one dimension.
     */
    static List<Tensor> sample(Object... parts) {
        return Stream.of(parts).map(Collate::tensor).toList();
    }

    private static Tensor tensor(Object part) {
        return switch (part) {
            case Tensor tensor -> tensor;
            case Float value -> Tensor.of(new float[] {value}).reshape();
            case Double value -> Tensor.of(new double[] {value}).reshape();
            case Boolean value -> Tensor.of(new boolean[] {value}).reshape();
            case Long value -> Tensor.of(new long[] {value}).reshape();
            case Integer value -> Tensor.of(new long[] {value}).reshape();
            case Short value -> Tensor.of(new long[] {value}).reshape();
            case Byte value -> Tensor.of(new long[] {value}).reshape();
            case float[] values -> Tensor.of(values);
            case double[] values -> Tensor.of(values);
            case long[] values -> Tensor.of(values);
            case int[] values -> Tensor.of(values);
            case boolean[] values -> Tensor.of(values);
            default -> throw new InvalidArgumentException("[sample] expected tensors, numbers and arrays of them, got "
                    + part.getClass().getName() + "; make a tensor of it");
        };
    }
}
