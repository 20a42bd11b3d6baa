// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import dev.ashlar.Tensor;
import dev.ashlar.spi.ScalarOp;
import dev.ashlar.type.DType;
import java.util.function.BinaryOperator;

/** Sums and differences whose second operand has a factor; 16-bit values are computed in float32 and rounded once. */
public final class Scaled {
    private Scaled() {}

    /** Returns a + alpha * b. */
    public static Tensor add(String name, Pair pair, double alpha) {
        if (alpha == 1) {
            return pair.apply(ScalarOp.ADD, (g, _) -> g, (g, _) -> g, false);
        }
        Pair wide = wide(name, pair, alpha);
        return wide.apply(ScalarOp.ADD, (g, _) -> g, (g, _) -> g, false).to(pair.type());
    }

    /** Returns a - alpha * b. */
    public static Tensor sub(String name, Pair pair, double alpha) {
        if (alpha == 1) {
            return pair.apply(ScalarOp.SUB, (g, _) -> g, (g, _) -> g.neg(), false);
        }
        Pair wide = wide(name, pair, alpha);
        return wide.apply(ScalarOp.SUB, (g, _) -> g, (g, _) -> g.neg(), false).to(pair.type());
    }

    /** Returns a product or quotient with a number, which PyTorch rounds to the type of arithmetic and no further. */
    public static Tensor byNumber(Tensor x, double number, BinaryOperator<Tensor> operation) {
        Tensor wide = Promotion.wide(x);
        Tensor y = operation.apply(wide, Functions.number(wide, number));
        return x.dtype().isFloatingPoint() ? y.to(x.dtype()) : y;
    }

    private static Pair wide(String name, Pair pair, double alpha) {
        Tensor factor = Functions.factor(name, pair.b(), alpha);
        DType type = pair.type().isFloatingPoint() ? pair.type().arithmetic() : pair.type();
        return new Pair(name, pair.a().to(type), Primitives.inner(pair.b().to(type).mul(factor.to(type))));
    }
}
