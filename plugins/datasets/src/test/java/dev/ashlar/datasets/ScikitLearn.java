// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/** What scikit-learn gave, recorded. */
final class ScikitLearn {
    private ScikitLearn() {}

    static double[] recorded(String name) {
        try (InputStream stream = Objects.requireNonNull(ScikitLearn.class.getResourceAsStream("scikit-learn.txt"))) {
            String line = new String(stream.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .filter(candidate -> candidate.startsWith(name + " "))
                    .findFirst()
                    .orElseThrow();
            return Arrays.stream(line.substring(name.length() + 1).split(" ")).mapToDouble(Double::parseDouble).toArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void assertEqual(String name, double[] values) {
        assertThat(values).as(name).containsExactly(recorded(name));
    }

    static void assertEqual(String name, long[] values) {
        assertThat(Arrays.stream(values).asDoubleStream().toArray()).as(name).containsExactly(recorded(name));
    }

    /** Asserts that values differ by a few units in the last place, of the largest one where they are sums. */
    static void assertClose(String name, double[] values, double ulps, boolean ofTheLargest) {
        double[] expected = recorded(name);
        assertThat(values).as(name).hasSize(expected.length);
        double largest = Arrays.stream(expected).map(Math::abs).max().orElse(0);
        for (int i = 0; i < values.length; i++) {
            double unit = Math.ulp(ofTheLargest ? largest : expected[i]);
            assertThat(Math.abs(values[i] - expected[i]) / unit).as(name + "[" + i + "]").isLessThanOrEqualTo(ulps);
        }
    }
}
