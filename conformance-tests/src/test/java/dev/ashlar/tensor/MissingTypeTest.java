// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.Ashlar;
import dev.ashlar.Device;
import dev.ashlar.Generator;
import dev.ashlar.Scope;
import dev.ashlar.Tensor;
import dev.ashlar.type.DType;
import dev.ashlar.type.DTypeMismatchException;
import dev.ashlar.type.Shape;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A device without float64 says so at the call, and everything else works on it without any. */
final class MissingTypeTest {
    private final Device device = Device.of("minimal");
    private Scope scope;

    @BeforeEach
    void open() {
        scope = Ashlar.intercept(device, WithoutDoubles::new);
    }

    @AfterEach
    void close() {
        scope.close();
    }

    static Stream<Supplier<Tensor>> refused() {
        Device device = Device.of("minimal");
        return Stream.of(
                () -> Tensor.of(1f, 2f).to(device).to(DType.FLOAT64),
                () -> Tensor.of(new double[] {1, 2}).to(device),
                () -> Tensor.scalar(1.5, DType.FLOAT64).to(device),
                () -> Tensor.full(Shape.of(2), 1.5, DType.FLOAT64, device),
                () -> Tensor.linspace(0, 1, 3, DType.FLOAT64, device),
                () -> Tensor.zeros(Shape.of(3), DType.FLOAT64, device),
                () -> Tensor.of(1f, 2f).to(device).newZeros(Shape.of(0), DType.FLOAT64));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void namesWhatIsThere(Supplier<Tensor> call) {
        assertThatThrownBy(call::get)
                .isInstanceOf(DTypeMismatchException.class)
                .hasMessageMatching("\\[\\w+\\] expected a type that minimal:0 computes in, one of \\[float32, .+\\], got float64;"
                        + " cast to float32, or use another device");
    }

    @Test
    void whatRemainsWorks() {
        Tensor x = Tensor.linspace(-1, 1, 12, DType.FLOAT32, device).reshape(3, 4);
        assertThat(x.matmul(x.t()).softmax(1).sum().item()).isCloseTo(3, org.assertj.core.data.Offset.offset(1e-5));
        assertThat(x.to(DType.FLOAT16).mul(0.1).var().toDoubleArray()).hasSize(1);
        assertThat(x.randnLike(new Generator(1)).mean().toDoubleArray()).hasSize(1);
        assertThat(Tensor.arange(0.5, 3, 0.5, DType.BFLOAT16, device).toDoubleArray()).containsExactly(0.5, 1, 1.5, 2, 2.5);
        assertThat(x.mean(0).toString()).startsWith("tensor(");
        assertThat(x.argmax(1).toDoubleArray()).containsExactly(3, 3, 3);
        Tensor w = x.detach().clone().requiresGrad(true);
        w.sigmoid().log().sum().backward();
        assertThat(w.grad().toDoubleArray()).hasSize(12);
    }
}
