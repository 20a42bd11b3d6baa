// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import static dev.ashlar.internal.tensor.Tape.of;

import dev.ashlar.Tensor;
import dev.ashlar.internal.linalg.Cholesky;
import dev.ashlar.internal.linalg.Cofactors;
import dev.ashlar.internal.linalg.Lu;
import dev.ashlar.internal.linalg.Triangle;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.Shape;
import dev.ashlar.type.ShapeMismatchException;
import java.util.Arrays;

/**
 * Systems of linear equations, inverses and the factors that solve them. Gradients: Giles, "Collected matrix derivative results" (2008);
 * of the Cholesky factor: Murray, "Differentiation of the Cholesky decomposition" (2016).
 */
public final class Solving {
    private Solving() {}

    private static Tensor adjoint(Tensor x) {
        return x.transpose(-1, -2);
    }

    private static InvalidArgumentException singular(String name, Tensor a, int index, int pivot) {
        return new InvalidArgumentException("[" + name + "] expected invertible matrices, got a singular one"
                + HostMatrices.element(a, index) + ", its pivot " + pivot + " is 0; use pinv() or lstsq()");
    }

    // ---- inverse and solutions --------------------------------------------------------------------------------------------------

    /** See {@link Tensor#inv}. */
    public static Tensor inverse(Tensor a) {
        return inverse(a, true);
    }

    /** @param checked whether singular matrices throw, or give infinities and NaN */
    private static Tensor inverse(Tensor a, boolean checked) {
        HostMatrices.square("inv", a);
        int n = HostMatrices.size(a, -1);
        double[] unit = new double[n * n];
        for (int i = 0; i < n; i++) {
            unit[i * n + i] = 1;
        }
        double[] values = HostMatrices.read("inv", a);
        double[] results = new double[values.length];
        for (int i = 0; i < HostMatrices.count(a); i++) {
            Lu lu = new Lu(HostMatrices.part(values, i, n * n), n, n);
            if (checked && lu.singularAt() > 0) {
                throw singular("inv", a, i, lu.singularAt());
            }
            HostMatrices.put(results, i, lu.solve(unit, n));
        }
        Tensor y = HostMatrices.write(results, a, a.shape().toArray());
        return Tape.record("inv", y, of(a), of(y), (g, s) -> adjoint(s[0]).matmul(g).matmul(adjoint(s[0])).neg());
    }

    /** See {@link Tensor#solve(Tensor, boolean)}. */
    public static Tensor solve(Tensor a, Tensor b, boolean left) {
        HostMatrices.square("solve", a);
        HostMatrices.alike("solve", a, b);
        Shape shape = b.shape();
        boolean vector = shape.rank() == 1
                || shape.rank() == a.shape().rank() - 1 && Arrays.equals(shape.toArray(), a.shape().without(shape.rank()).toArray());
        if (vector && left) {
            return solve(a, b.unsqueeze(-1), true).squeeze(-1);
        }
        if (vector) {
            throw new ShapeMismatchException("[solve] expected a matrix on the right-hand side where left is false, got shape " + shape
                    + "; use left, or add a dimension with unsqueeze");
        }
        if (!left) {
            return adjoint(solve(adjoint(a), adjoint(matrix("solve", a, b, false)), true));
        }
        matrix("solve", a, b, true);
        Tensor[] operands = broadcast("solve", a, b);
        return solved(operands[0], operands[1]);
    }

    /** Throws unless the right-hand side has as many rows (or columns) as the matrix. */
    private static Tensor matrix(String name, Tensor a, Tensor b, boolean left) {
        if (b.shape().rank() < 2 || b.size(left ? -2 : -1) != a.size(-1)) {
            throw new ShapeMismatchException("[" + name + "] expected a right-hand side of " + a.size(-1) + (left ? " rows" : " columns")
                    + " for matrices of shape " + a.shape() + ", got shape " + b.shape() + "; transpose it?");
        }
        return b;
    }

    private static Tensor[] broadcast(String name, Tensor a, Tensor b) {
        Shape batch = Shape.broadcast(name, Shape.of(HostMatrices.batch(a)), Shape.of(HostMatrices.batch(b)));
        return new Tensor[] {
            a.expand(HostMatrices.join(batch.toArray(), a.size(-2), a.size(-1))),
            b.expand(HostMatrices.join(batch.toArray(), b.size(-2), b.size(-1)))
        };
    }

    private static Tensor solved(Tensor a, Tensor b) {
        int n = HostMatrices.size(a, -1);
        int width = HostMatrices.size(b, -1);
        double[] matrices = HostMatrices.read("solve", a);
        double[] right = HostMatrices.read("solve", b);
        double[] results = new double[right.length];
        for (int i = 0; i < HostMatrices.count(a); i++) {
            Lu lu = new Lu(HostMatrices.part(matrices, i, n * n), n, n);
            if (lu.singularAt() > 0) {
                throw singular("solve", a, i, lu.singularAt());
            }
            HostMatrices.put(results, i, lu.solve(HostMatrices.part(right, i, n * width), width));
        }
        Tensor x = HostMatrices.write(results, a, b.shape().toArray());
        return Tape.record(
                "solve",
                x,
                of(a, b),
                of(a, x),
                (g, s) -> solved(adjoint(s[0]), g).matmul(adjoint(s[1])).neg(),
                (g, s) -> solved(adjoint(s[0]), g));
    }

    /** Solves A X = B, or X A = B unless {@code left}, for a triangle of A. */
    public static Tensor triangular(String name, Tensor a, Tensor b, boolean upper, boolean left, boolean unit) {
        HostMatrices.square(name, a);
        HostMatrices.alike(name, a, b);
        if (!left) {
            return adjoint(triangular(name, adjoint(a), adjoint(matrix(name, a, b, false)), !upper, true, unit));
        }
        matrix(name, a, b, true);
        Tensor[] operands = broadcast(name, a, b);
        return substituted(name, operands[0], operands[1], upper, unit);
    }

    private static Tensor substituted(String name, Tensor a, Tensor b, boolean upper, boolean unit) {
        int n = HostMatrices.size(a, -1);
        int width = HostMatrices.size(b, -1);
        double[] matrices = HostMatrices.read(name, a);
        double[] results = HostMatrices.read(name, b);
        for (int i = 0; i < HostMatrices.count(a); i++) {
            double[] x = HostMatrices.part(results, i, n * width);
            Triangle.solve(HostMatrices.part(matrices, i, n * n), x, n, width, upper, unit);
            HostMatrices.put(results, i, x);
        }
        Tensor y = HostMatrices.write(results, a, b.shape().toArray());
        long border = unit ? 1 : 0;
        return Tape.record(
                name,
                y,
                of(a, b),
                of(a, y),
                (g, s) -> {
                    Tensor whole = substituted(name, adjoint(s[0]), g, !upper, unit).matmul(adjoint(s[1])).neg();
                    return upper ? whole.triu(border) : whole.tril(-border);
                },
                (g, s) -> substituted(name, adjoint(s[0]), g, !upper, unit));
    }

    // ---- determinants -----------------------------------------------------------------------------------------------------------

    private static Lu[] factored(String name, Tensor a) {
        HostMatrices.square(name, a);
        int n = HostMatrices.size(a, -1);
        double[] values = HostMatrices.read(name, a);
        Lu[] factors = new Lu[HostMatrices.count(a)];
        Arrays.setAll(factors, i -> new Lu(HostMatrices.part(values, i, n * n), n, n));
        return factors;
    }

    /** See {@link Tensor#det}. */
    public static Tensor determinant(Tensor a) {
        double[] values = Arrays.stream(factored("det", a)).mapToDouble(Lu::determinant).toArray();
        Tensor y = HostMatrices.write(values, a, HostMatrices.batch(a));
        return Tape.record("det", y, of(a), of(a), (g, s) -> g.unsqueeze(-1).unsqueeze(-1).mul(cofactors(s[0])));
    }

    /** Returns the derivative of the determinant, which singular matrices have too: {@code det(A) inv(A)'}, from singular values. */
    private static Tensor cofactors(Tensor a) {
        int n = HostMatrices.size(a, -1);
        double[] values = HostMatrices.read("det", a);
        double[] results = new double[values.length];
        for (int i = 0; i < HostMatrices.count(a); i++) {
            HostMatrices.put(results, i, Cofactors.of(HostMatrices.part(values, i, n * n), n));
        }
        Tensor y = HostMatrices.write(results, a, a.shape().toArray());
        return Tape.record("detGradient", y, of(a), of(a, y), (g, s) -> {
            Tensor inverse = adjoint(inverse(s[0]));
            Tensor share = g.mul(s[1]).sum(new int[] {-2, -1}, true);
            return share.mul(inverse).sub(inverse.matmul(adjoint(g)).matmul(s[1]));
        });
    }

    /** Returns the signs and the logarithms of the absolute values of the determinants. */
    public static Tensor[] signAndLog(String name, Tensor a) {
        Lu[] factors = factored(name, a);
        long[] sizes = HostMatrices.batch(a);
        Tensor sign = HostMatrices.write(Arrays.stream(factors).mapToDouble(Lu::sign).toArray(), a, sizes);
        Tensor log = HostMatrices.write(Arrays.stream(factors).mapToDouble(Lu::logAbsDeterminant).toArray(), a, sizes);
        Tape.record(name, log, of(a), of(a), (g, s) -> g.unsqueeze(-1).unsqueeze(-1).mul(adjoint(inverse(s[0], false))));
        return new Tensor[] {sign, log};
    }

    // ---- Cholesky ---------------------------------------------------------------------------------------------------------------

    /** See {@link Tensor#cholesky(boolean)}. */
    public static Tensor cholesky(Tensor a, boolean upper) {
        HostMatrices.square("cholesky", a);
        if (upper) {
            return adjoint(cholesky(adjoint(a), false));
        }
        int n = HostMatrices.size(a, -1);
        double[] values = HostMatrices.read("cholesky", a);
        double[] results = new double[values.length];
        for (int i = 0; i < HostMatrices.count(a); i++) {
            Cholesky factor = new Cholesky(HostMatrices.part(values, i, n * n), n);
            if (factor.failedAt() > 0) {
                throw new InvalidArgumentException("[cholesky] expected positive definite matrices, got one that is not"
                        + HostMatrices.element(a, i) + ", its leading block of size " + factor.failedAt()
                        + "; add a small multiple of the identity, or use eigh()");
            }
            HostMatrices.put(results, i, factor.lower());
        }
        Tensor y = HostMatrices.write(results, a, a.shape().toArray());
        return Tape.record("cholesky", y, of(a), of(y), (g, s) -> {
            Tensor l = s[0];
            Tensor inner = adjoint(l).matmul(g);
            Tensor symmetric = inner.tril().add(adjoint(inner.tril(-1))).mul(0.5);
            Tensor half = triangular("cholesky", adjoint(l), symmetric, true, true, false);
            return triangular("cholesky", l, half, false, false, false);
        });
    }

    /** Solves A X = B for the A of which {@code factor} is the Cholesky factor. */
    public static Tensor choleskySolve(Tensor b, Tensor factor, boolean upper) {
        HostMatrices.square("choleskySolve", factor);
        HostMatrices.alike("choleskySolve", factor, b);
        matrix("choleskySolve", factor, b, true);
        Tensor[] operands = broadcast("choleskySolve", factor, b);
        return solvedTwice(operands[0], operands[1], upper);
    }

    private static Tensor solvedTwice(Tensor factor, Tensor b, boolean upper) {
        int n = HostMatrices.size(factor, -1);
        int width = HostMatrices.size(b, -1);
        double[] matrices = HostMatrices.read("choleskySolve", upper ? adjoint(factor) : factor);
        double[] transposed = HostMatrices.read("choleskySolve", upper ? factor : adjoint(factor));
        double[] results = HostMatrices.read("choleskySolve", b);
        for (int i = 0; i < HostMatrices.count(factor); i++) {
            double[] x = HostMatrices.part(results, i, n * width);
            Triangle.solve(HostMatrices.part(matrices, i, n * n), x, n, width, false, false);
            Triangle.solve(HostMatrices.part(transposed, i, n * n), x, n, width, true, false);
            HostMatrices.put(results, i, x);
        }
        Tensor y = HostMatrices.write(results, factor, b.shape().toArray());
        return Tape.record(
                "choleskySolve",
                y,
                of(factor, b),
                of(factor, y),
                (g, s) -> {
                    // As in PyTorch this is the gradient for A times the factor, in the triangle that is not read too.
                    Tensor read = upper ? s[0].triu() : s[0].tril();
                    Tensor outer = solvedTwice(read, g, upper).matmul(adjoint(s[1]));
                    Tensor both = outer.add(adjoint(outer)).neg();
                    return upper ? read.matmul(both) : both.matmul(read);
                },
                (g, s) -> solvedTwice(s[0], g, upper));
    }
}
