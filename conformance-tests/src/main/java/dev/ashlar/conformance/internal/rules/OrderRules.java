// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.rules;

import dev.ashlar.Tensor;
import dev.ashlar.conformance.Profile;
import dev.ashlar.conformance.internal.ops.Input;
import dev.ashlar.conformance.internal.suite.Result;
import dev.ashlar.conformance.internal.suite.RuleBook;
import dev.ashlar.conformance.internal.suite.Session;
import dev.ashlar.type.DType;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;

/** FUS-03: in which order terms are added depends on how many there are, and on nothing else. */
final class OrderRules {
    /** Rows, terms and columns of products: few and many of each, around the block sizes that backends use. */
    private static final int[][] PRODUCTS = {{3, 5, 7}, {2, 100, 3}, {5, 3000, 2}, {1, 4100, 1}, {9, 2100, 90}, {70, 600, 33}, {95, 228,
            1}, {1, 1100, 300}};

    private static final int[][] SUMS = {{3, 5}, {1, 5000}, {7, 1000}, {300, 40}};

    private OrderRules() {}

    static void add(RuleBook book) {
        for (int[] sizes : PRODUCTS) {
            for (DType type : List.of(DType.FLOAT32, DType.BFLOAT16)) {
                book.action("FUS-03", Profile.CORE, "product(" + type + "," + sizes[0] + "x" + sizes[1] + "x" + sizes[2] + ")",
                        session -> session.tensors().run(_ -> product(session, sizes, type)));
            }
        }
        for (int[] sizes : SUMS) {
            book.action("FUS-03", Profile.CORE, "sum(float32," + sizes[0] + "x" + sizes[1] + ")",
                    session -> session.tensors().run(_ -> sum(session, sizes)));
        }
    }

    /** Ways to lie in memory that change nothing about a matrix. */
    private enum Way {
        TRANSPOSED(x -> x.t().clone().realize().t()),
        WITH_GAPS(x -> Tensor.stack(2, x, x).realize().select(2, 1)),
        BACKWARDS(x -> x.flip(0, 1).realize().flip(0, 1));

        final UnaryOperator<Tensor> place;

        Way(UnaryOperator<Tensor> place) {
            this.place = place;
        }
    }

    private static void product(Session session, int[] sizes, DType type) {
        Random random = session.random("order " + type + sizes[1]);
        Tensor a = upload(session, random, type, sizes[0], sizes[1]);
        Tensor b = upload(session, random, type, sizes[1], sizes[2]);
        String operands = "matrices of shapes " + a.shape() + " and " + b.shape();
        Result plain = Result.of(a.matmul(b).realize());
        for (Way way : Way.values()) {
            String layout = "from an operand that lies " + way + " as from a contiguous one";
            Result.of(way.place.apply(a).matmul(b)).expectBits("FUS-03 left", plain, layout, operands);
            Result.of(a.matmul(way.place.apply(b))).expectBits("FUS-03 right", plain, layout, operands);
            session.compared((long) sizes[0] * sizes[2] * 2);
        }
        Result rounded = Result.of(a.matmul(b).realize().to(DType.FLOAT32).mul(2));
        Result.of(a.matmul(b).to(DType.FLOAT32).mul(2))
                .expectBits("FUS-03 epilogue", rounded, "cast in the kernel as cast later", operands);
    }

    private static void sum(Session session, int[] sizes) {
        Random random = session.random("order of sums " + sizes[1]);
        Tensor x = upload(session, random, DType.FLOAT32, sizes[0], sizes[1]);
        for (int dim = 0; dim < 2; dim++) {
            Result plain = Result.of(x.sum(dim).realize());
            for (Way way : Way.values()) {
                Result.of(way.place.apply(x).sum(dim))
                        .expectBits("FUS-03 sum", plain, "of elements that lie " + way + " as of contiguous ones", "shape " + x.shape());
                session.compared(x.numel());
            }
        }
    }

    private static Tensor upload(Session session, Random random, DType type, int... sizes) {
        return session.tensors().upload(Input.of(sizes).draw(type, random), type).realize();
    }
}
