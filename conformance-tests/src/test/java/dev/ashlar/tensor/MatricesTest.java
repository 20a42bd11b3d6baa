// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ashlar.Eigen;
import dev.ashlar.Generator;
import dev.ashlar.LeastSquares;
import dev.ashlar.MatrixOps;
import dev.ashlar.QR;
import dev.ashlar.SVD;
import dev.ashlar.Tensor;
import dev.ashlar.type.DType;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Factorisations of matrices that are large, singular, graded, or have equal values; what no recorded call shows. */
final class MatricesTest {
    private static Tensor random(long seed, long... sizes) {
        return Tensor.randn(Shape.of(sizes), DType.FLOAT64, new Generator(seed));
    }

    private static Tensor eye(long n) {
        return Tensor.eye(n).to(DType.FLOAT64);
    }

    private static void close(Tensor actual, Tensor expected, double tolerance) {
        assertThat(actual.shape()).isEqualTo(expected.shape());
        double scale = expected.numel() == 0 ? 1 : Math.max(Double.MIN_NORMAL, expected.abs().max().item());
        assertThat(actual.div(scale).toDoubleArray()).containsExactly(expected.div(scale).toDoubleArray(), within(tolerance));
    }

    static List<Tensor> hard() {
        Tensor row = Tensor.arange(1, 13, 1).to(DType.FLOAT64);
        return List.of(
                Tensor.zeros(Shape.of(3, 4), DType.FLOAT64),
                eye(5),
                eye(4).mul(1e200),
                random(1, 4, 3).mul(1e-200),
                random(2, 5, 1).matmul(random(3, 1, 4)),
                random(4, 60, 60),
                random(5, 40, 7),
                random(6, 7, 40),
                row.unsqueeze(0).add(row.unsqueeze(1)).sub(1.0).reciprocal(),
                random(7, 6, 6).mul(Tensor.of(new double[] {1, 1e-4, 1e-8, 1e-12, 1e-16, 1e-20})),
                Tensor.of(new double[] {0, 1, 0, 0, 0, 1, 0, 0, 0}, 3, 3),
                Tensor.zeros(Shape.of(0, 3), DType.FLOAT64),
                random(8, 2, 3, 4));
    }

    @ParameterizedTest
    @MethodSource("hard")
    void singularValueDecompositions(Tensor x) {
        SVD factors = x.svd(false);
        close(factors.u().mul(factors.s().unsqueeze(-2)).matmul(factors.vh()), x, 1e-13);
        SVD full = x.svd();
        close(full.u().transpose(-1, -2).matmul(full.u()), eye(x.size(-2)).expand(full.u().shape().toArray()), 1e-13);
        close(full.vh().matmul(full.vh().transpose(-1, -2)), eye(x.size(-1)).expand(full.vh().shape().toArray()), 1e-13);
        close(x.svdvals(), factors.s(), 0);
    }

    @ParameterizedTest
    @MethodSource("hard")
    void orthogonalTriangles(Tensor x) {
        for (QR.Mode mode : List.of(QR.Mode.REDUCED, QR.Mode.COMPLETE)) {
            QR factors = x.qr(mode);
            close(factors.q().matmul(factors.r()), x, 1e-13);
            Tensor gram = factors.q().transpose(-1, -2).matmul(factors.q());
            close(gram, eye(gram.size(-1)).expand(gram.shape().toArray()), 1e-13);
            close(factors.r().tril(-1), factors.r().zerosLike(), 0);
        }
    }

    @ParameterizedTest
    @MethodSource("hard")
    void eigenvaluesOfSymmetricMatrices(Tensor x) {
        Tensor symmetric = x.matmul(x.transpose(-1, -2)).tril();
        symmetric = symmetric.add(symmetric.tril(-1).transpose(-1, -2));
        if (symmetric.numel() == 0 || !symmetric.isFinite().all().itemBoolean()) {
            return;
        }
        Eigen factors = symmetric.eigh();
        Tensor v = factors.vectors();
        close(v.mul(factors.values().unsqueeze(-2)).matmul(v.transpose(-1, -2)), symmetric, 1e-13);
        close(v.transpose(-1, -2).matmul(v), eye(v.size(-1)).expand(v.shape().toArray()), 1e-13);
        close(symmetric.triu().eigvalsh(true), factors.values(), 0);
    }

    @Test
    void smallSingularValuesAreAsExactAsLargeOnes() {
        Tensor x = Tensor.of(new double[] {1, 1e-9, 1e-18}, 3).diag().matmul(Tensor.of(new double[] {1, 0, 0, 1, 1, 0, 1, 1, 1}, 3, 3));
        double product = x.svdvals().log().sum().item();
        assertThat(product).isCloseTo(Math.log(1e-27), within(1e-12));
    }

    @Test
    void gradientsOfEqualSingularValuesAreFinite() {
        Tensor x = eye(3).clone().detach().requiresGrad(true);
        x.svdvals().sum().backward();
        close(x.grad(), eye(3), 1e-15);
    }

    @Test
    void theGradientOfTheDeterminantOfASingularMatrixIsTheMatrixOfCofactors() {
        Tensor x = Tensor.of(new double[] {1, 2, 2, 4}, 2, 2).requiresGrad(true);
        x.det().backward();
        close(x.grad(), Tensor.of(new double[] {4, -2, -2, 1}, 2, 2), 1e-15);
    }

    @Test
    void reflectionsHaveTheSignsOfLapack() {
        assertThat(Tensor.of(new double[] {3, 4}, 2, 1).qr().r().item()).isEqualTo(-5);
        assertThat(Tensor.of(new double[] {-3, 4}, 2, 1).qr().r().item()).isEqualTo(5);
        assertThat(Tensor.of(new double[] {3, 0}, 2, 1).qr().r().item()).isEqualTo(3);
    }

    @Test
    void aMatrixThatIsNotPositiveDefiniteIsNamed() {
        Tensor batch = Tensor.stack(0, eye(2), Tensor.of(new double[] {1, 2, 2, 1}, 2, 2));
        assertThatThrownBy(batch::cholesky).isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("batch element 1").hasMessageContaining("block of size 2");
    }

    @Test
    void ranksCountSingularValuesAboveATolerance() {
        Tensor x = Tensor.of(new double[] {1, 1e-3, 1e-20}, 3).diag();
        assertThat(x.matrixRank().itemLong()).isEqualTo(2);
        assertThat(x.matrixRank(Tensor.scalar(0.01), null, false).itemLong()).isEqualTo(1);
        assertThat(x.neg().matrixRank(null, Tensor.scalar(0), true).itemLong()).isEqualTo(3);
        assertThat(Tensor.zeros(2, 0, 3).matrixRank().toLongArray()).containsExactly(0, 0);
    }

    @Test
    void leastSquaresGivesResidualsOfOverdeterminedSystems() {
        Tensor a = Tensor.of(new double[] {1, 0, 1, 1, 1, 2}, 3, 2);
        LeastSquares line = a.lstsq(Tensor.of(new double[] {0, 1, 1}, 3, 1));
        close(line.solution(), Tensor.of(new double[] {1.0 / 6, 0.5}, 2, 1), 1e-14);
        close(line.residuals(), Tensor.of(new double[] {1.0 / 6}), 1e-14);
        assertThat(line.rank().itemLong()).isEqualTo(2);
        assertThat(a.t().lstsq(Tensor.ones(2, 1).to(DType.FLOAT64)).residuals().shape()).isEqualTo(Shape.of(0));
    }

    @Test
    void float32ResultsAreRoundedOnce() {
        Tensor x = random(9, 5, 5).to(DType.FLOAT32);
        assertThat(x.inv().toFloatArray()).containsExactly(x.to(DType.FLOAT64).inv().to(DType.FLOAT32).toFloatArray());
        assertThat(x.det().item()).isEqualTo(x.to(DType.FLOAT64).det().to(DType.FLOAT32).item());
    }

    @Test
    void dimensionsOfEquationsThatNoRecordedCallHas() {
        Tensor a = random(10, 2, 3, 4);
        close(MatrixOps.einsum("...ab->ba...", a), a.permute(2, 1, 0), 0);
        close(MatrixOps.einsum("aBc", a), a.permute(1, 0, 2), 0);
        close(MatrixOps.einsum(" i j k , l k -> i l ", a, random(11, 5, 4)), a.sum(1).matmul(random(11, 5, 4).t()), 1e-13);
        close(MatrixOps.einsum("ij,ij,ij->", a.select(0, 0), a.select(0, 0), a.select(0, 0)), a.select(0, 0).pow(3L).sum(), 1e-13);
        close(MatrixOps.einsum("iji->j", random(12, 3, 2, 3)), random(12, 3, 2, 3).diagonal(0, 0, 2).sum(-1), 1e-13);
    }
}
