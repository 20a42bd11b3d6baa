// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.Tensor;
import dev.ashlar.data.Batch;
import dev.ashlar.data.DataLoader;
import dev.ashlar.type.DType;
import dev.ashlar.type.IndexOutOfRangeException;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.ShapeMismatchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The format of MNIST, both ways. */
class IdxTest {
    @TempDir
    Path folder;

    private Path file(String name, int... bytes) throws IOException {
        byte[] content = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            content[i] = (byte) bytes[i];
        }
        return Files.write(folder.resolve(name), content);
    }

    @ParameterizedTest
    @EnumSource(value = DType.class, names = {"UINT8", "INT8", "INT16", "INT32", "FLOAT32", "FLOAT64"})
    void readsWhatItWrote(DType type) {
        Tensor tensor = Tensor.of(new double[] {0, 1, -2, 100, 3.5, -7}, 3, 2).to(type);
        for (String name : List.of("plain.idx", "packed.idx.gz")) {
            Path file = folder.resolve(name);
            Idx.write(file, tensor);
            Idx read = Idx.open(file);
            assertThat(read.type()).isEqualTo(type);
            assertThat(read.shape()).isEqualTo(tensor.shape());
            assertThat(read.toTensor().toByteArray()).isEqualTo(tensor.toByteArray());
            assertThat(read.rows(1, 3).toByteArray()).isEqualTo(tensor.narrow(0, 1, 2).toByteArray());
            assertThat(read.element(2)).isEqualTo(tensor.toDoubleArray()[2]);
        }
    }

    @Test
    void isBigEndian() throws IOException {
        Path shorts = file("shorts", 0, 0, 0x0B, 1, 0, 0, 0, 2, 1, 2, 0xFF, 0xFE);
        assertThat(Idx.open(shorts).toTensor().toLongArray()).containsExactly(258, -2);
        Idx.write(folder.resolve("again"), Tensor.of(new short[] {258, -2}));
        assertThat(Files.readAllBytes(folder.resolve("again"))).isEqualTo(Files.readAllBytes(shorts));
        assertThat(Files.size(folder.resolve("again"))).isEqualTo(12);
    }

    @Test
    void imagesAndLabels() throws IOException {
        Path images = file("train-images-idx3-ubyte", 0, 0, 8, 3, 0, 0, 0, 3, 0, 0, 0, 1, 0, 0, 0, 2, 0, 255, 51, 102, 10, 20);
        Idx.write(folder.resolve("train-labels-idx1-ubyte.gz"), Tensor.of(new long[] {7, 0, 255}).to(DType.UINT8));
        IdxDataset digits = IdxDataset.mnist(folder, true);
        assertThat(digits.size()).isEqualTo(3);
        List<Tensor> first = digits.get(0);
        assertThat(first.getFirst().shape().toArray()).containsExactly(1, 1, 2);
        assertThat(first.getFirst().toFloatArray()).containsExactly(0, 1);
        assertThat(first.getLast().dim()).isZero();
        assertThat(first.getLast().itemLong()).isEqualTo(7);
        Batch batch = new DataLoader(digits).batchSize(2).iterator().next();
        assertThat(batch.get(0).shape().toArray()).containsExactly(2, 1, 1, 2);
        assertThat(batch.get(0).toFloatArray()).containsExactly(0, 1, 51f / 255, 102f / 255);
        assertThat(batch.get(1).toLongArray()).containsExactly(7, 0);
        assertThat(digits.get(2).getLast().itemLong()).isEqualTo(255);
        assertThatThrownBy(() -> digits.get(3)).isInstanceOf(IndexOutOfRangeException.class);
        assertThatThrownBy(() -> IdxDataset.open(images, images)).isInstanceOf(ShapeMismatchException.class);
        assertThatThrownBy(() -> IdxDataset.mnist(folder, false))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("t10k-images-idx3-ubyte");
    }

    private void assertRefused(Path file, String... parts) {
        assertThatThrownBy(() -> Idx.open(file))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageStartingWith("[read idx]")
                .hasMessageContainingAll(parts);
    }

    @Test
    void saysWhatIsWrong() throws IOException {
        assertRefused(folder.resolve("nothing"), "nothing", "does not exist");
        assertRefused(folder, "directory");
        assertRefused(file("empty"), "empty file empty");
        assertRefused(file("short", 0, 0), "short");
        assertRefused(file("magic", 1, 0, 8, 1, 0, 0, 0, 0), "magic", "no IDX file");
        assertRefused(file("type", 0, 0, 10, 1, 0, 0, 0, 0), "code of a type");
        assertRefused(file("sizes", 0, 0, 8, 3, 0, 0, 0, 1), "3 sizes", "truncated");
        assertRefused(file("truncated", 0, 0, 8, 1, 0, 0, 0, 3, 1, 2), "3 elements", "got 2", "truncated");
        assertRefused(file("long", 0, 0, 8, 1, 0, 0, 0, 1, 1, 2), "longer than it says");
        assertRefused(file("half", 0, 0, 0x0B, 1, 0, 0, 0, 1, 1, 2, 3), "longer than it says");
        assertRefused(file("huge", 0, 0, 8, 2, 255, 255, 255, 255, 255, 255, 255, 255), "4294967295", "no IDX file");
        Path packed = folder.resolve("packed.gz");
        Idx.write(packed, Tensor.arange(100).to(DType.INT32));
        Files.write(packed, Arrays.copyOf(Files.readAllBytes(packed), 60));
        assertRefused(packed, "packed.gz", "damaged");
        assertThatThrownBy(() -> Idx.write(folder.resolve("x"), Tensor.arange(3)))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("got int64");
        assertThat(folder.resolve("x")).doesNotExist();
    }
}
