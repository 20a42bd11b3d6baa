// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.java.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.runtime.java.device.SpecialFunctions;
import dev.ashlar.spi.ScalarOp;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The float32 functions against double precision, and the vector form against the plain one. */
class FunctionsTest {
    private static final long SEED = 20_250_101;
    private static final int POINTS = 1 << 19;

    @ParameterizedTest
    @EnumSource(
            value = ScalarOp.class,
            names = {"EXP", "LOG", "EXPM1", "LOG1P", "SIN", "COS", "TANH", "ERF", "ATAN"})
    void staysWithinHalfAUnitAndABit(ScalarOp op) {
        Random random = new Random(SEED);
        float[] x = new float[Frame.BLOCK];
        float[] plain = new float[Frame.BLOCK];
        float[] vector = new float[Frame.BLOCK];
        Lanes.FloatUnary plainLoop = new PlainLanes().function(op);
        Lanes.FloatUnary vectorLoop = VectorLanes.vectorFunction(op);
        assertThat(plainLoop).isNotNull();
        assertThat(vectorLoop).isNotNull();
        double worst = 0;
        float[] special = {
            0f, -0f, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.MIN_VALUE, -Float.MIN_VALUE, Float.MIN_NORMAL,
            Float.MAX_VALUE, -Float.MAX_VALUE, 1f, -1f, Math.nextUp(1f), Math.nextDown(1f), Math.nextUp(-1f), 88.72284f, 88.7229f,
            -87.33655f, -103.97208f, -104f, 1e-5f, 9.99e-6f, 1e-4f, 9.9e-5f, 0x1p30f, 1.1e9f, -1e20f, 3.96f, 3.9f, 1.5707964f
        };
        for (int block = 0; block < POINTS / Frame.BLOCK; block++) {
            for (int i = 0; i < x.length; i++) {
                x[i] = i < special.length
                        ? special[i]
                        : switch (i % 4) {
                            case 0 -> Float.intBitsToFloat(random.nextInt());
                            case 1 -> (float) (random.nextGaussian() * 30);
                            case 2 -> (random.nextFloat() - 0.5f) * 2e5f;
                            default -> (float) random.nextGaussian();
                        };
            }
            plainLoop.apply(x, plain, x.length);
            vectorLoop.apply(x, vector, x.length);
            for (int i = 0; i < x.length; i++) {
                if (Float.floatToIntBits(plain[i]) != Float.floatToIntBits(vector[i])) {
                    throw new AssertionError(op + "(" + x[i] + "): plain " + plain[i] + ", vector " + vector[i]);
                }
                worst = Math.max(worst, units(plain[i], reference(op).applyAsDouble(x[i])));
            }
        }
        assertThat(worst).as("seed " + SEED + ", worst error of " + op + " in units in the last place").isLessThanOrEqualTo(0.55);
    }

    @Test
    void powerStaysWithinHalfAUnitAndABit() {
        Random random = new Random(SEED);
        double worst = 0;
        float[] special = {0f, -0f, 1f, -1f, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 2f, -2f, 0.5f, 3f, -3f, 1e-40f};
        for (float x : special) {
            for (float y : special) {
                worst = Math.max(worst, units(FloatFunctions.pow(x, y), SpecialFunctions.pow(x, y)));
            }
        }
        for (int i = 0; i < POINTS; i++) {
            float x = i % 2 == 0 ? Float.intBitsToFloat(random.nextInt()) : (float) Math.abs(random.nextGaussian());
            float y = i % 3 == 0 ? random.nextInt(-9, 10) : (float) (random.nextGaussian() * 8);
            worst = Math.max(worst, units(FloatFunctions.pow(x, y), SpecialFunctions.pow(x, y)));
        }
        assertThat(worst).as("seed " + SEED).isLessThanOrEqualTo(0.55);
    }

    @Test
    void powerHasTheSpecialValuesOfC() {
        assertThat(SpecialFunctions.pow(1, Double.NaN)).isEqualTo(1);
        assertThat(SpecialFunctions.pow(Double.NaN, 0)).isEqualTo(1);
        assertThat(SpecialFunctions.pow(-1, Double.POSITIVE_INFINITY)).isEqualTo(1);
        assertThat(SpecialFunctions.pow(-0.0, -3)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(SpecialFunctions.pow(-2, 0.5)).isNaN();
    }

    /** Values to 17 digits from arbitrary precision. */
    @Test
    void errorFunctionInDoublePrecision() {
        double[][] known = {
            {1e-300, 1.1283791670955126e-300}, {1e-08, 1.1283791670955126e-08}, {0.1, 0.1124629160182849}, {0.3, 0.3286267594591274},
            {0.5, 0.5204998778130465}, {0.84375, 0.7672256612323416}, {1.0, 0.8427007929497149}, {1.25, 0.9229001282564583},
            {1.7, 0.9837904585907745}, {2.0, 0.9953222650189527}, {2.4999, 0.9995928300996666}, {2.5, 0.999593047982555},
            {2.6, 0.9997639655834707}, {3.0, 0.9999779095030014}, {3.5, 0.9999992569016276}, {4.2, 0.9999999971445058},
            {5.0, 0.9999999999984626}, {5.9, 0.9999999999999999}
        };
        for (double[] pair : known) {
            assertThat(Math.abs(SpecialFunctions.erf(pair[0]) - pair[1])).as("erf(" + pair[0] + ")").isLessThanOrEqualTo(
                    4 * Math.ulp(pair[1]));
            assertThat(SpecialFunctions.erf(-pair[0])).isEqualTo(-SpecialFunctions.erf(pair[0]));
        }
        assertThat(SpecialFunctions.erf(Double.NaN)).isNaN();
        assertThat(SpecialFunctions.erf(Double.POSITIVE_INFINITY)).isEqualTo(1);
        assertThat(1 / SpecialFunctions.erf(-0.0)).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    private static DoubleUnaryOperator reference(ScalarOp op) {
        return switch (op) {
            case EXP -> StrictMath::exp;
            case LOG -> StrictMath::log;
            case EXPM1 -> StrictMath::expm1;
            case LOG1P -> StrictMath::log1p;
            case SIN -> StrictMath::sin;
            case COS -> StrictMath::cos;
            case TANH -> StrictMath::tanh;
            case ERF -> SpecialFunctions::erf;
            case ATAN -> StrictMath::atan;
            default -> throw new IllegalArgumentException(op.toString());
        };
    }

    /** Returns the error in units in the last place of the exact value's float32 neighbourhood; infinite where the kind is wrong. */
    private static double units(float got, double exact) {
        float nearest = (float) exact;
        if (Float.isNaN(nearest) || Float.isNaN(got)) {
            return Float.isNaN(nearest) && Float.isNaN(got) ? 0 : Double.POSITIVE_INFINITY;
        }
        if (nearest == 0 && got == 0) {
            return Float.floatToIntBits(nearest) == Float.floatToIntBits(got) ? 0 : Double.POSITIVE_INFINITY;
        }
        if (Float.isInfinite(nearest) || Float.isInfinite(got)) {
            return nearest == got ? 0 : Double.POSITIVE_INFINITY;
        }
        return Math.abs(got - exact) / Math.ulp(nearest);
    }
}
