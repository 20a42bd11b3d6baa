// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

import dev.ashlar.internal.tensor.Fourier;
import org.jspecify.annotations.Nullable;

/**
 * Discrete Fourier transforms of any length, {@code y[k] = sum_j x[j] exp(-2 pi i j k / n)}. Complex numbers are pairs of real and
 * imaginary part in a last dimension of size 2, as {@code torch.view_as_real} gives them; that dimension is not counted by {@code dim}.
 *
 * <p>They are computed on the device as products with small matrices of roots of unity, in about {@code n log n} steps; lengths that have
 * a prime factor above 64 are turned into convolutions of a length that has none (Bluestein). Gradients, of any order, are transforms too.
 */
public sealed interface FftOps permits Tensor {
    private Tensor self() {
        return (Tensor) this;
    }

    /** Returns the transform of complex numbers, [.., n, 2], along n. */
    default Tensor fft() {
        return fft(null, -1, FftNorm.BACKWARD);
    }

    /**
     * Returns the transform of complex numbers along a dimension.
     *
     * @param n length: the input is cut off or filled with zeros at its end; null for its own
     * @param dim of those before the pairs; negative from the end
     * @return this one's shape with size n at {@code dim}
     * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.fft.fft.html">torch.fft.fft</a>
     * @throws dev.ashlar.type.ShapeMismatchException if the last dimension does not hold pairs
     */
    default Tensor fft(@Nullable Long n, int dim, FftNorm norm) {
        return Fourier.complex("fft", self(), n, dim, norm, false);
    }

    /** Returns the inverse transform of complex numbers, [.., n, 2], along n, scaled by 1/n. */
    default Tensor ifft() {
        return ifft(null, -1, FftNorm.BACKWARD);
    }

    /**
     * Returns the inverse transform, with {@code exp(+2 pi i j k / n)}, of complex numbers along a dimension.
     *
     * @param n length: the input is cut off or filled with zeros at its end; null for its own
     * @param dim of those before the pairs; negative from the end
     * @return this one's shape with size n at {@code dim}
     * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.fft.ifft.html">torch.fft.ifft</a>
     * @throws dev.ashlar.type.ShapeMismatchException if the last dimension does not hold pairs
     */
    default Tensor ifft(@Nullable Long n, int dim, FftNorm norm) {
        return Fourier.complex("ifft", self(), n, dim, norm, true);
    }

    /** Returns the first half of the transform of real numbers, [.., n], along n. */
    default Tensor rfft() {
        return rfft(null, -1, FftNorm.BACKWARD);
    }

    /**
     * Returns the first half of the transform of real numbers along a dimension; the other half is its mirror image, conjugated.
     *
     * @param n length: the input is cut off or filled with zeros at its end; null for its own
     * @param dim negative from the end
     * @return this one's shape with size n / 2 + 1 at {@code dim}, and pairs
     * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.fft.rfft.html">torch.fft.rfft</a>
     */
    default Tensor rfft(@Nullable Long n, int dim, FftNorm norm) {
        return Fourier.real(self(), n, dim, norm);
    }

    /** Returns the 2 (m - 1) real numbers of which this, [.., m, 2], is the first half of the transform. */
    default Tensor irfft() {
        return irfft(null, -1, FftNorm.BACKWARD);
    }

    /**
     * Returns the real numbers of which this is the first half of the transform along a dimension. Imaginary parts that such a half cannot
     * have, of the first element and, for even n, of the last, have no influence.
     *
     * @param n length of the result; null for twice the size of {@code dim}, minus 2
     * @param dim of those before the pairs; negative from the end
     * @return this one's shape with size n at {@code dim}, without the pairs
     * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.fft.irfft.html">torch.fft.irfft</a>
     * @throws dev.ashlar.type.ShapeMismatchException if the last dimension does not hold pairs
     */
    default Tensor irfft(@Nullable Long n, int dim, FftNorm norm) {
        return Fourier.inverseReal(self(), n, dim, norm);
    }
}
