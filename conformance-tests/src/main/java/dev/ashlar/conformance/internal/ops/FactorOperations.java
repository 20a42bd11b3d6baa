// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.ops;

import dev.ashlar.Eigen;
import dev.ashlar.LU;
import dev.ashlar.SVD;
import dev.ashlar.Tensor;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.ShapeMismatchException;
import java.util.List;
import java.util.stream.Stream;

/** Factorisations whose factors are not unique: what is judged is their product, and its gradient, to which all of them contribute. */
final class FactorOperations {
    private static final Input SQUARE = Input.of(4, 4);

    private FactorOperations() {}

    static List<Operation> all() {
        return Stream.of(
                        Operation.of("svd", in -> product(in[0].svd(false)), in -> in[0])
                                .on(Input.of(4, 3)).on(Input.of(2, 3, 4)).within(40, 20).products().smoothTwice()
                                .edge(Input.of(0, 3)).edge(Input.of(3, 0)).edge(Input.of(1, 1)).edge(Input.of(0, 2, 2))
                                .refuses("a vector", ShapeMismatchException.class, "matrix", new int[] {3}),
                        Operation.of("svd(full)", in -> {
                                    SVD factors = in[0].svd();
                                    return product(new SVD(factors.u().slice(-1, 0, 3), factors.s(), factors.vh().slice(-2, 0, 3)));
                                }, in -> in[0])
                                .on(Input.of(3, 4)).within(40, 20).products().smooth(),
                        Operation.of("eigh", in -> {
                                    Eigen factors = in[0].add(in[0].transpose(-1, -2)).eigh();
                                    Tensor scaled = factors.vectors().mul(factors.values().unsqueeze(-2));
                                    return scaled.matmul(factors.vectors().transpose(-1, -2));
                                }, in -> Values.zip(in[0], in[0].permute(1, 0), Double::sum))
                                .on(SQUARE).within(40, 20).products().smoothTwice().edge(Input.of(0, 0)).edge(Input.of(1, 1))
                                .refuses("a matrix that is not square", in -> in[0].eigh().values(), ShapeMismatchException.class, "square",
                                        new int[] {3, 2}),
                        Operation.of("lu", in -> {
                                    LU factors = in[0].lu();
                                    return factors.p().matmul(factors.l()).matmul(factors.u());
                                }, in -> in[0])
                                .on(SQUARE).on(Input.of(5, 3)).on(Input.of(3, 5)).within(40, 20).products().smoothTwice()
                                .edge(Input.of(0, 3)).edge(Input.of(3, 0)).edge(Input.of(1, 1))
                                .refuses("a vector", ShapeMismatchException.class, "matrix", new int[] {3}),
                        Operation.of("lstsq", in -> in[0].matmul(in[0].lstsq(in[1]).solution()), in -> in[1])
                                .on(Input.of(3, 5), Input.of(3, 2)).within(400, 100).products().smooth()
                                .refuses("other rows on the right", ShapeMismatchException.class, "3 rows", new int[] {3, 2},
                                        new int[] {2, 2}),
                        Operation.of("matrixExp", in -> in[0].matrixExp(), in -> exponential(in[0]))
                                .on(Input.of(3, 3)).on(Input.between(-4, 4, 4, 4)).within(40, 400).products().smoothTwice()
                                .edge(Input.of(0, 0)).edge(Input.of(1, 1))
                                .refuses("a matrix that is not square", ShapeMismatchException.class, "square", new int[] {3, 2})
                                .refuses("NaN", in -> in[0].div(in[0]).matrixExp(), InvalidArgumentException.class, "finite",
                                        new int[] {2, 2}))
                .map(builder -> builder.whole().build()).toList();
    }

    private static Tensor product(SVD factors) {
        return factors.u().mul(factors.s().unsqueeze(-2)).matmul(factors.vh());
    }

    /** Returns the sum of the series, of as many terms as it takes. */
    private static Values exponential(Values x) {
        Values term = Values.fill(x.shape(), at -> at[0] == at[1] ? 1 : 0);
        Values sum = term;
        for (int k = 1; k < 120; k++) {
            double divisor = k;
            term = Values.matmul(term, x).map(value -> value / divisor);
            sum = Values.zip(sum, term, Double::sum);
        }
        return sum;
    }
}
