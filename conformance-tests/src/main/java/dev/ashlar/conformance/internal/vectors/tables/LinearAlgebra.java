// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.vectors.tables;

import dev.ashlar.DiagonalOps;
import dev.ashlar.QR;
import dev.ashlar.Tensor;
import dev.ashlar.conformance.internal.vectors.Arguments;
import dev.ashlar.conformance.internal.vectors.Table;
import dev.ashlar.type.DType;
import dev.ashlar.type.DTypeMismatchException;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.ShapeMismatchException;
import dev.ashlar.type.TensorClosedException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The calls of the group linear_algebra. */
public final class LinearAlgebra {
    private static final String SYMMETRIC =
            "gradients are symmetric and one triangle is read, so differences of single elements do not show them";

    private LinearAlgebra() {}

    public static void addTo(Table table) {
        Products.addTo(table);
        diagonals(table);
        systems(table);
        factors(table);
        functions(table);
    }

    private static void diagonals(Table table) {
        table.add("tril", a -> a.tensor(0, "input").tril(a.integer(1, "diagonal", 0)))
                .covers("tril")
                .refuses("a vector", ShapeMismatchException.class, "matrix", () -> Tensor.ones(2).tril());
        table.add("triu", a -> a.tensor(0, "input").triu(a.integer(1, "diagonal", 0)))
                .covers("triu")
                .refuses("a vector", ShapeMismatchException.class, "matrix", () -> Tensor.ones(2).triu(1));
        table.add("diag", a -> a.tensor(0, "input").diag(a.integer(1, "diagonal", 0)))
                .covers("diag")
                .refuses("a batch", ShapeMismatchException.class, "diagEmbed", () -> Tensor.ones(2, 2, 2).diag());
        table.add("diag_embed",
                        a -> a.tensor(0, "input").diagEmbed(a.integer(1, "offset", 0), a.dim(2, "dim1", -2), a.dim(3, "dim2", -1)))
                .covers("diagEmbed")
                .refuses("a dimension twice", InvalidArgumentException.class, "different", () -> Tensor.ones(2, 2).diagEmbed(0, 1, 1));
        table.add("diagonal", a -> a.tensor(0, "input").diagonal(a.integer(1, "offset", 0), a.dim(2, "dim1", 0), a.dim(3, "dim2", 1)))
                .covers("diagonal")
                .refuses("a vector", ShapeMismatchException.class, "two dimensions", () -> Tensor.ones(2).diagonal());
        table.add("linalg.diagonal",
                        a -> a.tensor(0, "A").diagonal(a.integer(-1, "offset", 0), a.dim(-1, "dim1", -2), a.dim(-1, "dim2", -1)))
                .refuses("a dimension twice", InvalidArgumentException.class, "different", () -> Tensor.ones(2, 2).diagonal(0, 1, -1));
        table.add("diagflat", a -> a.tensor(0, "input").diagflat(a.integer(1, "offset", 0)))
                .covers("diagflat")
                .refuses("a closed tensor", TensorClosedException.class, "closed", () -> closed().diagflat());
        table.add("trace", a -> a.tensor(0, "input").trace())
                .covers("trace")
                .refuses("a vector", ShapeMismatchException.class, "matrix", () -> Tensor.ones(2).trace());
        table.add("block_diag", a -> DiagonalOps.blockDiag(a.tensorsFrom(0)))
                .covers("blockDiag")
                .refuses("nothing", InvalidArgumentException.class, "at least one", () -> DiagonalOps.blockDiag());
    }

    private static Tensor closed() {
        Tensor x = Tensor.ones(2);
        x.close();
        return x;
    }

    private static void systems(Table table) {
        table.add("linalg.inv", a -> a.tensor(0, "A").inv())
                .covers("inv")
                .refuses("a singular matrix", InvalidArgumentException.class, "batch element 1",
                        () -> Tensor.of(new float[] {1, 0, 0, 1, 1, 2, 2, 4}, 2, 2, 2).inv());
        table.add("linalg.det", a -> a.tensor(0, "A").det())
                .covers("det")
                .refuses("a matrix that is not square", ShapeMismatchException.class, "square", () -> Tensor.ones(2, 3).det());
        table.add("linalg.slogdet", a -> {
                    var results = a.tensor(0, "A").slogdet();
                    return List.of(results.sign(), results.logAbs());
                })
                .covers("slogdet")
                .refuses("integers", DTypeMismatchException.class, "float32", () -> Tensor.ones(2, 2).to(DType.INT64).slogdet());
        table.add("logdet", a -> a.tensor(0, "input").logdet())
                .covers("logdet")
                .refuses("a vector", ShapeMismatchException.class, "matrix", () -> Tensor.ones(2).logdet());
        table.add("linalg.solve", a -> a.tensor(0, "A").solve(a.tensor(1, "B"), a.flag(-1, "left", true)))
                .covers("solve")
                .refuses("a right-hand side with other rows", ShapeMismatchException.class, "3 rows",
                        () -> Tensor.eye(3).solve(Tensor.ones(2, 2)))
                .refuses("a singular matrix", InvalidArgumentException.class, "singular",
                        () -> Tensor.zeros(2, 2).solve(Tensor.ones(2)));
        table.add("linalg.solve_triangular",
                        a -> a.tensor(0, "A").solveTriangular(a.tensor(1, "B"), a.flag(-1, "upper", false), a.flag(-1, "left", true),
                                a.flag(-1, "unitriangular", false)))
                .covers("solveTriangular")
                .refuses("integers on the right", DTypeMismatchException.class, "float32",
                        () -> Tensor.eye(2).solveTriangular(Tensor.eye(2).to(DType.INT64), true));
        table.add("cholesky_solve", a -> a.tensor(0, "B").choleskySolve(a.tensor(1, "L"), a.flag(2, "upper", false)))
                .covers("choleskySolve")
                .onceDifferentiable("as in PyTorch the gradient has a part in the triangle that is not read, which differences do not show")
                .refuses("a right-hand side with other rows", ShapeMismatchException.class, "3 rows",
                        () -> Tensor.ones(2, 2).choleskySolve(Tensor.eye(3)));
    }

    private static void factors(Table table) {
        table.add("linalg.cholesky", a -> a.tensor(0, "A").cholesky(a.flag(-1, "upper", false)))
                .covers("cholesky")
                .onceDifferentiable(SYMMETRIC)
                .refuses("a matrix that is not positive definite", InvalidArgumentException.class, "positive definite",
                        () -> Tensor.eye(2).neg().cholesky());
        table.add("linalg.qr", a -> {
                    QR results = a.tensor(0, "A").qr(QR.Mode.valueOf(a.text(1, "mode", "reduced").toUpperCase(Locale.ROOT)));
                    return List.of(results.q(), results.r());
                })
                .covers("qr")
                .refuses("a vector", ShapeMismatchException.class, "matrix", () -> Tensor.ones(2).qr());
        table.add("linalg.svdvals", a -> a.tensor(0, "A").svdvals())
                .covers("svdvals")
                .refuses("infinity", InvalidArgumentException.class, "finite", () -> Tensor.full(Double.POSITIVE_INFINITY, 2, 2).svdvals());
        table.add("linalg.eigvalsh", a -> a.tensor(0, "A").eigvalsh(a.text(1, "UPLO", "L").equals("U")))
                .covers("eigvalsh")
                .onceDifferentiable(SYMMETRIC)
                .refuses("a matrix that is not square", ShapeMismatchException.class, "square", () -> Tensor.ones(2, 3).eigvalsh());
    }

    private static void functions(Table table) {
        table.add("linalg.pinv", a -> a.tensor(0, "A").pinv(tolerance(a, "atol"), tolerance(a, "rtol"), a.flag(-1, "hermitian", false)))
                .covers("pinv")
                .refuses("a vector", ShapeMismatchException.class, "matrix", () -> Tensor.ones(2).pinv());
        table.add("linalg.matrix_rank",
                        a -> a.tensor(0, "A").matrixRank(tolerance(a, "atol"), tolerance(a, "rtol"), a.flag(-1, "hermitian", false)))
                .covers("matrixRank")
                .noGradient("a rank is constant where it is continuous")
                .refuses("a vector", ShapeMismatchException.class, "matrix", () -> Tensor.ones(2).matrixRank());
        table.add("linalg.matrix_power", a -> a.tensor(0, "A").matrixPower(a.integer(1, "n")))
                .covers("matrixPower")
                .refuses("a matrix that is not square", ShapeMismatchException.class, "square", () -> Tensor.ones(2, 3).matrixPower(2));
    }

    private static @Nullable Tensor tolerance(Arguments arguments, String name) {
        if (!arguments.has(-1, name)) {
            return null;
        }
        return arguments.isTensor(-1, name) ? arguments.tensor(-1, name) : Tensor.scalar(arguments.number(-1, name), DType.FLOAT64);
    }
}
