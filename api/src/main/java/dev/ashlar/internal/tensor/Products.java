// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import static dev.ashlar.internal.tensor.Tape.of;

import dev.ashlar.Tensor;
import dev.ashlar.type.DType;
import dev.ashlar.type.DTypeMismatchException;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.Shape;
import dev.ashlar.type.ShapeMismatchException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.BinaryOperator;

/** Products of tensors. */
public final class Products {
    private Products() {}

    // ---- contraction ------------------------------------------------------------------------------------------------------------

    /** [batch, rows, sum] times [batch, sum, columns], each of so many dimensions; operands have one type. */
    public static Tensor contract(String name, Tensor a, Tensor b, int batch, int rows, int columns, int sum) {
        Tensor y = Primitives.contract(name, a, b, batch, rows, columns, sum);
        return Tape.record(
                name,
                y,
                of(a, b),
                of(a, b),
                (g, s) -> contract(name, g, exchanged(s[1], batch, sum), batch, rows, sum, columns),
                (g, s) -> contract(name, exchanged(s[0], batch, rows), g, batch, sum, columns, rows));
    }

    /** Exchanges the first {@code count} dimensions behind the batch with those behind them. */
    private static Tensor exchanged(Tensor x, int batch, int count) {
        int rank = x.dim();
        int[] order = new int[rank];
        Arrays.setAll(order, i -> i < batch ? i : i < rank - count ? i + count : i - (rank - count) + batch);
        return x.permute(order);
    }

    /** See {@link Tensor#tensordot(Tensor, int[], int[])}. */
    public static Tensor tensordot(String name, Tensor x, Tensor y, int[] dims, int[] otherDims) {
        if (dims.length != otherDims.length) {
            throw new InvalidArgumentException("[" + name + "] expected as many dimensions of one operand as of the other, got "
                    + Arrays.toString(dims) + " and " + Arrays.toString(otherDims) + "; they are summed in pairs");
        }
        DType type = DType.promote(x.dtype(), y.dtype());
        Primitives.checkSameDevice(name, x, y);
        List<Integer> left = new ArrayList<>();
        for (int i = 0; i < x.dim(); i++) {
            left.add(i);
        }
        List<Integer> right = new ArrayList<>();
        for (int i = 0; i < y.dim(); i++) {
            right.add(x.dim() + i);
        }
        for (int i = 0; i < dims.length; i++) {
            int own = x.shape().dim(name, dims[i]);
            int other = y.shape().dim(name, otherDims[i]);
            if (left.indexOf(own) != own || right.get(other) < x.dim() || right.contains(own)) {
                throw new InvalidArgumentException("[" + name + "] expected each dimension once, got " + Arrays.toString(dims) + " and "
                        + Arrays.toString(otherDims) + "; negative dimensions count from the end");
            }
            if (x.size(own) != y.size(other) && x.size(own) != 1 && y.size(other) != 1) {
                throw new ShapeMismatchException("[" + name + "] expected sizes that agree in the dimensions that are summed, got "
                        + x.shape() + " and " + y.shape() + "; dimension " + own + " has size " + x.size(own) + " and dimension " + other
                        + " has size " + y.size(other));
            }
            right.set(other, own);
        }
        List<Integer> result = new ArrayList<>(left);
        right.forEach(label -> {
            if (!result.remove(label)) {
                result.add(label);
            }
        });
        Labelled a = new Labelled(x.to(type), left);
        return a.times(name, new Labelled(y.to(type), right), Set.copyOf(result)).arranged(result);
    }

    /** See {@link Tensor#kron}. */
    public static Tensor kron(Tensor x, Tensor y) {
        int rank = Math.max(x.dim(), y.dim());
        long[] left = new long[2 * rank];
        long[] right = new long[2 * rank];
        long[] merged = new long[rank];
        for (int i = 0; i < rank; i++) {
            int own = i - rank + x.dim();
            int other = i - rank + y.dim();
            left[2 * i] = own < 0 ? 1 : x.size(own);
            left[2 * i + 1] = 1;
            right[2 * i] = 1;
            right[2 * i + 1] = other < 0 ? 1 : y.size(other);
            merged[i] = left[2 * i] * right[2 * i + 1];
        }
        return x.reshape(left).mul(y.reshape(right)).reshape(merged);
    }

    /** See {@link dev.ashlar.MatrixOps#multiDot}. */
    public static Tensor multiDot(Tensor... tensors) {
        int count = tensors.length;
        if (count < 2) {
            throw new InvalidArgumentException("[multiDot] expected at least two tensors, got " + count + "; pass the factors in order");
        }
        Tensor[] matrices = tensors.clone();
        boolean row = tensors[0].dim() == 1;
        boolean column = tensors[count - 1].dim() == 1;
        matrices[0] = row ? tensors[0].unsqueeze(0) : tensors[0];
        matrices[count - 1] = column ? tensors[count - 1].unsqueeze(1) : tensors[count - 1];
        for (int i = 0; i < count; i++) {
            boolean fits = matrices[i].dim() == 2 && (i == 0 || matrices[i - 1].size(1) == matrices[i].size(0));
            if (!fits) {
                throw new ShapeMismatchException("[multiDot] expected matrices that can be multiplied in their order, got "
                        + Arrays.stream(tensors).map(Tensor::shape).toList() + "; only the first and the last may be vectors");
            }
        }
        long[] sizes = new long[count + 1];
        for (int i = 0; i < count; i++) {
            sizes[i] = matrices[i].size(0);
        }
        sizes[count] = matrices[count - 1].size(1);
        Tensor y = chain(matrices, splits(sizes), 0, count - 1);
        y = row ? y.squeeze(0) : y;
        return column ? y.squeeze(-1) : y;
    }

    /** Returns behind which factor to split the product from i to j, so that the least is multiplied. */
    private static int[][] splits(long[] sizes) {
        int count = sizes.length - 1;
        double[][] costs = new double[count][count];
        int[][] splits = new int[count][count];
        for (int length = 1; length < count; length++) {
            for (int i = 0; i + length < count; i++) {
                int j = i + length;
                costs[i][j] = Double.POSITIVE_INFINITY;
                for (int k = i; k < j; k++) {
                    double cost = costs[i][k] + costs[k + 1][j] + (double) sizes[i] * sizes[k + 1] * sizes[j + 1];
                    if (cost < costs[i][j]) {
                        costs[i][j] = cost;
                        splits[i][j] = k;
                    }
                }
            }
        }
        return splits;
    }

    private static Tensor chain(Tensor[] matrices, int[][] splits, int i, int j) {
        return i == j ? matrices[i] : chain(matrices, splits, i, splits[i][j]).matmul(chain(matrices, splits, splits[i][j] + 1, j));
    }

    // ---- scaled sums ------------------------------------------------------------------------------------------------------------

    /** Returns {@code beta * input + alpha * product}; input broadcasts, and has no influence if beta is 0, not even as NaN. */
    public static Tensor plus(
            String name, Tensor input, Tensor a, Tensor b, BinaryOperator<Tensor> product, double beta, double alpha) {
        DType type = DType.promote(input.dtype(), DType.promote(a.dtype(), b.dtype()));
        Tensor y = plus(name, Promotion.wide(input), product.apply(Promotion.wide(a), Promotion.wide(b)), beta, alpha);
        return type.isFloatingPoint() ? y.to(type) : y;
    }

    private static Tensor plus(String name, Tensor input, Tensor product, double beta, double alpha) {
        Shape shape = product.shape();
        Tensor added = Primitives.onDeviceOf(name, product, input);
        if (!Shape.broadcast(name, added.shape(), shape).equals(shape)) {
            throw new ShapeMismatchException("[" + name + "] expected an input that broadcasts to " + shape + ", got shape "
                    + input.shape() + "; the product is not expanded");
        }
        DType type = DType.promote(added.dtype(), product.dtype());
        Tensor right = scaled(name, product.to(type), alpha);
        if (beta == 0 || !type.isFloatingPoint() && (long) beta == 0) {
            return right;
        }
        Tensor left = scaled(name, added.to(type), beta);
        return type == DType.BOOL ? left.logicalOr(right) : left.add(right);
    }

    private static Tensor scaled(String name, Tensor x, double factor) {
        DType type = x.dtype();
        if (factor == 1) {
            return x;
        }
        if (type.isFloatingPoint()) {
            return x.mul(factor);
        }
        // PyTorch cuts fractions off, and has no fractions in an outer product.
        if (factor != Math.rint(factor) && name.equals("addr")) {
            throw new DTypeMismatchException("[" + name + "] expected whole numbers as factors of " + type + ", got " + factor
                    + "; cast the operands, for example with to(DType.FLOAT32)");
        }
        return type == DType.BOOL ? x.logicalAnd(Primitives.scalarOf(x, factor == 0 ? 0 : 1, type)) : x.mul((long) factor);
    }

    // ---- cross product ----------------------------------------------------------------------------------------------------------

    /** See {@link Tensor#cross(Tensor, int)}. */
    public static Tensor cross(Tensor x, Tensor y, int dim) {
        if (x.dim() != y.dim()) {
            throw new ShapeMismatchException("[cross] expected tensors with as many dimensions, got shapes " + x.shape() + " and "
                    + y.shape() + "; add some with unsqueeze");
        }
        int at = x.shape().dim("cross", dim);
        if (x.dim() == 0 || x.size(at) != 3 || y.size(at) != 3) {
            throw new ShapeMismatchException("[cross] expected size 3 in dimension " + dim + ", got shapes " + x.shape() + " and "
                    + y.shape() + "; say which dimension holds the vectors");
        }
        Shape.broadcast("cross", x.shape(), y.shape());
        Primitives.checkSameDevice("cross", x, y);
        DType type = DType.promote(x.dtype(), y.dtype());
        Tensor result = crossed(Promotion.wide(x.to(type)), Promotion.wide(y.to(type)), at);
        return type.isFloatingPoint() ? result.to(type) : result;
    }

    private static Tensor crossed(Tensor x, Tensor y, int dim) {
        Tensor a = Primitives.detached(x);
        Tensor b = Primitives.detached(y);
        Tensor[] parts = new Tensor[3];
        for (int i = 0; i < 3; i++) {
            int next = (i + 1) % 3;
            int last = (i + 2) % 3;
            parts[i] = a.select(dim, next).mul(b.select(dim, last)).sub(a.select(dim, last).mul(b.select(dim, next)));
        }
        return Tape.record(
                "cross",
                Tensor.stack(dim, parts),
                of(x, y),
                of(x, y),
                (g, s) -> Tape.sumTo(crossed(s[1], g, dim), x.shape()),
                (g, s) -> Tape.sumTo(crossed(g, s[0], dim), y.shape()));
    }
}
