// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.Ashlar;
import dev.ashlar.Device;
import dev.ashlar.Tensor;
import dev.ashlar.spi.Instruction;
import dev.ashlar.spi.Kernel;
import dev.ashlar.spi.ScalarOp;
import dev.ashlar.type.DType;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** erf and atan on a backend that lacks them and gets formulas instead. */
final class SpecialFunctionsTest {
    /** x and erf(x), to 17 digits by a calculation with 50. */
    private static final double[][] ERF = {
        {1e-300, 1.1283791670955126e-300},
        {1e-20, 1.1283791670955125e-20},
        {1e-08, 1.1283791670955126e-08},
        {0.001, 0.0011283787909692365},
        {0.1, 0.1124629160182849},
        {0.25, 0.27632639016823696},
        {0.4687, 0.49256818249964407},
        {0.47, 0.4937450508860821},
        {0.5, 0.5204998778130465},
        {0.7, 0.6778011938374184},
        {0.91, 0.8018828257659413},
        {0.92, 0.8067677215477617},
        {0.93, 0.8115635585845578},
        {1.0, 0.8427007929497149},
        {1.5, 0.9661051464753108},
        {2.0, 0.9953222650189527},
        {2.5, 0.999593047982555},
        {3.0, 0.9999779095030014},
        {3.5, 0.9999992569016276},
        {3.9, 0.9999999652077514},
        {4.0, 0.9999999845827421},
        {4.1, 0.9999999932999724},
        {4.5, 0.9999999998033839},
        {5.0, 0.9999999999984626},
        {5.9, 0.9999999999999999},
        {7.0, 1.0},
        {1e300, 1.0}
    };

    private static Device device() {
        return Device.of("minimal");
    }

    private static double[] apply(UnaryOperator<Tensor> function, double[] values, DType type) {
        return function.apply(Tensor.of(values).to(device()).to(type)).toDoubleArray();
    }

    /** Returns numbers on both sides of 0, evenly spread up to 8 and by magnitude beyond. */
    private static double[] points(DType type) {
        List<Double> points = new ArrayList<>();
        for (int i = 0; i <= 4000; i++) {
            points.add(i * 0.002 + 1e-4);
        }
        for (int exponent = -30; exponent <= 30; exponent++) {
            points.add(1.2345 * Math.pow(10, exponent));
        }
        return points.stream()
                .flatMap(value -> java.util.stream.Stream.of(value, -value))
                .mapToDouble(value -> type == DType.FLOAT32 ? (double) (float) (double) value : value)
                .toArray();
    }

    /** The series {@code 2/sqrt(pi) exp(-x^2) sum 2^n x^(2n+1) / (1 3 5 ... (2n+1))}, whose terms all have one sign. */
    private static double erf(double x) {
        if (Math.abs(x) > 6) {
            return Math.signum(x);
        }
        double term = x;
        double sum = x;
        for (int n = 1; Math.abs(term) > Math.abs(sum) * 1e-18; n++) {
            term *= 2 * x * x / (2 * n + 1);
            sum += term;
        }
        return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
    }

    @Test
    void theBackendLacksThem() {
        assertThat(device().capabilities().scalarOps()).doesNotContain(ScalarOp.ERF, ScalarOp.ATAN);
        Set<ScalarOp> sent = EnumSet.noneOf(ScalarOp.class);
        try (var _ = Ashlar.trace((_, code, _, _) -> {
            if (code.kernel() instanceof Kernel.Map map) {
                map.body().instructions().stream().map(Instruction::op).forEach(sent::add);
            }
        })) {
            apply(Tensor::erf, new double[] {0.5}, DType.FLOAT32);
            apply(Tensor::atan, new double[] {0.5}, DType.FLOAT32);
        }
        assertThat(sent).contains(ScalarOp.EXP, ScalarOp.DIV).doesNotContain(ScalarOp.ERF, ScalarOp.ATAN);
    }

    @Test
    void erfInFloat64IsRightToFiveUlp() {
        for (double[] pair : ERF) {
            double[] both = apply(Tensor::erf, new double[] {pair[0], -pair[0]}, DType.FLOAT64);
            assertThat(Math.abs(both[0] - pair[1]) / Math.ulp(pair[1])).as("erf(%s) = %s", pair[0], both[0]).isLessThanOrEqualTo(5);
            assertThat(both[1]).isEqualTo(-both[0]);
        }
    }

    @Test
    void erfInFloat32IsRightToFourUlp() {
        double[] points = points(DType.FLOAT32);
        double[] values = apply(Tensor::erf, points, DType.FLOAT32);
        for (int i = 0; i < points.length; i++) {
            double expected = erf(points[i]);
            assertThat(Math.abs(values[i] - expected) / Math.ulp((float) expected))
                    .as("erf(%s) = %s", points[i], values[i])
                    .isLessThanOrEqualTo(4);
        }
    }

    @Test
    void atanIsRightToFourUlp() {
        for (DType type : List.of(DType.FLOAT32, DType.FLOAT64)) {
            double[] points = points(type);
            double[] values = apply(Tensor::atan, points, type);
            for (int i = 0; i < points.length; i++) {
                double expected = StrictMath.atan(points[i]);
                double ulp = type == DType.FLOAT32 ? Math.ulp((float) expected) : Math.ulp(expected);
                assertThat(Math.abs(values[i] - expected) / ulp).as("%s atan(%s) = %s", type, points[i], values[i]).isLessThanOrEqualTo(4);
            }
        }
    }

    @Test
    void specialValues() {
        double[] values = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 0.0, -0.0};
        for (DType type : List.of(DType.FLOAT32, DType.FLOAT64)) {
            assertThat(apply(Tensor::erf, values, type)).as("erf in %s", type).containsExactly(Double.NaN, 1, -1, 0.0, -0.0);
            double right = type == DType.FLOAT32 ? (float) (Math.PI / 2) : Math.PI / 2;
            assertThat(apply(Tensor::atan, values, type)).as("atan in %s", type).containsExactly(Double.NaN, right, -right, 0.0, -0.0);
        }
    }
}
