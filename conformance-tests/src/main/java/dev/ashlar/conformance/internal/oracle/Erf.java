// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.oracle;

import java.math.BigDecimal;
import java.math.MathContext;

/** The error function, which the JDK lacks: its Taylor series in so many digits that cancellation does not matter. */
public final class Erf {
    private static final MathContext DIGITS = new MathContext(60);
    /** 2 / sqrt(pi). */
    private static final BigDecimal FACTOR = BigDecimal.valueOf(2)
            .divide(new BigDecimal("3.14159265358979323846264338327950288419716939937510582097494459230781640628620899")
                    .sqrt(DIGITS), DIGITS);

    private Erf() {}

    public static double of(double x) {
        if (Double.isNaN(x) || x == 0) {
            return x;
        }
        // 1 - erf(6) is 2e-17, less than half a unit in the last place of 1.
        if (Math.abs(x) >= 6) {
            return Math.signum(x);
        }
        BigDecimal value = new BigDecimal(x);
        BigDecimal square = value.multiply(value);
        BigDecimal power = value;
        BigDecimal sum = value;
        for (int n = 1; n < 400; n++) {
            power = power.multiply(square, DIGITS).negate().divide(BigDecimal.valueOf(n), DIGITS);
            BigDecimal term = power.divide(BigDecimal.valueOf(2L * n + 1), DIGITS);
            sum = sum.add(term, DIGITS);
            if (term.abs().compareTo(sum.abs().scaleByPowerOfTen(-40)) < 0) {
                break;
            }
        }
        return sum.multiply(FACTOR, DIGITS).doubleValue();
    }
}
