// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.spi.Expr;
import dev.ashlar.spi.ScalarOp;
import dev.ashlar.type.DType;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The judge is judged by values worked out elsewhere: by hand, by {@link BigDecimal}, or from tables. */
final class ScalarOracleTest {
    private static Scalar binary(ScalarOp op, DType type, double a, double b) {
        return ScalarOracle.binary(op, type, Scalar.exact(a), Scalar.exact(b));
    }

    private static long whole(ScalarOp op, DType type, long a, long b) {
        return ScalarOracle.binary(op, type, Scalar.whole(a), Scalar.whole(b)).n();
    }

    @Test
    void wholeNumbersFollowTheContract() {
        assertThat(whole(ScalarOp.DIV, DType.INT32, 7, 0)).isZero();
        assertThat(whole(ScalarOp.REM, DType.INT64, 7, 0)).isZero();
        assertThat(whole(ScalarOp.DIV, DType.INT32, Integer.MIN_VALUE, -1)).isEqualTo(Integer.MIN_VALUE);
        assertThat(whole(ScalarOp.DIV, DType.INT64, Long.MIN_VALUE, -1)).isEqualTo(Long.MIN_VALUE);
        assertThat(whole(ScalarOp.DIV, DType.INT32, -7, 2)).isEqualTo(-3);
        assertThat(whole(ScalarOp.REM, DType.INT32, -7, 2)).isEqualTo(-1);
        assertThat(whole(ScalarOp.SHL, DType.INT32, 1, 33)).isEqualTo(2);
        assertThat(whole(ScalarOp.SHR, DType.INT32, -8, 1)).isEqualTo(-4);
        assertThat(whole(ScalarOp.SHL, DType.INT64, 1, 65)).isEqualTo(2);
        assertThat(whole(ScalarOp.ADD, DType.INT32, Integer.MAX_VALUE, 1)).isEqualTo(Integer.MIN_VALUE);
        assertThat(whole(ScalarOp.ADD, DType.BOOL, 1, 1)).isEqualTo(1);
    }

    @Test
    void powersFollowC99() {
        assertThat(binary(ScalarOp.POW, DType.FLOAT32, 1, Double.NaN).x()).isEqualTo(1);
        assertThat(binary(ScalarOp.POW, DType.FLOAT32, Double.NaN, 0).x()).isEqualTo(1);
        assertThat(binary(ScalarOp.POW, DType.FLOAT32, -1, Double.POSITIVE_INFINITY).x()).isEqualTo(1);
        assertThat(binary(ScalarOp.POW, DType.FLOAT32, -8, 1.0 / 3).x()).isNaN();
        assertThat(binary(ScalarOp.POW, DType.FLOAT32, -2, 3).x()).isEqualTo(-8);
    }

    @Test
    void castsSaturateAndWrap() {
        assertThat(ScalarOracle.cast(DType.FLOAT32, Scalar.exact(3e9), DType.INT32).n()).isEqualTo(Integer.MAX_VALUE);
        assertThat(ScalarOracle.cast(DType.FLOAT32, Scalar.exact(-1.5), DType.UINT8).n()).isZero();
        assertThat(ScalarOracle.cast(DType.FLOAT32, Scalar.exact(Double.NaN), DType.INT64).n()).isZero();
        assertThat(ScalarOracle.cast(DType.FLOAT32, Scalar.exact(-127.9), DType.INT8).n()).isEqualTo(-127);
        assertThat(ScalarOracle.cast(DType.FLOAT64, Scalar.exact(9.3e18), DType.INT64).n()).isEqualTo(Long.MAX_VALUE);
        assertThat(ScalarOracle.cast(DType.INT32, Scalar.whole(200), DType.INT8).n()).isEqualTo(-56);
        assertThat(ScalarOracle.cast(DType.INT32, Scalar.whole(-1), DType.UINT8).n()).isEqualTo(255);
        assertThat(ScalarOracle.cast(DType.FLOAT32, Scalar.exact(Double.NaN), DType.BOOL).n()).isEqualTo(1);
    }

    /** Rounds by the definition: to the multiple of the spacing that is nearest, even if there are two. */
    private static double rounded(DType type, BigDecimal x) {
        int exponent = Math.max(Math.getExponent(x.doubleValue()), Math.getExponent(Numbers.smallestNormal(type)));
        BigDecimal spacing = new BigDecimal(Math.scalb(1.0, exponent - Numbers.precision(type) + 1));
        double result = x.divide(spacing, MathContext.UNLIMITED).setScale(0, RoundingMode.HALF_EVEN).multiply(spacing).doubleValue();
        return Math.abs(result) > Numbers.largestFinite(type) ? Math.copySign(Double.POSITIVE_INFINITY, result) : result;
    }

    @Test
    void narrowTypesAreRoundedOnce() {
        Random random = new Random(7);
        for (DType type : new DType[] {DType.FLOAT32, DType.FLOAT16, DType.BFLOAT16}) {
            for (int i = 0; i < 20_000; i++) {
                double half = Math.scalb(1.0, -Numbers.precision(type));
                double x = Math.scalb(1 + random.nextInt(8) * half + (random.nextInt(3) - 1) * 0x1p-50, random.nextInt(40) - 26);
                assertThat(Numbers.round(type, x)).as(type + " " + x).isEqualTo(rounded(type, new BigDecimal(x)));
                long n = random.nextLong() >> random.nextInt(62) & -1L << random.nextInt(30) | random.nextInt(2);
                if (n != 0) {
                    assertThat(Numbers.round(type, n)).as(type + " " + n).isEqualTo(rounded(type, new BigDecimal(n)));
                }
            }
        }
    }

    @Test
    void everyHalfSurvivesItsEncoding() {
        for (DType type : new DType[] {DType.FLOAT16, DType.BFLOAT16}) {
            for (int bits = 0; bits < 65536; bits++) {
                Scalar value = Numbers.decode(type, bits);
                if (!Double.isNaN(value.x())) {
                    assertThat(Numbers.encode(type, value)).isEqualTo(bits);
                }
            }
        }
    }

    /** Values from Abramowitz and Stegun, table 7.1, and Wolfram Alpha for the last. */
    @Test
    void erfAgreesWithTables() {
        assertThat(Erf.of(0.5)).isEqualTo(0.5204998778130465);
        assertThat(Erf.of(1)).isEqualTo(0.8427007929497149);
        assertThat(Erf.of(2)).isEqualTo(0.9953222650189527);
        assertThat(Erf.of(-0.1)).isEqualTo(-0.1124629160182849);
        assertThat(Erf.of(10)).isEqualTo(1);
        assertThat(Erf.of(-0.0)).isEqualTo(-0.0);
    }

    @Test
    void boundsTravelWithValues() {
        Expr.Builder builder = new Expr.Builder();
        int exp = builder.unary(ScalarOp.EXP, builder.input(0, DType.FLOAT32));
        Expr expr = builder.build(exp, builder.binary(ScalarOp.MUL, exp, builder.constant(DType.FLOAT32, 8.0)),
                builder.binary(ScalarOp.SUB, exp, exp));
        Scalar[] values = ScalarOracle.evaluate(expr, leaf -> Scalar.exact(1), null);
        assertThat(values[0].error()).isBetween(3 * 0x1p-22, 3.001 * 0x1p-22);
        assertThat(values[1].error()).isGreaterThanOrEqualTo(8 * values[0].error());
        assertThat(values[2].error()).isGreaterThanOrEqualTo(2 * values[0].error());
    }

    @Test
    void aComparisonOfInexactValuesIsABadTest() {
        Expr.Builder builder = new Expr.Builder();
        int exp = builder.unary(ScalarOp.EXP, builder.input(0, DType.FLOAT32));
        Expr expr = builder.build(builder.binary(ScalarOp.LT, exp, builder.constant(DType.FLOAT32, 2.0)));
        assertThatThrownBy(() -> ScalarOracle.evaluate(expr, leaf -> Scalar.exact(1), null)).hasMessageContaining("tolerance");
    }
}
