// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.ops;

import static dev.ashlar.conformance.internal.ops.Operation.unary;

import dev.ashlar.Tensor;
import dev.ashlar.conformance.internal.oracle.Erf;
import dev.ashlar.type.DTypeMismatchException;
import dev.ashlar.type.ShapeMismatchException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;

/** Products, convolutions, activations and losses. */
final class NetworkOperations {
    private static final Input MATRIX = Input.of(5, 7);

    private NetworkOperations() {}

    static List<Operation> all() {
        List<Operation.Builder> all = new ArrayList<>();
        products(all);
        convolutions(all);
        activations(all);
        losses(all);
        return all.stream().map(Operation.Builder::build).toList();
    }

    // ---- products ---------------------------------------------------------------------------------------------------------------

    private static Operation.Builder product(String name, Function<Tensor[], Tensor> call) {
        return Operation.of(name, call, in -> Values.matmul(in[0], in[1])).within(20, 30).products();
    }

    private static void products(List<Operation.Builder> all) {
        all.add(product("matmul", in -> in[0].matmul(in[1])).on(MATRIX, Input.of(7, 3)).on(Input.of(2, 1, 3, 4), Input.of(3, 4, 5))
                .smoothTwice().edge(Input.of(0, 3), Input.of(3, 2)).edge(Input.of(2, 0), Input.of(0, 3))
                .edge(Input.of(1, 1), Input.of(1, 1))
                .refuses("inner sizes that differ", ShapeMismatchException.class, "transpose the second",
                        new int[] {2, 3}, new int[] {4, 3})
                .refuses("a scalar", ShapeMismatchException.class, "use mul", new int[] {2, 3}, new int[0]));
        all.add(product("mm", in -> in[0].mm(in[1])).on(Input.of(33, 5), Input.of(5, 31)).smooth()
                .refuses("a vector", ShapeMismatchException.class, "[mm]", new int[] {3}, new int[] {3, 1}));
        all.add(product("bmm", in -> in[0].bmm(in[1])).on(Input.of(2, 3, 4), Input.of(2, 4, 5)).smooth());
        all.add(Operation.of("matmul(vector)", in -> in[0].matmul(in[1]), in -> Values.matmul(in[0], in[1].reshape(7, 1)).reshape(5))
                .on(MATRIX, Input.of(7)).within(20, 30).products().smooth());
        all.add(Operation.of("dot", in -> in[0].dot(in[1]), in -> Values.matmul(in[0].reshape(1, 33), in[1].reshape(33, 1)).reshape())
                .on(Input.of(33), Input.of(33)).within(30, 132).products().smooth());
        all.add(Operation.of("outer", in -> in[0].outer(in[1]), in -> Values.matmul(in[0].reshape(5, 1), in[1].reshape(1, 7)))
                .on(Input.of(5), Input.of(7)).smooth());
        all.add(Operation.of("linear", in -> in[0].linear(in[1], in[2]), in ->
                Values.zip(Values.matmul(in[0], in[1].permute(1, 0)), in[2], Double::sum))
                .on(MATRIX, Input.of(3, 7), Input.of(3)).on(Input.of(2, 3, 7), Input.of(4, 7), Input.of(4))
                .within(20, 30).products().smooth()
                .refuses("sizes that differ", ShapeMismatchException.class, "[linear]", new int[] {2, 3}, new int[] {4, 2}, new int[] {4}));
    }

    // ---- convolutions -----------------------------------------------------------------------------------------------------------

    private static void convolutions(List<Operation.Builder> all) {
        all.add(Operation.of("conv2d", in -> in[0].conv2d(in[1], in[2]), in -> convolution(in, 1, 0, 1))
                .on(Input.of(2, 3, 6, 5), Input.of(4, 3, 3, 2), Input.of(4)).within(30, 40).products().smooth()
                .refuses("channels that differ", ShapeMismatchException.class, "[conv2d]", new int[] {1, 2, 4, 4}, new int[] {1, 3, 2, 2},
                        new int[] {1}));
        all.add(Operation.of("conv2d(2,1)", in -> in[0].conv2d(in[1], in[2], 2, 1), in -> convolution(in, 2, 1, 1))
                .on(Input.of(2, 2, 7, 6), Input.of(3, 2, 3, 3), Input.of(3)).within(30, 40).products().smooth());
        all.add(Operation.of("conv2d(groups)", in -> in[0].conv2d(in[1], in[2], new int[] {1, 1}, new int[] {1, 1}, new int[] {1, 1}, 2),
                in -> convolution(in, 1, 1, 2))
                .on(Input.of(1, 4, 5, 5), Input.of(6, 2, 3, 3), Input.of(6)).within(30, 40).products().smooth());
        Input image = Input.distinct(2, 3, 6, 7);
        all.add(Operation.of("maxPool2d", in -> in[0].maxPool2d(2), in -> pool(in[0], 2, ReductionOperations::max)).on(image).smooth());
        all.add(Operation.of("avgPool2d", in -> in[0].avgPool2d(3), in -> pool(in[0], 3, ReductionOperations::mean)).on(image).within(16, 2)
                .smooth());
    }

    private static Values convolution(Values[] in, int stride, int padding, int groups) {
        int[] x = in[0].shape();
        int[] w = in[1].shape();
        int[] sizes = {x[0], w[0], (x[2] + 2 * padding - w[2]) / stride + 1, (x[3] + 2 * padding - w[3]) / stride + 1};
        return Values.fill(sizes, at -> {
            double sum = in[2].at(at[1]);
            int first = at[1] / (w[0] / groups) * w[1];
            for (int c = 0; c < w[1]; c++) {
                for (int r = 0; r < w[2]; r++) {
                    for (int s = 0; s < w[3]; s++) {
                        int row = at[2] * stride - padding + r;
                        int column = at[3] * stride - padding + s;
                        if (row >= 0 && row < x[2] && column >= 0 && column < x[3]) {
                            sum += in[0].at(at[0], first + c, row, column) * in[1].at(at[1], c, r, s);
                        }
                    }
                }
            }
            return sum;
        });
    }

    private static Values pool(Values x, int kernel, java.util.function.ToDoubleFunction<double[]> fold) {
        int[] shape = x.shape();
        return Values.fill(new int[] {shape[0], shape[1], shape[2] / kernel, shape[3] / kernel}, at -> {
            double[] window = new double[kernel * kernel];
            for (int i = 0; i < window.length; i++) {
                window[i] = x.at(at[0], at[1], at[2] * kernel + i / kernel, at[3] * kernel + i % kernel);
            }
            return fold.applyAsDouble(window);
        });
    }

    // ---- activations ------------------------------------------------------------------------------------------------------------

    private static double sigmoid(double x) {
        return 1 / (1 + StrictMath.exp(-x));
    }

    private static double softplus(double x) {
        return x > 0 ? x + StrictMath.log1p(StrictMath.exp(-x)) : StrictMath.log1p(StrictMath.exp(x));
    }

    private static Operation.Builder activation(
            String name, java.util.function.UnaryOperator<Tensor> call, DoubleUnaryOperator reference) {
        return unary(name, call, reference).on(Input.between(-4, 4, 5, 7)).smooth();
    }

    private static void activations(List<Operation.Builder> all) {
        double[] around = {-1, 0, 1};
        all.add(activation("relu", Tensor::relu, x -> Double.isNaN(x) ? x : Math.max(x, 0)).types(Operation.NUMBERS).specials()
                .kink(around, new double[] {0, 0, 1}));
        all.add(activation("leakyRelu", x -> x.leakyRelu(0.125), x -> x > 0 ? x : 0.125 * x).specials()
                .kink(around, new double[] {0.125, 0.125, 1}));
        all.add(activation("elu", x -> x.elu(1.5), x -> x > 0 ? x : 1.5 * StrictMath.expm1(x)).within(10).specials());
        all.add(activation("sigmoid", Tensor::sigmoid, NetworkOperations::sigmoid).within(24).specials(-60, 60).smoothTwice());
        all.add(activation("silu", Tensor::silu, x -> x * sigmoid(x)).within(26).smoothTwice());
        all.add(activation("softplus", Tensor::softplus, NetworkOperations::softplus).within(20).specials(-60, 60).smoothTwice());
        all.add(activation("logSigmoid", Tensor::logSigmoid, x -> -softplus(-x)).within(20).specials(-60, 60));
        all.add(activation("gelu", Tensor::gelu, x -> x * 0.5 * (1 + Erf.of(x * StrictMath.sqrt(0.5)))).within(40, 1).smoothTwice());
        all.add(activation("hardtanh", x -> x.hardtanh(-1, 1), x -> Double.isNaN(x) ? x : Math.clamp(x, -1, 1)).specials()
                .kink(new double[] {-2, -1, 0, 1, 2}, new double[] {0, 0, 1, 0, 0}));
        all.add(Operation.of("softmax", in -> in[0].softmax(1), in -> softmax(in[0], 1, false)).on(MATRIX)
                .on(Input.between(-20, 20, 5, 7)).within(100).smoothTwice().edge(Input.of(0, 3)).edge(Input.of(3, 1)));
        all.add(Operation.of("logSoftmax", in -> in[0].logSoftmax(0), in -> softmax(in[0], 0, true)).on(MATRIX)
                .on(Input.between(-200, 200, 5, 7)).within(24, 8).smoothTwice());
    }

    private static Values softmax(Values x, int dim, boolean logarithm) {
        Values log = Values.zip(x, x.fold(dim, true, ReductionOperations::logSumExp), (a, b) -> a - b);
        return logarithm ? log : log.map(StrictMath::exp);
    }

    // ---- losses -----------------------------------------------------------------------------------------------------------------

    private static Values mean(Values values) {
        return values.fold(ReductionOperations::mean);
    }

    private static Values likelihood(Values scores, Values classes) {
        return mean(Values.fill(classes.shape(), at -> -scores.at(at[0], (int) classes.at(at))));
    }

    private static void losses(List<Operation.Builder> all) {
        int[][] differ = {{2, 3}, {2, 1}};
        all.add(Operation.of("mseLoss", in -> in[0].mseLoss(in[1]), in -> mean(Values.zip(in[0], in[1], (a, b) -> (a - b) * (a - b))))
                .on(MATRIX, MATRIX).within(24, 4).smoothTwice()
                .refuses("shapes that differ", ShapeMismatchException.class, "[mseLoss]", differ));
        all.add(Operation.of("l1Loss", in -> in[0].l1Loss(in[1]), in -> mean(Values.zip(in[0], in[1], (a, b) -> Math.abs(a - b))))
                .on(MATRIX, MATRIX).within(24, 4).smooth().refuses("shapes that differ", ShapeMismatchException.class, "[l1Loss]", differ));
        all.add(Operation.of("nllLoss", in -> in[0].nllLoss(in[1]), in -> likelihood(in[0], in[1])).on(MATRIX, Input.index(7, 5))
                .within(24, 4).smooth()
                .refuses("classes of float", DTypeMismatchException.class, "[nllLoss]", new int[] {2, 3}, new int[] {2}));
        all.add(Operation.of("crossEntropy", in -> in[0].crossEntropy(in[1]), in -> likelihood(softmax(in[0], 1, true), in[1]))
                .on(MATRIX, Input.index(7, 5)).on(Input.between(-200, 200, 5, 7), Input.index(7, 5)).within(30, 8).smoothTwice()
                .refuses("a scalar", ShapeMismatchException.class, "[crossEntropy]", new int[0], new int[0]));
        all.add(Operation.of("binaryCrossEntropyWithLogits", in -> in[0].binaryCrossEntropyWithLogits(in[1]), in ->
                mean(Values.zip(in[0], in[1], (x, t) -> softplus(x) - x * t)))
                .on(Input.between(-4, 4, 5, 7), Input.between(0, 1, 5, 7)).within(30, 8).smoothTwice()
                .refuses("shapes that differ", ShapeMismatchException.class, "[binaryCrossEntropyWithLogits]", differ));
    }
}
