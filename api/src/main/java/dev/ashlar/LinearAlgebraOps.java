// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

import dev.ashlar.internal.tensor.Decompositions;
import dev.ashlar.internal.tensor.MatrixFunctions;
import dev.ashlar.internal.tensor.Solving;
import org.jspecify.annotations.Nullable;

/**
 * Factorisations and systems of linear equations, for the matrices in the last two dimensions; leading dimensions are batches.
 *
 * <p>These run on the host: they compute what is pending, wait for it, read the values, compute in double precision and write the results
 * back, rounded once. Operands are float32 or float64. Gradients run on the device where they are products; they can be differentiated
 * again.
 */
public sealed interface LinearAlgebraOps permits Tensor {
    private Tensor self() {
        return (Tensor) this;
    }

    // ---- systems ----------------------------------------------------------------------------------------------------------------

    /**
     * Returns the inverses, [.., n, n]. Runs on the host.
     *
     * @throws dev.ashlar.type.InvalidArgumentException if a matrix is singular; the message names its place in the batch
     */
    default Tensor inv() {
        return Solving.inverse(self());
    }

    /** Solves {@code this X = b}; see {@link #solve(Tensor, boolean)}. */
    default Tensor solve(Tensor b) {
        return solve(b, true);
    }

    /**
     * Solves systems of linear equations, {@code this X = b} or, unless {@code left}, {@code X this = b}. Runs on the host.
     *
     * @param b [.., n, k] ([.., k, n] unless {@code left}), batches broadcast; or vectors: [n], or this one's shape without the last
     *     dimension
     * @return X, of the shape that {@code b} broadcasts to
     * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.linalg.solve.html">torch.linalg.solve</a>
     * @throws dev.ashlar.type.InvalidArgumentException if a matrix is singular; the message names its place in the batch
     */
    default Tensor solve(Tensor b, boolean left) {
        return Solving.solve(self(), b, left);
    }

    /** Solves {@code this X = b} for a triangle of this; see {@link #solveTriangular(Tensor, boolean, boolean, boolean)}. */
    default Tensor solveTriangular(Tensor b, boolean upper) {
        return solveTriangular(b, upper, true, false);
    }

    /**
     * Solves {@code this X = b} or, unless {@code left}, {@code X this = b}, reading one triangle of this. A 0 on the diagonal gives
     * infinities or NaN. Runs on the host.
     *
     * @param b [.., n, k], or [.., k, n] unless {@code left}; batches broadcast
     * @param upper whether the upper triangle is read, or the lower
     * @param unitriangular whether ones are taken for the diagonal, which is not read then
     */
    default Tensor solveTriangular(Tensor b, boolean upper, boolean left, boolean unitriangular) {
        return Solving.triangular("solveTriangular", self(), b, upper, left, unitriangular);
    }

    /** Solves {@code L L' X = this}; see {@link #choleskySolve(Tensor, boolean)}. */
    default Tensor choleskySolve(Tensor factor) {
        return choleskySolve(factor, false);
    }

    /**
     * Solves {@code A X = this} for the A whose Cholesky factor is given. Runs on the host.
     *
     * @param factor [.., n, n], as {@link #cholesky(boolean)} returns it: L with {@code A = L L'}, or U with {@code A = U' U}
     * @param upper whether the factor is U
     * @return X, [.., n, k] as this; batches broadcast
     */
    default Tensor choleskySolve(Tensor factor, boolean upper) {
        return Solving.choleskySolve(self(), factor, upper);
    }

    /** Solves a least-squares problem; singular values below epsilon * max(m, n) times the largest count as 0. */
    default LeastSquares lstsq(Tensor b) {
        return lstsq(b, null);
    }

    /**
     * Finds the X for which {@code this X} is closest to {@code b}: {@code pinv(this) b}. Runs on the host.
     *
     * @param b [.., m, k]; or, for batches or one of vectors, this one's shape without the last dimension
     * @param rcond singular values below this times the largest count as 0; null for epsilon * max(m, n)
     * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.linalg.lstsq.html">torch.linalg.lstsq</a>
     */
    default LeastSquares lstsq(Tensor b, @Nullable Double rcond) {
        return MatrixFunctions.leastSquares(self(), b, rcond);
    }

    // ---- determinants -----------------------------------------------------------------------------------------------------------

    /**
     * Returns the determinants, [..]. Runs on the host. The gradient is the matrix of cofactors, which singular matrices have too (where
     * a pivot is exactly 0, PyTorch gives 0); the second derivative needs invertible matrices.
     */
    default Tensor det() {
        return Solving.determinant(self());
    }

    /** Returns signs and logarithms of determinants, [..] each. Runs on the host. Singular ones have no finite gradient. */
    default SignAndLog slogdet() {
        Tensor[] results = Solving.signAndLog("slogdet", self());
        return new SignAndLog(results[0], results[1]);
    }

    /**
     * Returns the logarithms of the determinants, [..]: NaN of negative ones, minus infinity of 0. Runs on the host. Singular
     * ones have no finite gradient.
     */
    default Tensor logdet() {
        Tensor[] results = Solving.signAndLog("logdet", self());
        return results[0].lt(0.0).where(results[1].fullLike(Double.NaN), results[1]);
    }

    // ---- factors ----------------------------------------------------------------------------------------------------------------

    /** Returns L with {@code this = L L'}. */
    default Tensor cholesky() {
        return cholesky(false);
    }

    /**
     * Returns the Cholesky factor of symmetric, positive definite matrices: L with {@code this = L L'}, of which the lower triangle is
     * read, or U with {@code this = U' U}, of which the upper one is. Runs on the host. The gradient is symmetric.
     *
     * @throws dev.ashlar.type.InvalidArgumentException if a matrix is not positive definite; the message names its place in the batch
     */
    default Tensor cholesky(boolean upper) {
        return Solving.cholesky(self(), upper);
    }

    /** Returns the reduced factorisation: Q has min(m, n) columns. */
    default QR qr() {
        return qr(QR.Mode.REDUCED);
    }

    /**
     * Returns {@code this = Q R}, with LAPACK's signs. Runs on the host. The gradient needs full rank; the complete factorisation of
     * matrices with more rows than columns has none, because the last columns of Q are arbitrary, and {@link QR.Mode#R} has none.
     *
     * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.linalg.qr.html">torch.linalg.qr</a>
     */
    default QR qr(QR.Mode mode) {
        Tensor[] results = Decompositions.qr(self(), mode);
        return new QR(results[0], results[1]);
    }

    /** Returns the factorisation with square U and V. */
    default SVD svd() {
        return svd(true);
    }

    /**
     * Returns {@code this = U diag(S) V'}. Runs on the host. Signs of vectors are arbitrary, and so are the last columns of U or V where
     * the matrix is not square: no gradient flows from them. Where gradients flow from vectors, singular values must differ.
     *
     * @param fullMatrices whether U and V are square, or have min(m, n) columns
     * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.linalg.svd.html">torch.linalg.svd</a>
     * @throws dev.ashlar.type.InvalidArgumentException if a number is infinite or NaN
     */
    default SVD svd(boolean fullMatrices) {
        Tensor[] results = Decompositions.svd("svd", self(), fullMatrices);
        return new SVD(results[0], results[1], results[2]);
    }

    /**
     * Returns the singular values, [.., min(m, n)], largest first. Runs on the host. Unlike that of {@link #svd}, the gradient exists for
     * equal values too.
     *
     * @throws dev.ashlar.type.InvalidArgumentException if a number is infinite or NaN
     */
    default Tensor svdvals() {
        return Decompositions.singularValues("svdvals", self());
    }

    /** Returns eigenvalues and eigenvectors of symmetric matrices, of which the lower triangle is read. */
    default Eigen eigh() {
        return eigh(false);
    }

    /**
     * Returns eigenvalues and eigenvectors of symmetric matrices. Runs on the host. Where gradients flow from vectors, eigenvalues must
     * differ; the gradient is symmetric.
     *
     * @param upper whether the upper triangle is read, or the lower
     * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.linalg.eigh.html">torch.linalg.eigh</a>
     * @throws dev.ashlar.type.InvalidArgumentException if a number is infinite or NaN
     */
    default Eigen eigh(boolean upper) {
        Tensor[] results = Decompositions.symmetric("eigh", self(), upper);
        return new Eigen(results[0], results[1]);
    }

    /** Returns the eigenvalues of symmetric matrices, of which the lower triangle is read. */
    default Tensor eigvalsh() {
        return eigvalsh(false);
    }

    /**
     * Returns the eigenvalues of symmetric matrices, [.., n], smallest first. Runs on the host. Unlike that of {@link #eigh}, the gradient
     * exists for equal values too.
     *
     * @param upper whether the upper triangle is read, or the lower
     * @throws dev.ashlar.type.InvalidArgumentException if a number is infinite or NaN
     */
    default Tensor eigvalsh(boolean upper) {
        return Decompositions.symmetricValues("eigvalsh", self(), upper);
    }

    /**
     * Returns {@code this = P L U}, by elimination with partial pivoting. Runs on the host. The gradient needs the leading square part to
     * be invertible.
     *
     * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.linalg.lu.html">torch.linalg.lu</a>
     */
    default LU lu() {
        Tensor[] results = Decompositions.lu(self());
        return new LU(results[0], results[1], results[2]);
    }

    // ---- functions --------------------------------------------------------------------------------------------------------------

    /** Returns the pseudoinverses; singular values below epsilon * max(m, n) times the largest count as 0. */
    default Tensor pinv() {
        return pinv(null, null, false);
    }

    /**
     * Returns the Moore-Penrose pseudoinverses, [.., n, m]. Runs on the host. The gradient is that among matrices of one rank.
     *
     * @param atol singular values up to this count as 0, numbers that broadcast to [..]; null for 0
     * @param rtol and so do those up to this times the largest one; null for epsilon * max(m, n), or 0 if {@code atol} is given
     * @param hermitian whether matrices are symmetric, of which the lower triangle is read then
     * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.linalg.pinv.html">torch.linalg.pinv</a>
     */
    default Tensor pinv(@Nullable Tensor atol, @Nullable Tensor rtol, boolean hermitian) {
        return MatrixFunctions.pseudoinverse(self(), atol, rtol, hermitian);
    }

    /** Returns the ranks; singular values up to epsilon * max(m, n) times the largest count as 0. */
    default Tensor matrixRank() {
        return matrixRank(null, null, false);
    }

    /**
     * Returns how many singular values are not 0, [..], int64. Runs on the host. No gradient: it is constant where it is continuous.
     *
     * @param atol singular values up to this count as 0, numbers that broadcast to [..]; null for 0
     * @param rtol and so do those up to this times the largest one; null for epsilon * max(m, n), or 0 if {@code atol} is given
     * @param hermitian whether matrices are symmetric, of which the lower triangle is read then
     * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.linalg.matrix_rank.html">torch.linalg.matrix_rank</a>
     */
    default Tensor matrixRank(@Nullable Tensor atol, @Nullable Tensor rtol, boolean hermitian) {
        return MatrixFunctions.rank(self(), atol, rtol, hermitian);
    }

    /**
     * Returns square matrices multiplied n times with themselves; the identity for 0, and powers of the inverse, which is found on the
     * host, for negative numbers.
     */
    default Tensor matrixPower(long n) {
        return MatrixFunctions.power(self(), n);
    }

    /**
     * Returns the exponentials of square matrices, {@code I + A + A A / 2 + ...}. Runs on the host: Pade's approximation of degree 13,
     * scaled and squared (Higham, "The scaling and squaring method for the matrix exponential revisited", 2005).
     *
     * @throws dev.ashlar.type.InvalidArgumentException if a number is infinite or NaN
     */
    default Tensor matrixExp() {
        return MatrixFunctions.exponential(self());
    }
}
