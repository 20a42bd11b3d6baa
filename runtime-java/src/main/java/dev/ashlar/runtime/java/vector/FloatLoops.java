// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.java.vector;

/** Loops over float32 registers that the JIT vectorises: one index for all arrays, no branches. */
final class FloatLoops {
    private FloatLoops() {}

    static void add(float[] a, float[] b, float[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = a[i] + b[i];
        }
    }

    static void sub(float[] a, float[] b, float[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = a[i] - b[i];
        }
    }

    static void mul(float[] a, float[] b, float[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = a[i] * b[i];
        }
    }

    static void div(float[] a, float[] b, float[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = a[i] / b[i];
        }
    }

    static void rem(float[] a, float[] b, float[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = a[i] % b[i];
        }
    }

    static void max(float[] a, float[] b, float[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = Math.max(a[i], b[i]);
        }
    }

    static void min(float[] a, float[] b, float[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = Math.min(a[i], b[i]);
        }
    }

    static void pow(float[] a, float[] b, float[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = FloatFunctions.pow(a[i], b[i]);
        }
    }

    static void neg(float[] a, float[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = -a[i];
        }
    }

    static void abs(float[] a, float[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = Math.abs(a[i]);
        }
    }

    static void sqrt(float[] a, float[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = (float) Math.sqrt(a[i]);
        }
    }

    static void floor(float[] a, float[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = (float) Math.floor(a[i]);
        }
    }

    static void fma(float[] a, float[] b, float[] c, float[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = Math.fma(a[i], b[i], c[i]);
        }
    }
}
