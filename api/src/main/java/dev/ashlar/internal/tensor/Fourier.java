// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import static dev.ashlar.internal.tensor.Tape.of;

import dev.ashlar.FftNorm;
import dev.ashlar.Tensor;
import dev.ashlar.type.DType;
import dev.ashlar.type.DTypeMismatchException;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.ShapeMismatchException;
import java.util.function.IntToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Fourier transforms of pairs (real, imaginary) in the last dimension. Short ones are one product with the matrix of roots of unity. Longer
 * ones are taken apart, n = a b: transforms of length a, a rotation of each element, transforms of length b (the four-step method of
 * Gentleman and Sande, 1966). A length without small factors becomes a convolution (Bluestein, 1970).
 */
public final class Fourier {
    /** A product with a matrix of this size costs as much as its data on common devices. */
    private static final int LONGEST_PRODUCT = 64;

    private Fourier() {}

    // ---- what users call --------------------------------------------------------------------------------------------------------

    /** See {@link Tensor#fft(Long, int, FftNorm)} and {@link Tensor#ifft(Long, int, FftNorm)}. */
    public static Tensor complex(String name, Tensor x, @Nullable Long n, int dim, FftNorm norm, boolean inverse) {
        int at = dimension(name, pairs(name, x), x.dim() - 1, dim);
        Tensor y = sized(x, at, length(name, n == null ? x.size(at) : n));
        return scaled(along(name, y, at, inverse), y.size(at), norm, inverse);
    }

    /** See {@link Tensor#rfft(Long, int, FftNorm)}. */
    public static Tensor real(Tensor x, @Nullable Long n, int dim, FftNorm norm) {
        Tensor plain = exact("rfft", Promotion.floating(x));
        int at = dimension("rfft", x, x.dim(), dim);
        long length = length("rfft", n == null ? x.size(at) : n);
        Tensor y = along("rfft", sized(plain, at, length).unsqueeze(-1).pad(0, 0, 1), at, false);
        return scaled(y.slice(at, 0, length / 2 + 1, 1), length, norm, false);
    }

    /** See {@link Tensor#irfft(Long, int, FftNorm)}. */
    public static Tensor inverseReal(Tensor x, @Nullable Long n, int dim, FftNorm norm) {
        int at = dimension("irfft", pairs("irfft", x), x.dim() - 1, dim);
        long length = length("irfft", n == null ? 2 * (x.size(at) - 1) : n);
        Tensor half = sized(x, at, length / 2 + 1);
        Tensor mirrored = half.slice(at, 1, (length + 1) / 2, 1).flip(at).mul(signs(x, 1, -1));
        Tensor y = along("irfft", Tensor.cat(at, half, mirrored), at, true).select(-1, 0);
        return scaled(y, length, norm, true);
    }

    private static Tensor pairs(String name, Tensor x) {
        if (x.dim() < 2 || x.size(-1) != 2) {
            throw new ShapeMismatchException("[" + name + "] expected pairs of real and imaginary parts in the last dimension, got shape "
                    + x.shape() + "; of real numbers take rfft(), or add zeros with unsqueeze(-1).pad(0, 0, 1)");
        }
        return exact(name, x);
    }

    private static Tensor exact(String name, Tensor x) {
        if (!x.dtype().isFloatingPoint() || x.dtype().bytes() < DType.FLOAT32.bytes()) {
            throw new DTypeMismatchException("[" + name + "] expected float32 or float64, got " + x.dtype()
                    + "; cast, for example with to(DType.FLOAT32)");
        }
        return x;
    }

    private static int dimension(String name, Tensor x, int rank, int dim) {
        if (dim < -rank || dim >= rank) {
            throw new InvalidArgumentException("[" + name + "] expected a dimension in [" + -rank + ", " + (rank - 1) + "] for shape "
                    + x.shape() + ", got " + dim + "; pairs are not counted");
        }
        return dim < 0 ? dim + rank : dim;
    }

    private static long length(String name, long n) {
        if (n < 1) {
            throw new InvalidArgumentException("[" + name + "] expected a length >= 1, got " + n + "; say how long the transform shall be");
        }
        return n;
    }

    /** Cuts off or adds zeros at the end of a dimension. */
    private static Tensor sized(Tensor x, int at, long length) {
        long[] amounts = new long[2 * (x.dim() - at)];
        amounts[amounts.length - 1] = length - x.size(at);
        return x.pad(0, amounts);
    }

    private static Tensor scaled(Tensor y, long n, FftNorm norm, boolean inverse) {
        return switch (norm) {
            case ORTHO -> y.mul(1 / Math.sqrt(n));
            case BACKWARD -> inverse ? y.mul(1.0 / n) : y;
            case FORWARD -> inverse ? y : y.mul(1.0 / n);
        };
    }

    // ---- transforms -------------------------------------------------------------------------------------------------------------

    /** Transforms one dimension of pairs, unscaled. What flows back is transformed the other way. */
    private static Tensor along(String name, Tensor x, int at, boolean inverse) {
        Tensor last = Primitives.detached(x).transpose(at, -2);
        Tensor lines = last.reshape(x.numel() / (2 * x.size(at)), x.size(at), 2);
        Tensor y = Primitives.detached(lines(lines, inverse)).reshape(last.shape().toArray()).transpose(at, -2);
        return Tape.record(name, y, of(x), of(), (g, _) -> along(name, g, at, !inverse));
    }

    /** Transforms [lines, n, 2] along n. */
    private static Tensor lines(Tensor x, boolean inverse) {
        int n = HostMatrices.size(x, 1);
        if (n == 1 || x.numel() == 0) {
            return x;
        }
        if (n <= LONGEST_PRODUCT) {
            return x.reshape(x.size(0), 2L * n).matmul(matrix(x, n, inverse)).reshape(x.size(0), n, 2);
        }
        int a = LONGEST_PRODUCT;
        while (a > 1 && n % a != 0) {
            a--;
        }
        return a == 1 ? convolved(x, n, inverse) : split(x, a, n / a, inverse);
    }

    /** With j = j1 b + j2 and k = k1 + a k2: over j1 first, then a rotation by j2 k1, then over j2. */
    private static Tensor split(Tensor x, int a, int b, boolean inverse) {
        long count = x.size(0);
        Tensor columns = x.reshape(count, a, b, 2).transpose(1, 2);
        Tensor first = lines(columns.reshape(count * b, a, 2), inverse).reshape(count, b, a, 2);
        Tensor turned = times(first, rotations(x, b * a, inverse, i -> (double) (i / a) * (i % a), (double) a * b, b, a)).transpose(1, 2);
        Tensor second = lines(turned.reshape(count * a, b, 2), inverse).reshape(count, a, b, 2);
        return second.transpose(1, 2).reshape(count, (long) a * b, 2);
    }

    /** With 2 j k = j j + k k - (k - j)(k - j) the sum is a convolution with a chirp, done by transforms of a power of two. */
    private static Tensor convolved(Tensor x, int n, boolean inverse) {
        int size = Integer.highestOneBit(2 * n - 2) * 2;
        Tensor chirp = rotations(x, n, inverse, i -> (double) ((long) i * i % (2L * n)), 2.0 * n, n);
        Tensor answer = rotations(x, size, !inverse, i -> {
            long distance = Math.min(i, size - i);
            return distance < n ? (double) (distance * distance % (2L * n)) : Double.NaN;
        }, 2.0 * n, 1, size);
        Tensor spectrum = lines(times(x, chirp).pad(0, 0, 0, 0, size - n), false);
        Tensor filtered = times(spectrum, lines(answer, false));
        return times(lines(filtered, true).slice(1, 0, n, 1), chirp).mul(1.0 / size);
    }

    // ---- complex numbers --------------------------------------------------------------------------------------------------------

    /** Multiplies complex numbers: (re, im) by the real part, plus (im, re) by the imaginary part with signs. */
    private static Tensor times(Tensor x, Tensor factors) {
        Tensor re = factors.slice(-1, 0, 1, 1);
        Tensor im = factors.slice(-1, 1, 2, 1).mul(signs(x, -1, 1));
        return x.mul(re).add(x.flip(-1).mul(im));
    }

    private static Tensor signs(Tensor like, double first, double second) {
        return HostMatrices.write(new double[] {first, second}, like, 2);
    }

    /**
     * Returns complex numbers of length 1, [sizes.., 2].
     *
     * @param turns the angle of each as a number of steps, NaN for a 0
     * @param whole how many steps a full turn has
     */
    private static Tensor rotations(Tensor like, int count, boolean inverse, IntToDoubleFunction turns, double whole, long... sizes) {
        double[] values = new double[2 * count];
        for (int i = 0; i < count; i++) {
            double steps = turns.applyAsDouble(i);
            if (!Double.isNaN(steps)) {
                values[2 * i] = cosine(steps % whole, whole);
                values[2 * i + 1] = (inverse ? 1 : -1) * cosine((steps + 0.75 * whole) % whole, whole);
            }
        }
        return HostMatrices.write(values, like, HostMatrices.join(sizes, 2));
    }

    /** Returns the matrix of a transform of pairs, [n 2, n 2]. */
    private static Tensor matrix(Tensor like, int n, boolean inverse) {
        double[] values = new double[4 * n * n];
        for (int j = 0; j < n; j++) {
            for (int k = 0; k < n; k++) {
                double re = cosine(j * k % n, n);
                double im = (inverse ? 1 : -1) * cosine((j * k + 0.75 * n) % n, n);
                values[2 * j * 2 * n + 2 * k] = re;
                values[2 * j * 2 * n + 2 * k + 1] = im;
                values[(2 * j + 1) * 2 * n + 2 * k] = -im;
                values[(2 * j + 1) * 2 * n + 2 * k + 1] = re;
            }
        }
        return HostMatrices.write(values, like, 2L * n, 2L * n);
    }

    /** Returns the cosine of a part of a full turn, from an angle of at most an eighth: exact at quarters, and equal where it should be. */
    private static double cosine(double steps, double whole) {
        double eighths = 8 * (steps > whole / 2 ? whole - steps : steps);
        if (eighths <= whole) {
            return Math.cos(Math.PI / 4 * (eighths / whole));
        }
        if (eighths >= 3 * whole) {
            return -Math.cos(Math.PI / 4 * ((4 * whole - eighths) / whole));
        }
        return Math.sin(Math.PI / 4 * ((2 * whole - eighths) / whole));
    }
}
