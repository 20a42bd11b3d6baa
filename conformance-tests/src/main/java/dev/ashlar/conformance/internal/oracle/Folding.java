// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.oracle;

import dev.ashlar.spi.ReduceOp;
import dev.ashlar.spi.ScalarOp;
import dev.ashlar.type.DType;
import java.math.BigDecimal;
import java.math.MathContext;

/** One fold, exactly where the contract asks for it and else with its bound. */
final class Folding {
    private static final MathContext DIGITS = new MathContext(40);

    private final ReduceOp op;
    private final DType type;
    private final DType accumulator;
    private final ExactSum sum = new ExactSum();
    private double plain;
    private double magnitude;
    private double errors;
    private BigDecimal product = BigDecimal.ONE;
    private long whole;
    private long count;
    private Scalar best;
    private long bestAt;

    Folding(ReduceOp op, DType type, DType accumulator) {
        this.op = op;
        this.type = type;
        this.accumulator = accumulator;
        this.plain = op == ReduceOp.PROD ? 1 : 0;
        this.whole = op == ReduceOp.PROD ? 1 : 0;
        this.best = identity(op, type);
    }

    private static Scalar identity(ReduceOp op, DType type) {
        boolean largest = op == ReduceOp.MIN;
        if (type.isFloatingPoint()) {
            return Scalar.exact(largest ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY);
        }
        return Scalar.whole(largest ? Numbers.largest(type) : Numbers.smallest(type));
    }

    void add(Scalar value) {
        switch (op) {
            case SUM -> {
                whole += value.n();
                plain += value.x();
                sum.add(value.x());
                magnitude += Math.abs(value.x());
                errors += value.error();
            }
            case PROD -> {
                whole *= value.n();
                plain *= value.x();
                if (Double.isFinite(value.x())) {
                    product = product.multiply(new BigDecimal(value.x()), DIGITS);
                }
            }
            case MAX -> best = ScalarOracle.binary(ScalarOp.MAX, type, best, value);
            case MIN -> best = ScalarOracle.binary(ScalarOp.MIN, type, best, value);
            case ARGMAX, ARGMIN -> {
                if (count == 0 || beats(value)) {
                    best = value;
                    bestAt = count;
                }
            }
        }
        count++;
    }

    private boolean beats(Scalar value) {
        if (!type.isFloatingPoint()) {
            return op == ReduceOp.ARGMAX ? value.n() > best.n() : value.n() < best.n();
        }
        if (Double.isNaN(best.x()) || Double.isNaN(value.x())) {
            return !Double.isNaN(best.x());
        }
        return op == ReduceOp.ARGMAX ? value.x() > best.x() : value.x() < best.x();
    }

    Scalar result() {
        return switch (op) {
            case SUM -> {
                if (!accumulator.isFloatingPoint()) {
                    yield Scalar.whole(whole);
                }
                double value = Double.isFinite(plain) ? sum.value() : plain;
                yield Scalar.within(value, ErrorBounds.sum(accumulator, count, magnitude) + errors).zeroOfAnySign(true);
            }
            case PROD -> {
                if (!accumulator.isFloatingPoint()) {
                    yield Scalar.whole(whole);
                }
                double value = Double.isFinite(plain) && plain != 0 ? product.doubleValue() : plain;
                yield Scalar.within(value, ErrorBounds.product(accumulator, count, value)).zeroOfAnySign(true);
            }
            case MAX, MIN -> best;
            case ARGMAX, ARGMIN -> Scalar.whole(bestAt);
        };
    }
}
