// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import static dev.ashlar.internal.tensor.Tape.of;

import dev.ashlar.LeastSquares;
import dev.ashlar.Tensor;
import dev.ashlar.internal.linalg.Exponential;
import dev.ashlar.type.DType;
import dev.ashlar.type.Shape;
import dev.ashlar.type.ShapeMismatchException;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Pseudoinverse, rank, powers and exponential of matrices. */
public final class MatrixFunctions {
    private MatrixFunctions() {}

    private static Tensor adjoint(Tensor x) {
        return x.transpose(-1, -2);
    }

    /** Returns from which size on singular values of matrices are not 0, [.., 1]. */
    private static Tensor limits(String name, Tensor a, Tensor values, @Nullable Tensor atol, @Nullable Tensor rtol) {
        double epsilon = a.dtype() == DType.FLOAT64 ? Math.ulp(1.0) : Math.ulp(1f);
        Tensor relative = rtol != null
                ? tolerance(name, a, rtol)
                : Primitives.scalarLike(a, atol != null ? 0 : epsilon * Math.max(a.size(-2), a.size(-1)), a.dtype());
        Tensor largest = values.abs().amax(-1, true);
        Tensor limit = relative.mul(largest);
        return atol == null ? limit : limit.maximum(tolerance(name, a, atol));
    }

    private static Tensor tolerance(String name, Tensor a, Tensor given) {
        Tensor here = Primitives.onDeviceOf(name, a, Primitives.detached(given).to(a.dtype()));
        Shape.broadcast(name, Shape.of(HostMatrices.batch(a)), here.shape());
        return here.shape().rank() == 0 ? here : here.unsqueeze(-1);
    }

    /** See {@link Tensor#pinv(Tensor, Tensor, boolean)}. */
    public static Tensor pseudoinverse(Tensor a, @Nullable Tensor atol, @Nullable Tensor rtol, boolean hermitian) {
        HostMatrices.matrices("pinv", a);
        if (hermitian) {
            HostMatrices.square("pinv", a);
        }
        if (a.numel() == 0) {
            return adjoint(a);
        }
        Tensor plain = Primitives.detached(a);
        Tensor[] factors = hermitian ? Decompositions.symmetric("pinv", plain, false) : Decompositions.svd("pinv", plain, false);
        Tensor values = hermitian ? factors[0] : factors[1];
        Tensor left = hermitian ? factors[1] : factors[0];
        Tensor right = hermitian ? factors[1] : adjoint(factors[2]);
        Tensor counts = values.abs().gt(limits("pinv", a, values, atol, rtol));
        Tensor inverses = counts.where(values.reciprocal(), Primitives.scalarLike(a, 0, a.dtype()));
        Tensor y = right.mul(inverses.unsqueeze(-2)).matmul(adjoint(left));
        return Tape.record("pinv", y, of(a), of(a, y), (g, s) -> pseudoinverseGradient(g, s[0], s[1]));
    }

    /** Golub and Pereyra, "The differentiation of pseudo-inverses" (1973): -P dA P + P P' dA' (I - A P) + (I - P A) dA' P' P. */
    private static Tensor pseudoinverseGradient(Tensor g, Tensor a, Tensor p) {
        Tensor pt = adjoint(p);
        Tensor gt = adjoint(g);
        Tensor inside = pt.matmul(g).matmul(pt);
        Tensor rows = gt.matmul(p);
        Tensor columns = p.matmul(gt);
        Tensor left = gt.sub(a.matmul(columns)).matmul(p).matmul(pt);
        Tensor right = pt.matmul(p).matmul(gt.sub(rows.matmul(a)));
        return left.add(right).sub(inside);
    }

    /** See {@link Tensor#matrixRank(Tensor, Tensor, boolean)}. */
    public static Tensor rank(Tensor a, @Nullable Tensor atol, @Nullable Tensor rtol, boolean hermitian) {
        HostMatrices.matrices("matrixRank", a);
        Tensor plain = Primitives.detached(a);
        if (hermitian) {
            HostMatrices.square("matrixRank", a);
        }
        if (a.numel() == 0) {
            return Primitives.full(Shape.of(HostMatrices.batch(a)), 0.0, DType.INT64, Primitives.runtime(a));
        }
        Tensor values = hermitian
                ? Decompositions.symmetricValues("matrixRank", plain, false)
                : Decompositions.singularValues("matrixRank", plain);
        return values.abs().gt(limits("matrixRank", a, values, atol, rtol)).sum(-1);
    }

    /** See {@link Tensor#lstsq(Tensor, Double)}. */
    public static LeastSquares leastSquares(Tensor a, Tensor b, @Nullable Double rcond) {
        HostMatrices.matrices("lstsq", a);
        HostMatrices.alike("lstsq", a, b);
        int rank = a.shape().rank();
        boolean vectors = b.shape().rank() == rank - 1 && Arrays.equals(b.shape().toArray(), a.shape().without(rank - 1).toArray());
        Tensor right = vectors ? b.unsqueeze(-1) : b;
        if (right.shape().rank() < 2 || right.size(-2) != a.size(-2)) {
            throw new ShapeMismatchException("[lstsq] expected a right-hand side of " + a.size(-2) + " rows for matrices of shape "
                    + a.shape() + ", got shape " + b.shape() + "; transpose it?");
        }
        Tensor limit = rcond == null ? null : Primitives.scalarLike(a, rcond, a.dtype());
        Tensor solution = pseudoinverse(a, null, limit, false).matmul(right);
        Tensor ranks = rank(a, null, limit, false);
        Tensor values = Decompositions.singularValues("lstsq", Primitives.detached(a));
        boolean over = a.size(-2) > a.size(-1) && ranks.eq(Primitives.scalarOf(ranks, a.size(-1), DType.INT64)).all().itemBoolean();
        Tensor residuals = over
                ? a.matmul(solution).sub(right).square().sum(-2)
                : Primitives.full(Shape.of(0), 0.0, a.dtype(), Primitives.runtime(a));
        return new LeastSquares(vectors ? solution.squeeze(-1) : solution, residuals, ranks, values);
    }

    /** See {@link Tensor#matrixPower}. */
    public static Tensor power(Tensor a, long n) {
        if (isHalf(a)) {
            return power(Promotion.wide(a), n).to(a.dtype());
        }
        HostMatrices.square("matrixPower", a);
        Tensor base = n < 0 ? Solving.inverse(a) : a;
        long left = Math.abs(n);
        if (left == 0) {
            Tensor row = Primitives.iota(Shape.of(a.size(-2), 1), Primitives.runtime(a));
            Tensor column = Primitives.iota(Shape.of(1, a.size(-1)), Primitives.runtime(a));
            return row.eq(column).to(a.dtype()).expand(a.shape().toArray());
        }
        Tensor result = null;
        while (true) {
            if (left % 2 == 1) {
                result = result == null ? base : result.matmul(base);
            }
            left /= 2;
            if (left == 0) {
                return Objects.requireNonNull(result);
            }
            base = base.matmul(base);
        }
    }

    private static boolean isHalf(Tensor x) {
        return x.dtype().isFloatingPoint() && x.dtype() != x.dtype().arithmetic();
    }

    /** See {@link Tensor#matrixExp}. */
    public static Tensor exponential(Tensor a) {
        if (isHalf(a)) {
            return exponential(Promotion.wide(a)).to(a.dtype());
        }
        HostMatrices.square("matrixExp", a);
        int n = HostMatrices.size(a, -1);
        double[] values = HostMatrices.readFinite("matrixExp", a);
        double[] results = new double[values.length];
        for (int i = 0; i < HostMatrices.count(a); i++) {
            HostMatrices.put(results, i, Exponential.of(HostMatrices.part(values, i, n * n), n));
        }
        Tensor y = HostMatrices.write(results, a, a.shape().toArray());
        return Tape.record("matrixExp", y, of(a), of(a), (g, s) -> {
            // exp([A' G; 0 A']) has the gradient as its upper right block (Mathias, 1996).
            Tensor at = adjoint(s[0]);
            Tensor upper = Tensor.cat(-1, at, g);
            Tensor lower = Tensor.cat(-1, at.mul(0.0), at);
            return exponential(Tensor.cat(-2, upper, lower)).slice(-2, 0, n, 1).slice(-1, n, 2L * n, 1);
        });
    }
}
