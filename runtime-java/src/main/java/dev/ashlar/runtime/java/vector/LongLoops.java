// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.java.vector;

/** Loops over int64 registers. */
final class LongLoops {
    private LongLoops() {}

    static void add(long[] a, long[] b, long[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = a[i] + b[i];
        }
    }

    static void sub(long[] a, long[] b, long[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = a[i] - b[i];
        }
    }

    static void mul(long[] a, long[] b, long[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = a[i] * b[i];
        }
    }

    static void div(long[] a, long[] b, long[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = b[i] == 0 ? 0 : a[i] / b[i];
        }
    }

    static void rem(long[] a, long[] b, long[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = b[i] == 0 ? 0 : a[i] % b[i];
        }
    }

    static void max(long[] a, long[] b, long[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = Math.max(a[i], b[i]);
        }
    }

    static void min(long[] a, long[] b, long[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = Math.min(a[i], b[i]);
        }
    }

    static void and(long[] a, long[] b, long[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = a[i] & b[i];
        }
    }

    static void or(long[] a, long[] b, long[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = a[i] | b[i];
        }
    }

    static void xor(long[] a, long[] b, long[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = a[i] ^ b[i];
        }
    }

    static void shl(long[] a, long[] b, long[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = a[i] << b[i];
        }
    }

    static void shr(long[] a, long[] b, long[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = a[i] >> b[i];
        }
    }

    static void neg(long[] a, long[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = -a[i];
        }
    }

    static void abs(long[] a, long[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = Math.abs(a[i]);
        }
    }

    static void less(long[] a, long[] b, int[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = a[i] < b[i] ? 1 : 0;
        }
    }

    static void equal(long[] a, long[] b, int[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = a[i] == b[i] ? 1 : 0;
        }
    }

    static void select(int[] c, long[] a, long[] b, long[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = c[i] != 0 ? a[i] : b[i];
        }
    }
}
