// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.java.vector;

import dev.ashlar.runtime.java.device.SpecialFunctions;

/**
 * Loops over float64 registers. Functions come from {@link StrictMath}: those of {@link Math} may have other bits interpreted than
 * compiled.
 */
final class DoubleLoops {
    private DoubleLoops() {}

    static void add(double[] a, double[] b, double[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = a[i] + b[i];
        }
    }

    static void sub(double[] a, double[] b, double[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = a[i] - b[i];
        }
    }

    static void mul(double[] a, double[] b, double[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = a[i] * b[i];
        }
    }

    static void div(double[] a, double[] b, double[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = a[i] / b[i];
        }
    }

    static void rem(double[] a, double[] b, double[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = a[i] % b[i];
        }
    }

    static void max(double[] a, double[] b, double[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = Math.max(a[i], b[i]);
        }
    }

    static void min(double[] a, double[] b, double[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = Math.min(a[i], b[i]);
        }
    }

    static void pow(double[] a, double[] b, double[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = SpecialFunctions.pow(a[i], b[i]);
        }
    }

    static void less(double[] a, double[] b, int[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = a[i] < b[i] ? 1 : 0;
        }
    }

    static void equal(double[] a, double[] b, int[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = a[i] == b[i] ? 1 : 0;
        }
    }

    static void select(int[] c, double[] a, double[] b, double[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = c[i] != 0 ? a[i] : b[i];
        }
    }

    static void fma(double[] a, double[] b, double[] c, double[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = Math.fma(a[i], b[i], c[i]);
        }
    }

    static void neg(double[] a, double[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = -a[i];
        }
    }

    static void abs(double[] a, double[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = Math.abs(a[i]);
        }
    }

    static void sqrt(double[] a, double[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = Math.sqrt(a[i]);
        }
    }

    static void floor(double[] a, double[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = Math.floor(a[i]);
        }
    }

    static void exp(double[] a, double[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = StrictMath.exp(a[i]);
        }
    }

    static void log(double[] a, double[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = StrictMath.log(a[i]);
        }
    }

    static void expm1(double[] a, double[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = StrictMath.expm1(a[i]);
        }
    }

    static void log1p(double[] a, double[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = StrictMath.log1p(a[i]);
        }
    }

    static void sin(double[] a, double[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = StrictMath.sin(a[i]);
        }
    }

    static void cos(double[] a, double[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = StrictMath.cos(a[i]);
        }
    }

    static void tanh(double[] a, double[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = StrictMath.tanh(a[i]);
        }
    }

    static void atan(double[] a, double[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = StrictMath.atan(a[i]);
        }
    }

    static void erf(double[] a, double[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = SpecialFunctions.erf(a[i]);
        }
    }
}
