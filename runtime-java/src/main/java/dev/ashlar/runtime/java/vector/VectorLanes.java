// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.java.vector;

import dev.ashlar.spi.ScalarOp;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/** {@link Lanes} on the Vector API, in the CPU's preferred width. */
final class VectorLanes implements Lanes {
    /** At most 16 lanes: four vectors must not exceed the number of partial sums. */
    static final VectorSpecies<Float> FLOATS =
            FloatVector.SPECIES_PREFERRED.length() > 16 ? FloatVector.SPECIES_512 : FloatVector.SPECIES_PREFERRED;

    private static final VectorSpecies<Integer> INTS = FLOATS.withLanes(int.class);
    private static final int LANES = FLOATS.length();

    /** Wide vectors come with 32 registers, which 12 rows of two vectors use best (measured); others may have 16. */
    private static final boolean WIDE = LANES >= 16;

    /** Numbers that a function is warmed up on. */
    private static final int TRIAL = 256;

    private final PlainLanes plain = new PlainLanes(tileRows(), tileColumns());
    private final Map<ScalarOp, WarmUp> warmUps = new ConcurrentHashMap<>();
    private final WarmUp tileWarmUp = new WarmUp(tileTrial());

    @Override
    public void less(float[] a, float[] b, int[] r, int n) {
        for (int i = 0; i < n; i += LANES) {
            VectorMask<Float> mask = FloatVector.fromArray(FLOATS, a, i).lt(FloatVector.fromArray(FLOATS, b, i));
            IntVector.zero(INTS).blend(1, mask.cast(INTS)).intoArray(r, i);
        }
    }

    @Override
    public void equal(float[] a, float[] b, int[] r, int n) {
        for (int i = 0; i < n; i += LANES) {
            VectorMask<Float> mask = FloatVector.fromArray(FLOATS, a, i).eq(FloatVector.fromArray(FLOATS, b, i));
            IntVector.zero(INTS).blend(1, mask.cast(INTS)).intoArray(r, i);
        }
    }

    @Override
    public void select(int[] c, float[] a, float[] b, float[] r, int n) {
        for (int i = 0; i < n; i += LANES) {
            VectorMask<Float> mask = IntVector.fromArray(INTS, c, i).compare(VectorOperators.NE, 0).cast(FLOATS);
            FloatVector.fromArray(FLOATS, b, i).blend(FloatVector.fromArray(FLOATS, a, i), mask).intoArray(r, i);
        }
    }

    @Override
    public @Nullable FloatUnary function(ScalarOp op) {
        FloatUnary vectors = vectorFunction(op);
        FloatUnary twin = plain.function(op);
        if (vectors == null || twin == null) {
            return null;
        }
        WarmUp warmUp = warmUps.computeIfAbsent(op, key -> {
            float[] numbers = new float[TRIAL];
            Arrays.fill(numbers, 0.5f);
            return new WarmUp(() -> vectors.apply(numbers, new float[TRIAL], TRIAL));
        });
        return (a, r, n) -> (warmUp.isReady() ? vectors : twin).apply(a, r, n);
    }

    /** Returns the vector form itself, null if the operation is no function. */
    static @Nullable FloatUnary vectorFunction(ScalarOp op) {
        return switch (op) {
            case EXP -> VectorFunctions::exp;
            case EXPM1 -> VectorFunctions::expm1;
            case LOG -> VectorFunctions::log;
            case LOG1P -> VectorFunctions::log1p;
            case SIN -> VectorFunctions::sin;
            case COS -> VectorFunctions::cos;
            case TANH -> VectorFunctions::tanh;
            case ATAN -> VectorFunctions::atan;
            case ERF -> VectorFunctions::erf;
            default -> null;
        };
    }

    @Override
    public float sum(float[] x, int from, int n, float[] sums) {
        if (n < SUMS) {
            Arrays.fill(sums, 0, SUMS, 0);
        }
        int whole = n / SUMS * SUMS;
        for (int lane = 0; lane < SUMS && whole > 0; lane += 4 * LANES) {
            FloatVector s0 = FloatVector.zero(FLOATS);
            FloatVector s1 = s0;
            FloatVector s2 = s0;
            FloatVector s3 = s0;
            for (int i = from + lane; i < from + whole; i += SUMS) {
                s0 = s0.add(FloatVector.fromArray(FLOATS, x, i));
                s1 = s1.add(FloatVector.fromArray(FLOATS, x, i + LANES));
                s2 = s2.add(FloatVector.fromArray(FLOATS, x, i + 2 * LANES));
                s3 = s3.add(FloatVector.fromArray(FLOATS, x, i + 3 * LANES));
            }
            s0.intoArray(sums, lane);
            s1.intoArray(sums, lane + LANES);
            s2.intoArray(sums, lane + 2 * LANES);
            s3.intoArray(sums, lane + 3 * LANES);
        }
        for (int i = whole; i < n; i++) {
            sums[i - whole] += x[from + i];
        }
        return Lanes.tree(sums);
    }

    @Override
    public float dot(float[] a, float[] b, int n, float[] sums) {
        if (n < SUMS) {
            Arrays.fill(sums, 0, SUMS, 0);
        }
        int whole = n / SUMS * SUMS;
        for (int lane = 0; lane < SUMS && whole > 0; lane += 4 * LANES) {
            FloatVector s0 = FloatVector.zero(FLOATS);
            FloatVector s1 = s0;
            FloatVector s2 = s0;
            FloatVector s3 = s0;
            for (int i = lane; i < whole; i += SUMS) {
                s0 = FloatVector.fromArray(FLOATS, a, i).fma(FloatVector.fromArray(FLOATS, b, i), s0);
                s1 = FloatVector.fromArray(FLOATS, a, i + LANES).fma(FloatVector.fromArray(FLOATS, b, i + LANES), s1);
                s2 = FloatVector.fromArray(FLOATS, a, i + 2 * LANES).fma(FloatVector.fromArray(FLOATS, b, i + 2 * LANES), s2);
                s3 = FloatVector.fromArray(FLOATS, a, i + 3 * LANES).fma(FloatVector.fromArray(FLOATS, b, i + 3 * LANES), s3);
            }
            s0.intoArray(sums, lane);
            s1.intoArray(sums, lane + LANES);
            s2.intoArray(sums, lane + 2 * LANES);
            s3.intoArray(sums, lane + 3 * LANES);
        }
        for (int i = whole; i < n; i++) {
            sums[i - whole] = Math.fma(a[i], b[i], sums[i - whole]);
        }
        return Lanes.tree(sums);
    }

    @Override
    public float max(float[] x, int from, int n) {
        float best = x[from];
        int i = from;
        if (n >= 2 * LANES) {
            FloatVector v0 = FloatVector.fromArray(FLOATS, x, from);
            FloatVector v1 = v0;
            for (; i + 2 * LANES <= from + n; i += 2 * LANES) {
                v0 = v0.max(FloatVector.fromArray(FLOATS, x, i));
                v1 = v1.max(FloatVector.fromArray(FLOATS, x, i + LANES));
            }
            best = v0.max(v1).reduceLanes(VectorOperators.MAX);
        }
        for (; i < from + n; i++) {
            best = Math.max(best, x[i]);
        }
        return best;
    }

    @Override
    public float min(float[] x, int from, int n) {
        float best = x[from];
        int i = from;
        if (n >= 2 * LANES) {
            FloatVector v0 = FloatVector.fromArray(FLOATS, x, from);
            FloatVector v1 = v0;
            for (; i + 2 * LANES <= from + n; i += 2 * LANES) {
                v0 = v0.min(FloatVector.fromArray(FLOATS, x, i));
                v1 = v1.min(FloatVector.fromArray(FLOATS, x, i + LANES));
            }
            best = v0.min(v1).reduceLanes(VectorOperators.MIN);
        }
        for (; i < from + n; i++) {
            best = Math.min(best, x[i]);
        }
        return best;
    }

    @Override
    public void addTo(float[] r, float[] x, int from, int n) {
        int i = 0;
        for (; i + LANES <= n; i += LANES) {
            FloatVector.fromArray(FLOATS, r, i).add(FloatVector.fromArray(FLOATS, x, from + i)).intoArray(r, i);
        }
        for (; i < n; i++) {
            r[i] += x[from + i];
        }
    }

    @Override
    public void maxTo(float[] r, float[] x, int from, int n) {
        int i = 0;
        for (; i + LANES <= n; i += LANES) {
            FloatVector.fromArray(FLOATS, r, i).max(FloatVector.fromArray(FLOATS, x, from + i)).intoArray(r, i);
        }
        for (; i < n; i++) {
            r[i] = Math.max(r[i], x[from + i]);
        }
    }

    @Override
    public void minTo(float[] r, float[] x, int from, int n) {
        int i = 0;
        for (; i + LANES <= n; i += LANES) {
            FloatVector.fromArray(FLOATS, r, i).min(FloatVector.fromArray(FLOATS, x, from + i)).intoArray(r, i);
        }
        for (; i < n; i++) {
            r[i] = Math.min(r[i], x[from + i]);
        }
    }

    @Override
    public void multiplyAddTo(float[] r, float[] x, float a, int n) {
        FloatVector v = FloatVector.broadcast(FLOATS, a);
        for (int i = 0; i < n; i += LANES) {
            v.fma(FloatVector.fromArray(FLOATS, x, i), FloatVector.fromArray(FLOATS, r, i)).intoArray(r, i);
        }
    }

    @Override
    public int tileRows() {
        return WIDE ? 12 : 6;
    }

    @Override
    public int tileColumns() {
        return 2 * LANES;
    }

    @Override
    public void tile(int depth, float[] a, int ao, float[] b, int bo, float[] c, int co, int stride, boolean increase) {
        if (tileWarmUp.isReady()) {
            vectorTile(depth, a, ao, b, bo, c, co, stride, increase);
        } else {
            plain.tile(depth, a, ao, b, bo, c, co, stride, increase);
        }
    }

    /** Multiplies by the vector form itself. */
    static void vectorTile(int depth, float[] a, int ao, float[] b, int bo, float[] c, int co, int stride, boolean increase) {
        if (WIDE) {
            Tile12.run(depth, a, ao, b, bo, c, co, stride, increase);
        } else {
            Tile6.run(depth, a, ao, b, bo, c, co, stride, increase);
        }
    }

    private Runnable tileTrial() {
        int depth = 16;
        float[] a = new float[tileRows() * depth];
        float[] b = new float[tileColumns() * depth];
        float[] c = new float[tileRows() * tileColumns()];
        return () -> {
            for (int i = 0; i < 4; i++) {
                vectorTile(depth, a, 0, b, 0, c, 0, tileColumns(), i % 2 == 1);
            }
        };
    }
}
