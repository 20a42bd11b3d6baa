// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.rules;

import dev.ashlar.Tensor;
import dev.ashlar.conformance.internal.ops.Values;
import dev.ashlar.conformance.internal.suite.TensorDevice;
import dev.ashlar.spi.KernelArgs;
import dev.ashlar.type.DType;
import java.util.Arrays;

/** Ways in which the elements of a tensor can lie in the memory that a kernel reads. What lies between them is NaN, or -1. */
enum TensorLayout {
    /** Dimensions in the opposite order. */
    TRANSPOSED {
        @Override
        Tensor place(TensorDevice device, Values values, DType type) {
            return device.upload(values.permute(reversed(values.rank())), type).permute(reversed(values.rank()));
        }

        @Override
        boolean reached(KernelArgs args, int binding) {
            long[] strides = args.strides()[binding];
            return strides.length > 1 && Math.abs(strides[0]) < Math.abs(strides[strides.length - 1]);
        }
    },
    /** Every second element of the last dimension. */
    STEPPED {
        @Override
        Tensor place(TensorDevice device, Values values, DType type) {
            int last = values.rank() - 1;
            int size = values.shape()[last];
            return device.upload(among(values, last, 2 * size + 1, i -> i % 2 == 1 ? i / 2 : -1), type).slice(last, 1, 2L * size + 1, 2);
        }

        @Override
        boolean reached(KernelArgs args, int binding) {
            long[] strides = args.strides()[binding];
            return strides.length > 0 && strides[strides.length - 1] == 2;
        }
    },
    /** Behind other elements. */
    SHIFTED {
        @Override
        Tensor place(TensorDevice device, Values values, DType type) {
            int size = values.shape()[0];
            return device.upload(among(values, 0, size + 3, i -> i >= 2 && i < size + 2 ? i - 2 : -1), type).narrow(0, 2, size);
        }

        @Override
        boolean reached(KernelArgs args, int binding) {
            return args.offsets()[binding] > 0;
        }
    },
    /** Backwards along every dimension. */
    FLIPPED {
        @Override
        Tensor place(TensorDevice device, Values values, DType type) {
            int[] dims = new int[values.rank()];
            Arrays.setAll(dims, d -> d);
            Values flipped = values;
            for (int dim : dims) {
                int size = values.shape()[dim];
                flipped = flipped.select(dim, size, i -> size - 1 - i);
            }
            return device.upload(flipped, type).flip(dims);
        }

        @Override
        boolean reached(KernelArgs args, int binding) {
            return Arrays.stream(args.strides()[binding]).anyMatch(stride -> stride < 0);
        }
    },
    /** The first slice of the first dimension, repeated. */
    EXPANDED {
        @Override
        Values values(Values drawn) {
            return drawn.select(0, drawn.shape()[0], i -> 0);
        }

        @Override
        Tensor place(TensorDevice device, Values values, DType type) {
            long[] sizes = Arrays.stream(values.shape()).asLongStream().toArray();
            return device.upload(values.select(0, 1, i -> 0), type).expand(sizes);
        }

        @Override
        boolean reached(KernelArgs args, int binding) {
            return args.sizes().length > 0 && args.strides()[binding][0] == 0 && args.sizes()[0] > 1;
        }
    };

    /** Returns the values that such a tensor can have, made from drawn ones. */
    Values values(Values drawn) {
        return drawn;
    }

    /** Uploads the values so that a view of the upload has them. */
    abstract Tensor place(TensorDevice device, Values values, DType type);

    /** Returns whether a kernel reads a binding in this way. */
    abstract boolean reached(KernelArgs args, int binding);

    private static int[] reversed(int rank) {
        int[] order = new int[rank];
        Arrays.setAll(order, d -> rank - 1 - d);
        return order;
    }

    private static Values among(Values values, int dim, int size, java.util.function.IntUnaryOperator from) {
        int[] shape = values.shape().clone();
        shape[dim] = size;
        return Values.fill(shape, index -> {
            int source = from.applyAsInt(index[dim]);
            if (source < 0) {
                return Double.NaN;
            }
            int[] at = index.clone();
            at[dim] = source;
            return values.at(at);
        });
    }
}
