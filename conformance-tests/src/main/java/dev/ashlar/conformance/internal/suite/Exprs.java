// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.suite;

import dev.ashlar.spi.Expr;
import dev.ashlar.spi.ScalarOp;
import dev.ashlar.type.DType;

/** Small expressions that many tests use. */
public final class Exprs {
    private Exprs() {}

    /** Returns {@code op(input 0)}. */
    public static Expr unary(ScalarOp op, DType type) {
        Expr.Builder builder = new Expr.Builder();
        return builder.build(builder.unary(op, builder.input(0, type)));
    }

    /** Returns {@code op(input 0, input 1)}. */
    public static Expr binary(ScalarOp op, DType type) {
        Expr.Builder builder = new Expr.Builder();
        return builder.build(builder.binary(op, builder.input(0, type), builder.input(1, type)));
    }

    /** Returns input 0 cast to another type. */
    public static Expr cast(DType from, DType to) {
        Expr.Builder builder = new Expr.Builder();
        return builder.build(builder.cast(builder.input(0, from), to));
    }

    /** Returns the sum of so many inputs, from left to right. */
    public static Expr sum(DType type, int inputs) {
        Expr.Builder builder = new Expr.Builder();
        int sum = builder.input(0, type);
        for (int i = 1; i < inputs; i++) {
            sum = builder.binary(ScalarOp.ADD, sum, builder.input(i, type));
        }
        return builder.build(sum);
    }
}
