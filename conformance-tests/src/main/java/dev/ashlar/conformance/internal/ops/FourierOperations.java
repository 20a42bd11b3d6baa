// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.ops;

import dev.ashlar.FftNorm;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.ShapeMismatchException;
import java.util.List;
import java.util.stream.Stream;

/** Fourier transforms, against the sum that defines them. */
final class FourierOperations {
    private FourierOperations() {}

    static List<Operation> all() {
        return Stream.of(
                        Operation.of("fft", in -> in[0].fft(), in -> transform(in[0], in[0].shape()[1], false, 1))
                                .on(Input.of(2, 12, 2)).on(Input.of(1, 67, 2)).on(Input.of(1, 130, 2)).within(60,
                                        60).products().smoothTwice()
                                .edge(Input.of(1, 1, 2)).edge(Input.of(0, 3, 2))
                                .refuses("numbers that are no pairs", ShapeMismatchException.class, "pairs", new int[] {2, 3}),
                        Operation.of("ifft", in -> in[0].ifft(8L, 1, FftNorm.ORTHO), in -> transform(in[0], 8, true, Math.sqrt(8)))
                                .on(Input.of(2, 6, 2)).on(Input.of(3, 9, 2)).within(60, 10).products().smooth()
                                .refuses("a dimension of pairs", in -> in[0].ifft(null, 2, FftNorm.BACKWARD),
                                        InvalidArgumentException.class,
                                        "dimension", new int[] {2, 3, 2}),
                        Operation.of("rfft", in -> in[0].rfft(), in -> {
                                    int n = in[0].shape()[1];
                                    return transform(complex(in[0]), n, false, 1).select(1, n / 2 + 1, k -> k);
                                })
                                .on(Input.of(2, 7)).on(Input.of(2, 10)).on(Input.of(1, 72)).within(60, 60).products().smooth()
                                .refuses("a length of 0", in -> in[0].rfft(0L, 0, FftNorm.BACKWARD), InvalidArgumentException.class,
                                        "length",
                                        new int[] {3}),
                        Operation.of("irfft", in -> in[0].irfft(9L, -1, FftNorm.FORWARD), in -> halves(in[0], 9))
                                .on(Input.of(2, 5, 2)).on(Input.of(1, 3, 2)).within(60, 20).products().smooth()
                                .refuses("a scalar", in -> in[0].irfft(), ShapeMismatchException.class, "pairs", new int[0]))
                .map(builder -> builder.whole().build()).toList();
    }

    private static Values complex(Values real) {
        return Values.fill(new int[] {real.shape()[0], real.shape()[1], 2}, at -> at[2] == 1 ? 0 : element(real, at[0], at[1]));
    }

    private static double element(Values x, int... at) {
        int index = 0;
        for (int i = 0; i < at.length; i++) {
            index = index * x.shape()[i] + at[i];
        }
        return x.data()[index];
    }

    /** Transforms [lines, m, 2], cut off or filled up to n, and divides. */
    private static Values transform(Values x, int n, boolean inverse, double divisor) {
        int known = Math.min(n, x.shape()[1]);
        return Values.fill(new int[] {x.shape()[0], n, 2}, at -> {
            double sum = 0;
            for (int j = 0; j < known; j++) {
                double angle = (inverse ? 2 : -2) * Math.PI * ((long) j * at[1] % n) / n;
                double re = element(x, at[0], j, 0);
                double im = element(x, at[0], j, 1);
                sum += at[2] == 0 ? re * Math.cos(angle) - im * Math.sin(angle) : re * Math.sin(angle) + im * Math.cos(angle);
            }
            return sum / divisor;
        });
    }

    /** Sums waves: those of the first half, and their mirror images. */
    private static Values halves(Values x, int n) {
        int known = Math.min(n / 2 + 1, x.shape()[1]);
        return Values.fill(new int[] {x.shape()[0], n}, at -> {
            double sum = 0;
            for (int k = 0; k < known; k++) {
                double angle = 2 * Math.PI * ((long) k * at[1] % n) / n;
                double wave = element(x, at[0], k, 0) * Math.cos(angle) - element(x, at[0], k, 1) * Math.sin(angle);
                sum += k == 0 || 2 * k == n ? wave : 2 * wave;
            }
            return sum;
        });
    }
}
