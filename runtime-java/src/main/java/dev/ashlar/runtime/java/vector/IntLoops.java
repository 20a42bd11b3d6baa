// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.java.vector;

/** Loops over int32 registers, which hold bool and the narrow types too. Comparisons avoid branches, so that the JIT vectorises them. */
final class IntLoops {
    private IntLoops() {}

    static void add(int[] a, int[] b, int[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = a[i] + b[i];
        }
    }

    static void sub(int[] a, int[] b, int[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = a[i] - b[i];
        }
    }

    static void mul(int[] a, int[] b, int[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = a[i] * b[i];
        }
    }

    static void div(int[] a, int[] b, int[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = b[i] == 0 ? 0 : a[i] / b[i];
        }
    }

    static void rem(int[] a, int[] b, int[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = b[i] == 0 ? 0 : a[i] % b[i];
        }
    }

    static void max(int[] a, int[] b, int[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = Math.max(a[i], b[i]);
        }
    }

    static void min(int[] a, int[] b, int[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = Math.min(a[i], b[i]);
        }
    }

    static void and(int[] a, int[] b, int[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = a[i] & b[i];
        }
    }

    static void or(int[] a, int[] b, int[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = a[i] | b[i];
        }
    }

    static void xor(int[] a, int[] b, int[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = a[i] ^ b[i];
        }
    }

    static void shl(int[] a, int[] b, int[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = a[i] << b[i];
        }
    }

    static void shr(int[] a, int[] b, int[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = a[i] >> b[i];
        }
    }

    static void neg(int[] a, int[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = -a[i];
        }
    }

    static void abs(int[] a, int[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = Math.abs(a[i]);
        }
    }

    static void less(int[] a, int[] b, int[] r, int n) {
        for (int i = 0; i < n; i++) {
            int difference = a[i] - b[i];
            r[i] = (difference ^ (a[i] ^ b[i]) & (difference ^ a[i])) >>> 31;
        }
    }

    static void equal(int[] a, int[] b, int[] r, int n) {
        for (int i = 0; i < n; i++) {
            int difference = a[i] ^ b[i];
            r[i] = 1 - ((difference | -difference) >>> 31);
        }
    }

    /** Takes {@code a} where {@code c} is 1 and {@code b} where it is 0. */
    static void select(int[] c, int[] a, int[] b, int[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = b[i] ^ (a[i] ^ b[i]) & -c[i];
        }
    }
}
