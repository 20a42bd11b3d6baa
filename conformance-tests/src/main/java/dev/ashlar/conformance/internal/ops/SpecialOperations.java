// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.ops;

import static dev.ashlar.conformance.internal.ops.Operation.unary;

import dev.ashlar.Tensor;
import dev.ashlar.type.DType;
import dev.ashlar.type.DTypeMismatchException;
import dev.ashlar.type.InvalidArgumentException;
import java.util.ArrayList;
import java.util.List;

/** Special functions, and numbers taken apart. */
final class SpecialOperations {
    private SpecialOperations() {}

    static List<Operation> all() {
        List<Operation.Builder> all = new ArrayList<>();
        Input near = Input.between(-4, 4, 5, 7);
        Input far = Input.between(10.25, 11.75, 5, 7);
        all.add(unary("i0", Tensor::i0, x -> bessel(x, 0)).on(near).within(34).smoothTwice());
        all.add(unary("i0(far)", Tensor::i0, x -> bessel(x, 0)).on(far).within(60));
        all.add(unary("i1", Tensor::i1, x -> bessel(x, 1)).on(near).within(34).smoothTwice());
        all.add(unary("i1(far)", Tensor::i1, x -> bessel(x, 1)).on(far).within(60));
        Input positive = Input.between(0.5, 9, 5, 7);
        all.add(unary("polygamma(1)", x -> x.polygamma(1), x -> polygamma(x, 1)).on(positive).within(34).smoothTwice().edgesBetween(0.5, 9)
                .refuses("a negative order", in -> in[0].polygamma(-1), InvalidArgumentException.class, "order >= 0", new int[] {2}));
        all.add(unary("polygamma(2)", x -> x.polygamma(2), x -> polygamma(x, 2)).on(positive).within(60).smooth().edgesBetween(0.5, 9));
        Input wide = Input.between(-1000, 1000, 5, 7);
        all.add(unary("frexp", x -> x.frexp().mantissa(), SpecialOperations::mantissa).on(wide).smooth().specials(0.5, 3, -1e-3)
                .refuses("integers", in -> in[0].to(DType.INT32).frexp().mantissa(), DTypeMismatchException.class,
                        "floating-point", new int[] {2}));
        all.add(unary("frexp(exponent)", x -> x.frexp().exponent().to(x.dtype()), SpecialOperations::exponent).on(wide)
                .specials(0.5, 3, -1e-3));
        return all.stream().map(Operation.Builder::build).toList();
    }

    /** The power series, whose terms have one sign: as good as the sum. */
    private static double bessel(double x, int order) {
        double square = x * x / 4;
        double term = order == 0 ? 1 : x / 2;
        double sum = 0;
        for (int k = 1; Math.abs(term) > Math.abs(sum) * 1e-19; k++) {
            sum += term;
            term *= square / (k * (k + (double) order));
        }
        return sum;
    }

    /** Sums far, where the rest is the integral and two terms of Euler and Maclaurin. */
    private static double polygamma(double x, int order) {
        int power = order + 1;
        double end = x + 2000;
        double sum = Math.pow(end, -order) / order + Math.pow(end, -power) / 2 + power * Math.pow(end, -power - 1) / 12;
        for (int k = 1999; k >= 0; k--) {
            sum += Math.pow(x + k, -power);
        }
        return order == 1 ? sum : -2 * sum;
    }

    private static double exponent(double x) {
        return x == 0 || !Double.isFinite(x) ? 0 : Math.getExponent(x) + 1;
    }

    private static double mantissa(double x) {
        return Math.scalb(x, -(int) exponent(x));
    }
}
