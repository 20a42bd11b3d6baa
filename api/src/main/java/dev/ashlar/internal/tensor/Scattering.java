// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import static dev.ashlar.internal.tensor.Tape.of;

import dev.ashlar.ScatterReduction;
import dev.ashlar.Tensor;
import dev.ashlar.spi.ReduceOp;
import dev.ashlar.spi.ScalarOp;
import dev.ashlar.spi.ScatterOp;
import dev.ashlar.type.DType;
import dev.ashlar.type.Shape;
import java.util.Arrays;

/**
 * Combining what is written to one place along a dimension. Operands were checked: index and values have one shape, the dimension is
 * counted from the front.
 */
public final class Scattering {
    private Scattering() {}

    /**
     * Returns {@code x} with values combined into it.
     *
     * @param includeSelf whether what {@code x} has at a place takes part; places that nothing is written to keep it anyway
     */
    public static Tensor reduce(
            String name, Tensor x, int dim, Tensor index, Tensor values, ScatterReduction how, boolean includeSelf) {
        if (index.numel() == 0) {
            return x;
        }
        return switch (how) {
            case SUM -> Indexed.add(name, includeSelf ? x : cleared(name, x, dim, index), dim, index, values);
            case MEAN -> mean(name, x, dim, index, values, includeSelf);
            case PROD -> product(name, x, dim, index, values, includeSelf);
            case AMAX -> extreme(name, x, dim, index, values, ScatterOp.MAX, includeSelf);
            case AMIN -> extreme(name, x, dim, index, values, ScatterOp.MIN, includeSelf);
        };
    }

    private static Tensor full(Tensor like, Shape shape, double value) {
        return Primitives.full(shape, value, like.dtype(), Primitives.runtime(like));
    }

    private static Tensor cleared(String name, Tensor x, int dim, Tensor index) {
        return Indexed.write(name, x, dim, index, full(x, index.shape(), 0.0));
    }

    private static Tensor mean(String name, Tensor x, int dim, Tensor index, Tensor values, boolean includeSelf) {
        Tensor sum = reduce(name, x, dim, index, values, ScatterReduction.SUM, includeSelf);
        Tensor own = full(x, x.shape(), includeSelf ? 1.0 : 0.0);
        Tensor counts = Indexed.add(name, own, dim, index, full(x, index.shape(), 1.0));
        Tensor divisor = Primitives.binary(name, ScalarOp.MAX, counts, Primitives.scalarOf(x, 1, x.dtype()));
        return x.dtype().isFloatingPoint() ? sum.div(divisor) : sum.floorDivide(divisor);
    }

    // ---- products ---------------------------------------------------------------------------------------------------------------

    private static Tensor product(String name, Tensor x, int dim, Tensor index, Tensor values, boolean includeSelf) {
        Tensor own = Primitives.detached(x);
        Tensor untouched = Primitives.full(x.shape(), 0L, DType.BOOL, Primitives.runtime(x));
        Tensor yes = Primitives.full(index.shape(), 1L, DType.BOOL, Primitives.runtime(x));
        Tensor touched = Primitives.scatter(name, untouched, dim, index, yes, ScatterOp.SET);
        Tensor factors = products(name, own, dim, index, Primitives.detached(values));
        Tensor y = touched.where(includeSelf ? own.mul(factors) : factors, own);
        Tape.Rule ofSelf = (g, s) -> {
            Tensor one = Primitives.scalarLike(g, 1, g.dtype());
            Tensor nonzero = s[1].eq(0.0).where(one, s[1]);
            Tensor result = product(name, nonzero, dim, s[0], s[2], includeSelf);
            Tensor gradient = g.mul(result).div(nonzero);
            return includeSelf ? gradient : cleared(name, gradient, dim, s[0]);
        };
        Tape.Rule ofValues = (g, s) -> {
            Tensor one = Primitives.scalarLike(g, 1, g.dtype());
            Tensor zero = s[2].eq(0.0);
            Tensor zeros = Indexed.add(name, full(g, s[1].shape(), 0.0), dim, s[0], zero.to(g.dtype()));
            // The only zero among the factors gets the product of the others; of several zeros none gets anything.
            Tensor only = zero.logicalAnd(Indexed.read(name, zeros, dim, s[0]).eq(1.0));
            Tensor others = product(name, s[1], dim, s[0], only.where(one, s[2]), includeSelf);
            Tensor atZero = Indexed.read(name, g.mul(others), dim, s[0]);
            Tensor elsewhere = Indexed.read(name, g.mul(s[3]), dim, s[0]).div(zero.where(one, s[2]));
            return only.where(atZero, elsewhere);
        };
        return Tape.record(name, y, of(x, values), of(index, x, values, y), ofSelf, ofValues);
    }

    /**
     * Returns at each place the product of the values written to it, 1 where there are none. No scattered write multiplies, so that each
     * place looks at all indices of its line: n * m steps for n indices and m places, but one kernel and nothing in memory.
     */
    private static Tensor products(String name, Tensor x, int dim, Tensor index, Tensor values) {
        long places = x.size(dim);
        long[] line = new long[x.dim() + 1];
        Arrays.fill(line, 1);
        line[dim] = places;
        Tensor place = Primitives.iota(Shape.of(line), Primitives.runtime(x));
        Tensor hit = place.eq(index.to(DType.INT64).unsqueeze(dim));
        Tensor factors = hit.where(values.unsqueeze(dim), Primitives.scalarOf(x, 1, x.dtype()));
        Tensor product = Primitives.reduce(name, ReduceOp.PROD, factors, new int[] {dim + 1}, false).to(x.dtype());
        if (product.shape().equals(x.shape())) {
            return product;
        }
        return Primitives.insert(name, full(x, x.shape(), 1.0), product, new long[x.dim()], Regions.dense(x.shape()));
    }

    // ---- extremes ---------------------------------------------------------------------------------------------------------------

    private static Tensor extreme(
            String name, Tensor x, int dim, Tensor index, Tensor values, ScatterOp op, boolean includeSelf) {
        Tensor own = Primitives.detached(x);
        Tensor given = Primitives.detached(values);
        Tensor base = includeSelf ? own : Primitives.scatter(name, own, dim, index, given, ScatterOp.SET);
        Tensor y = Primitives.scatter(name, base, dim, index, given, op);
        Tape.Rule ofSelf = (g, s) -> {
            Tensor gradient = s[1].eq(s[3]).to(g.dtype()).mul(g.div(ties(name, dim, g, s)));
            return includeSelf ? gradient : cleared(name, gradient, dim, s[0]);
        };
        Tape.Rule ofValues = (g, s) -> {
            Tensor wins = s[2].eq(Indexed.read(name, s[3], dim, s[0])).to(g.dtype());
            return wins.mul(Indexed.read(name, g.div(ties(name, dim, g, s)), dim, s[0]));
        };
        return Tape.record(name, y, of(x, values), of(index, x, values, y), ofSelf, ofValues);
    }

    /** Returns how many share the gradient at each place; as in PyTorch what is there counts, even if it did not take part. */
    private static Tensor ties(String name, int dim, Tensor g, Tensor[] s) {
        Tensor own = Primitives.detached(s[1]).eq(Primitives.detached(s[3])).to(g.dtype());
        Tensor wins = Primitives.detached(s[2]).eq(Indexed.read(name, Primitives.detached(s[3]), dim, s[0])).to(g.dtype());
        return Indexed.add(name, own, dim, s[0], wins);
    }
}
