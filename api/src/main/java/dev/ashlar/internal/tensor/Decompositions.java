// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import static dev.ashlar.internal.tensor.Tape.of;

import dev.ashlar.QR;
import dev.ashlar.Tensor;
import dev.ashlar.internal.linalg.Householder;
import dev.ashlar.internal.linalg.Lu;
import dev.ashlar.internal.linalg.Svd;
import dev.ashlar.internal.linalg.SymmetricEigen;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.Shape;
import java.util.Arrays;

/**
 * Factors of matrices: QR, singular values, eigenvalues of symmetric matrices. Factors of one matrix are computed and differentiated
 * together: they lie one behind the other in one tensor, of which the results are parts.
 *
 * <p>Gradients: Giles, "Collected matrix derivative results" (2008), and PyTorch's rules for matrices that are not square.
 */
public final class Decompositions {
    private Decompositions() {}

    /** Returns rows x columns elements from an offset on of each packed row. */
    private static Tensor unpack(Tensor packed, long offset, long... sizes) {
        long length = 1;
        for (long size : sizes) {
            length *= size;
        }
        long[] shape = packed.shape().toArray();
        long[] lead = Arrays.copyOf(shape, shape.length - 1);
        return packed.slice(-1, offset, offset + length, 1).reshape(HostMatrices.join(lead, sizes));
    }

    private static Tensor packed(double[] values, Tensor x, int width) {
        return HostMatrices.write(values, x, HostMatrices.join(HostMatrices.batch(x), width));
    }

    // ---- QR ---------------------------------------------------------------------------------------------------------------------

    /** Returns Q [.., m, k] and R [.., k, n]; k is m or the smaller size. */
    public static Tensor[] qr(Tensor a, QR.Mode mode) {
        HostMatrices.matrices("qr", a);
        if (mode == QR.Mode.R) {
            Tensor none = Primitives.full(Shape.of(0), 0.0, a.dtype(), Primitives.runtime(a));
            return new Tensor[] {none, qr(Primitives.detached(a), QR.Mode.REDUCED)[1]};
        }
        int m = HostMatrices.size(a, -2);
        int n = HostMatrices.size(a, -1);
        int k = mode == QR.Mode.COMPLETE ? m : Math.min(m, n);
        int width = m * k + k * n;
        double[] values = HostMatrices.read("qr", a);
        int count = HostMatrices.count(a);
        double[] results = new double[count * width];
        for (int i = 0; i < count; i++) {
            Householder factors = new Householder(HostMatrices.part(values, i, m * n), m, n);
            System.arraycopy(factors.q(k), 0, results, i * width, m * k);
            System.arraycopy(factors.r(k), 0, results, i * width + m * k, k * n);
        }
        Tensor packed = packed(results, a, width);
        Tape.record("qr", packed, of(a), of(a, packed), (g, s) -> {
            if (k > n) {
                throw new InvalidArgumentException("[qr] expected a factorisation that has a gradient, got the complete one of " + m + "x"
                        + n + " matrices, whose last columns are arbitrary; use the reduced one");
            }
            Tensor gq = unpack(g, 0, m, k);
            Tensor gr = unpack(g, (long) m * k, k, n);
            Tensor q = unpack(s[1], 0, m, k);
            Tensor r = unpack(s[1], (long) m * k, k, n);
            if (m >= n) {
                return tallGradient(gq, gr, q, r);
            }
            // A = Q [R1 R2]: the columns behind the square part are R2 = Q' A2, and what they say about Q is added to its gradient.
            Tensor behind = gr.slice(-1, m, n, 1);
            Tensor fromBehind = s[0].slice(-1, m, n, 1).matmul(behind.transpose(-1, -2));
            Tensor front = tallGradient(gq.add(fromBehind), gr.slice(-1, 0, m, 1), q, r.slice(-1, 0, m, 1));
            return Tensor.cat(-1, front, q.matmul(behind));
        });
        return new Tensor[] {unpack(packed, 0, m, k), unpack(packed, (long) m * k, k, n)};
    }

    private static Tensor tallGradient(Tensor gq, Tensor gr, Tensor q, Tensor r) {
        Tensor inner = gr.matmul(r.transpose(-1, -2)).sub(q.transpose(-1, -2).matmul(gq));
        Tensor symmetric = inner.triu().add(inner.triu(1).transpose(-1, -2));
        return Solving.triangular("qr", r.transpose(-1, -2), q.matmul(symmetric).add(gq), false, false, false);
    }

    // ---- singular values --------------------------------------------------------------------------------------------------------

    /** Returns U [.., m, m or k], S [.., k] and V' [.., n or k, n]; k is the smaller size. */
    public static Tensor[] svd(String name, Tensor a, boolean full) {
        HostMatrices.matrices(name, a);
        int m = HostMatrices.size(a, -2);
        int n = HostMatrices.size(a, -1);
        int k = Math.min(m, n);
        int ku = full ? m : k;
        int kv = full ? n : k;
        int width = m * ku + k + kv * n;
        double[] values = HostMatrices.readFinite(name, a);
        int count = HostMatrices.count(a);
        double[] results = new double[count * width];
        for (int i = 0; i < count; i++) {
            Svd svd = new Svd(HostMatrices.part(values, i, m * n), m, n, true);
            System.arraycopy(svd.u(ku), 0, results, i * width, m * ku);
            System.arraycopy(svd.values(), 0, results, i * width + m * ku, k);
            System.arraycopy(svd.vt(kv), 0, results, i * width + m * ku + k, kv * n);
        }
        Tensor packed = packed(results, a, width);
        long atS = (long) m * ku;
        Tape.record(name, packed, of(a), of(packed), (g, s) -> svdGradient(
                unpack(g, 0, m, ku).slice(-1, 0, k, 1),
                unpack(g, atS, k),
                unpack(g, atS + k, kv, n).slice(-2, 0, k, 1),
                unpack(s[0], 0, m, ku).slice(-1, 0, k, 1),
                unpack(s[0], atS, k),
                unpack(s[0], atS + k, kv, n).slice(-2, 0, k, 1)));
        return new Tensor[] {unpack(packed, 0, m, ku), unpack(packed, atS, k), unpack(packed, atS + k, kv, n)};
    }

    private static Tensor svdGradient(Tensor gu, Tensor gs, Tensor gvt, Tensor u, Tensor s, Tensor vt) {
        Tensor ut = u.transpose(-1, -2);
        Tensor v = vt.transpose(-1, -2);
        Tensor column = s.unsqueeze(-1);
        Tensor row = s.unsqueeze(-2);
        // Squares of nearly equal values lose their difference: it is taken before.
        Tensor gaps = row.sub(column).mul(row.add(column));
        Tensor left = quotient(skew(ut.matmul(gu)), gaps).mul(row);
        Tensor right = quotient(skew(vt.matmul(gvt.transpose(-1, -2))), gaps).mul(column);
        Tensor inner = left.add(right).add(gs.diagEmbed());
        Tensor result = u.matmul(inner).matmul(vt);
        if (u.size(-2) > u.size(-1)) {
            Tensor outside = gu.sub(u.matmul(ut.matmul(gu)));
            result = result.add(quotient(outside, row).matmul(vt));
        }
        if (vt.size(-1) > vt.size(-2)) {
            Tensor outside = gvt.sub(gvt.matmul(v).matmul(vt));
            result = result.add(u.matmul(quotient(outside, column)));
        }
        return result;
    }

    private static Tensor skew(Tensor x) {
        return x.sub(x.transpose(-1, -2));
    }

    /** Divides; 0 / 0 is 0, with derivatives: what nothing flows into says nothing, however close the values lie. */
    private static Tensor quotient(Tensor above, Tensor below) {
        Tensor idle = Primitives.detached(above).eq(0.0);
        Tensor divisor = idle.logicalAnd(Primitives.detached(below).eq(0.0)).where(Primitives.scalarLike(below, 1, below.dtype()), below);
        return above.div(divisor);
    }

    /** Returns the singular values, [.., k], largest first. Equal ones have a gradient too: the vectors take no part in it. */
    public static Tensor singularValues(String name, Tensor a) {
        HostMatrices.matrices(name, a);
        if (a.requiresGrad() && GradMode.isEnabled()) {
            Tensor[] factors = svd(name, Primitives.detached(a), false);
            Tensor values = Primitives.copy(factors[1]);
            return Tape.record(name, values, of(a), of(a, factors[0], factors[2]), (g, s) -> {
                Tensor u = s[1];
                Tensor vt = s[2];
                if (GradMode.isEnabled()) {
                    Tensor[] again = svd(name, s[0], false);
                    u = again[0];
                    vt = again[2];
                }
                return u.mul(g.unsqueeze(-2)).matmul(vt);
            });
        }
        int m = HostMatrices.size(a, -2);
        int n = HostMatrices.size(a, -1);
        double[] values = HostMatrices.readFinite(name, a);
        int count = HostMatrices.count(a);
        double[] results = new double[count * Math.min(m, n)];
        for (int i = 0; i < count; i++) {
            HostMatrices.put(results, i, new Svd(HostMatrices.part(values, i, m * n), m, n, false).values());
        }
        return packed(results, a, Math.min(m, n));
    }

    // ---- eigenvalues ------------------------------------------------------------------------------------------------------------

    /** Returns the eigenvalues [.., n], smallest first, and the eigenvectors as columns, [.., n, n]. */
    public static Tensor[] symmetric(String name, Tensor a, boolean upper) {
        HostMatrices.square(name, a);
        int n = HostMatrices.size(a, -1);
        int width = n + n * n;
        double[] values = HostMatrices.readFinite(name, a);
        int count = HostMatrices.count(a);
        double[] results = new double[count * width];
        for (int i = 0; i < count; i++) {
            SymmetricEigen eigen = eigen(name, a, values, i, n, upper);
            System.arraycopy(eigen.values(), 0, results, i * width, n);
            System.arraycopy(eigen.vectors(), 0, results, i * width + n, n * n);
        }
        Tensor packed = packed(results, a, width);
        Tape.record(name, packed, of(a), of(packed), (g, s) -> {
            Tensor gl = unpack(g, 0, n);
            Tensor gv = unpack(g, n, n, n);
            Tensor l = unpack(s[0], 0, n);
            Tensor v = unpack(s[0], n, n, n);
            Tensor vt = v.transpose(-1, -2);
            Tensor gaps = l.unsqueeze(-2).sub(l.unsqueeze(-1));
            Tensor turning = quotient(skew(vt.matmul(gv)).mul(0.5), gaps);
            return v.matmul(turning.add(gl.diagEmbed())).matmul(vt);
        });
        return new Tensor[] {unpack(packed, 0, n), unpack(packed, n, n, n)};
    }

    private static SymmetricEigen eigen(String name, Tensor a, double[] values, int index, int n, boolean upper) {
        SymmetricEigen eigen = new SymmetricEigen(HostMatrices.part(values, index, n * n), n, upper);
        if (!eigen.converged()) {
            throw new InvalidArgumentException("[" + name + "] expected eigenvalues to be found, got no end"
                    + HostMatrices.element(a, index)
                    + "; please report the matrix");
        }
        return eigen;
    }

    /** Returns the eigenvalues, smallest first. Equal ones have a gradient too: the vectors take no part in it. */
    public static Tensor symmetricValues(String name, Tensor a, boolean upper) {
        HostMatrices.square(name, a);
        Tensor[] factors = symmetric(name, Primitives.detached(a), upper);
        Tensor values = Primitives.copy(factors[0]);
        return Tape.record(name, values, of(a), of(a, factors[1]), (g, s) -> {
            Tensor v = GradMode.isEnabled() ? symmetric(name, s[0], upper)[1] : s[1];
            return v.mul(g.unsqueeze(-2)).matmul(v.transpose(-1, -2));
        });
    }

    // ---- LU ---------------------------------------------------------------------------------------------------------------------

    /** Returns P [.., m, m], L [.., m, k] and U [.., k, n]; k is the smaller size. */
    public static Tensor[] lu(Tensor a) {
        HostMatrices.matrices("lu", a);
        int m = HostMatrices.size(a, -2);
        int n = HostMatrices.size(a, -1);
        int k = Math.min(m, n);
        int width = m * k + k * n;
        double[] values = HostMatrices.read("lu", a);
        int count = HostMatrices.count(a);
        double[] results = new double[count * width];
        double[] orders = new double[count * m * m];
        for (int i = 0; i < count; i++) {
            Lu lu = new Lu(HostMatrices.part(values, i, m * n), m, n);
            for (int row = 0; row < m; row++) {
                orders[i * m * m + lu.order()[row] * m + row] = 1;
                for (int j = 0; j < k; j++) {
                    results[i * width + row * k + j] = row == j ? 1 : row > j ? lu.factors()[row * n + j] : 0;
                }
            }
            for (int row = 0; row < k; row++) {
                System.arraycopy(lu.factors(), row * n + row, results, i * width + m * k + row * n + row, n - row);
            }
        }
        Tensor permutation = HostMatrices.write(orders, a, HostMatrices.join(HostMatrices.batch(a), m, m));
        Tensor packed = packed(results, a, width);
        Tape.record("lu", packed, of(a), of(packed, permutation), (g, s) -> {
            Tensor gl = unpack(g, 0, m, k).tril(-1);
            Tensor gu = unpack(g, (long) m * k, k, n).triu();
            return s[1].matmul(luGradient(gl, gu, unpack(s[0], 0, m, k), unpack(s[0], (long) m * k, k, n), k));
        });
        return new Tensor[] {permutation, unpack(packed, 0, m, k), unpack(packed, (long) m * k, k, n)};
    }

    /** Returns the gradient of L U. With L = [L1; L2] and U = [U1 U2], L2 = A2 inv(U1) and U2 = inv(L1) A2 are solutions. */
    private static Tensor luGradient(Tensor gl, Tensor gu, Tensor l, Tensor u, int k) {
        Tensor l1 = l.slice(-2, 0, k, 1);
        Tensor u1 = u.slice(-1, 0, k, 1);
        Tensor l1t = l1.transpose(-1, -2);
        Tensor u1t = u1.transpose(-1, -2);
        boolean tall = l.size(-2) > k;
        boolean wide = u.size(-1) > k;
        Tensor gl1 = gl.slice(-2, 0, k, 1);
        Tensor gu1 = gu.slice(-1, 0, k, 1);
        Tensor below = tall ? Solving.triangular("lu", u1t, gl.slice(-2, k, l.size(-2), 1), false, false, false) : null;
        Tensor beside = wide ? Solving.triangular("lu", l1t, gu.slice(-1, k, u.size(-1), 1), true, true, true) : null;
        if (below != null) {
            gu1 = gu1.sub(l.slice(-2, k, l.size(-2), 1).transpose(-1, -2).matmul(below)).triu();
        }
        if (beside != null) {
            gl1 = gl1.sub(beside.matmul(u.slice(-1, k, u.size(-1), 1).transpose(-1, -2))).tril(-1);
        }
        Tensor inner = l1t.matmul(gl1).tril(-1).add(gu1.matmul(u1t).triu());
        Tensor half = Solving.triangular("lu", l1t, inner, true, true, true);
        Tensor square = Solving.triangular("lu", u1t, half, false, false, false);
        return below != null ? Tensor.cat(-2, square, below) : beside != null ? Tensor.cat(-1, square, beside) : square;
    }
}
