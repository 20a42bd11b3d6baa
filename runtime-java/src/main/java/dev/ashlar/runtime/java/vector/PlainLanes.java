// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.java.vector;

import dev.ashlar.spi.ScalarOp;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** {@link Lanes} without the Vector API. */
final class PlainLanes implements Lanes {
    /** Sums that one pass over k keeps in registers. */
    private static final int TOGETHER = 4;

    private final int rows;
    private final int columns;

    PlainLanes() {
        this(TOGETHER, TOGETHER);
    }

    /**
     * @param rows of a tile
     * @param columns of a tile, a multiple of 4
     */
    PlainLanes(int rows, int columns) {
        this.rows = rows;
        this.columns = columns;
    }

    @Override
    public void less(float[] a, float[] b, int[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = a[i] < b[i] ? 1 : 0;
        }
    }

    @Override
    public void equal(float[] a, float[] b, int[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = a[i] == b[i] ? 1 : 0;
        }
    }

    @Override
    public void select(int[] c, float[] a, float[] b, float[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = c[i] != 0 ? a[i] : b[i];
        }
    }

    @Override
    public @Nullable FloatUnary function(ScalarOp op) {
        return switch (op) {
            case EXP -> PlainLanes::exp;
            case EXPM1 -> PlainLanes::expm1;
            case LOG -> PlainLanes::log;
            case LOG1P -> PlainLanes::log1p;
            case SIN -> PlainLanes::sin;
            case COS -> PlainLanes::cos;
            case TANH -> PlainLanes::tanh;
            case ATAN -> PlainLanes::atan;
            case ERF -> PlainLanes::erf;
            default -> null;
        };
    }

    @Override
    public float sum(float[] x, int from, int n, float[] sums) {
        Arrays.fill(sums, 0, SUMS, 0);
        int i = 0;
        for (; i + SUMS <= n; i += SUMS) {
            for (int lane = 0; lane < SUMS; lane++) {
                sums[lane] += x[from + i + lane];
            }
        }
        for (int lane = 0; i + lane < n; lane++) {
            sums[lane] += x[from + i + lane];
        }
        return Lanes.tree(sums);
    }

    @Override
    public float dot(float[] a, float[] b, int n, float[] sums) {
        Arrays.fill(sums, 0, SUMS, 0);
        int i = 0;
        for (; i + SUMS <= n; i += SUMS) {
            for (int lane = 0; lane < SUMS; lane++) {
                sums[lane] = Math.fma(a[i + lane], b[i + lane], sums[lane]);
            }
        }
        for (int lane = 0; i + lane < n; lane++) {
            sums[lane] = Math.fma(a[i + lane], b[i + lane], sums[lane]);
        }
        return Lanes.tree(sums);
    }

    @Override
    public float max(float[] x, int from, int n) {
        float best = x[from];
        for (int i = 1; i < n; i++) {
            best = Math.max(best, x[from + i]);
        }
        return best;
    }

    @Override
    public float min(float[] x, int from, int n) {
        float best = x[from];
        for (int i = 1; i < n; i++) {
            best = Math.min(best, x[from + i]);
        }
        return best;
    }

    @Override
    public void addTo(float[] r, float[] x, int from, int n) {
        for (int i = 0; i < n; i++) {
            r[i] += x[from + i];
        }
    }

    @Override
    public void maxTo(float[] r, float[] x, int from, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = Math.max(r[i], x[from + i]);
        }
    }

    @Override
    public void minTo(float[] r, float[] x, int from, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = Math.min(r[i], x[from + i]);
        }
    }

    @Override
    public void multiplyAddTo(float[] r, float[] x, float a, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = Math.fma(a, x[i], r[i]);
        }
    }

    @Override
    public int tileRows() {
        return rows;
    }

    @Override
    public int tileColumns() {
        return columns;
    }

    @Override
    public void tile(int depth, float[] a, int ao, float[] b, int bo, float[] c, int co, int stride, boolean increase) {
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j += TOGETHER) {
                four(depth, a, ao + i, rows, b, bo + j, columns, c, co + i * stride + j, increase);
            }
        }
    }

    private static void four(
            int depth, float[] a, int ao, int rows, float[] b, int bo, int columns, float[] c, int at, boolean increase) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        int bt = bo;
        for (int k = 0; k < depth; k++) {
            float x = a[ao + k * rows];
            s0 = Math.fma(x, b[bt], s0);
            s1 = Math.fma(x, b[bt + 1], s1);
            s2 = Math.fma(x, b[bt + 2], s2);
            s3 = Math.fma(x, b[bt + 3], s3);
            bt += columns;
        }
        c[at] = increase ? s0 + c[at] : s0;
        c[at + 1] = increase ? s1 + c[at + 1] : s1;
        c[at + 2] = increase ? s2 + c[at + 2] : s2;
        c[at + 3] = increase ? s3 + c[at + 3] : s3;
    }

    private static void exp(float[] a, float[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = FloatFunctions.exp(a[i]);
        }
    }

    private static void expm1(float[] a, float[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = FloatFunctions.expm1(a[i]);
        }
    }

    private static void log(float[] a, float[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = FloatFunctions.log(a[i]);
        }
    }

    private static void log1p(float[] a, float[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = FloatFunctions.log1p(a[i]);
        }
    }

    private static void sin(float[] a, float[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = FloatFunctions.sin(a[i]);
        }
    }

    private static void cos(float[] a, float[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = FloatFunctions.cos(a[i]);
        }
    }

    private static void tanh(float[] a, float[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = FloatFunctions.tanh(a[i]);
        }
    }

    private static void atan(float[] a, float[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = FloatFunctions.atan(a[i]);
        }
    }

    private static void erf(float[] a, float[] r, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = FloatFunctions.erf(a[i]);
        }
    }
}
