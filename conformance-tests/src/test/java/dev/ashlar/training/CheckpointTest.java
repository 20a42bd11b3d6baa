// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ashlar.Ashlar;
import dev.ashlar.Device;
import dev.ashlar.Tensor;
import dev.ashlar.io.Checkpoint;
import dev.ashlar.io.CheckpointException;
import dev.ashlar.io.SafeTensors;
import dev.ashlar.nn.BatchNorm2d;
import dev.ashlar.nn.Conv2d;
import dev.ashlar.nn.CrossEntropyLoss;
import dev.ashlar.nn.Dropout;
import dev.ashlar.nn.Flatten;
import dev.ashlar.nn.Linear;
import dev.ashlar.nn.MSELoss;
import dev.ashlar.nn.Module;
import dev.ashlar.nn.Sequential;
import dev.ashlar.nn.Standardize;
import dev.ashlar.nn.Tanh;
import dev.ashlar.optim.AdamW;
import dev.ashlar.optim.Optimizer;
import dev.ashlar.optim.SGD;
import dev.ashlar.type.DType;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is saved comes back; what is damaged or does not fit is refused and changes nothing. */
class CheckpointTest {
    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("model.safetensors");
        Ashlar.seed(11);
    }

    private static Sequential model() {
        return new Sequential(
                new Standardize(Tensor.of(1f, 2f), Tensor.of(3f, 4f)), new Linear(2, 6), new Tanh(), new Linear(6, 1));
    }

    private static Optimizer optimizer(Module model) {
        return new AdamW(model.parameters(), 0.02).amsgrad(true);
    }

    private static double step(Sequential model, Optimizer optimizer, Device device) {
        Tensor x = Tensor.of(new float[][] {{1, 2}, {3, -4}, {5, 6}, {-7, 8}}).to(device);
        Tensor y = Tensor.of(new float[][] {{1}, {0}, {-1}, {2}}).to(device);
        optimizer.zeroGrad();
        Tensor loss = new MSELoss().forward(model.forward(x), y);
        loss.backward();
        optimizer.step();
        return loss.item();
    }

    private List<Path> filesInFolder() throws IOException {
        try (Stream<Path> found = Files.list(folder)) {
            return found.toList();
        }
    }

    // ---- what comes back --------------------------------------------------------------------------------------------------------

    static List<String> devices() {
        return Fixtures.devices().stream().map(Device::name).toList();
    }

    @ParameterizedTest
    @MethodSource("devices")
    void trainingGoesOnToTheBitAfterLoading(String name) throws IOException {
        Device device = Device.of(name);
        Sequential model = model().to(device);
        Optimizer optimizer = optimizer(model);
        for (int i = 0; i < 5; i++) {
            step(model, optimizer, device);
        }
        Checkpoint.save(file, model, optimizer);
        assertThat(filesInFolder()).containsExactly(file);

        Sequential restored = model().to(device);
        Optimizer restoredOptimizer = new AdamW(restored.parameters());
        Checkpoint.load(file, restored, restoredOptimizer);
        assertThat(restoredOptimizer.groups().getFirst().settings()).isEqualTo(optimizer.groups().getFirst().settings());
        for (int i = 0; i < 5; i++) {
            assertThat(step(restored, restoredOptimizer, device)).isEqualTo(step(model, optimizer, device));
        }
    }

    @ParameterizedTest
    @MethodSource("devices")
    void aModelPredictsTheSameOnAnotherDevice(String name) {
        Device device = Device.of(name);
        Tensor images = Tensor.randn(5, 2, 6, 6);
        Supplier<Sequential> model = () -> new Sequential(
                new Conv2d(2, 4, 3), new BatchNorm2d(4), new Tanh(), new Flatten(), new Linear(64, 16),
                new Dropout(0.5), new Linear(16, 3));
        Sequential trained = model.get();
        trained.to(device);
        Optimizer optimizer = optimizer(trained);
        for (int i = 0; i < 5; i++) {
            optimizer.zeroGrad();
            new CrossEntropyLoss().forward(trained.forward(images.to(device)), Tensor.of(new long[] {0, 1, 2, 1, 0}).to(device)).backward();
            optimizer.step();
        }
        Checkpoint.save(file, trained, optimizer);
        float[] expected = trained.eval().forward(images.to(device)).toFloatArray();
        Device java = Device.of("java");
        Sequential loaded = model.get();
        loaded.to(java);
        Checkpoint.load(file, loaded, optimizer(loaded));
        float[] found = loaded.eval().forward(images.to(java)).toFloatArray();
        for (int i = 0; i < expected.length; i++) {
            assertThat(found[i]).isCloseTo(expected[i], within(1e-5f));
        }
    }

    @Test
    void textsComeBackAndNamesAreThoseOfTheState() {
        Map<String, String> texts = Map.of("columns", "a,\"b\"\n\u00e4\ud83d\udc27");
        Sequential model = model();
        Checkpoint.save(file, model, optimizer(model), texts);
        Checkpoint read = Checkpoint.read(file);
        assertThat(read.metadata()).isEqualTo(texts);
        assertThat(read.modelState().keySet()).containsExactlyElementsOf(model.stateDict().keySet());
        assertThat(read.optimizerState()).isPresent();
    }

    @Test
    void textsThatLookLikeTheChecksumComeBack() {
        Map<String, String> texts = Map.of("x\"ashlar.sha256", "0".repeat(64), "y", "\"ashlar.crc32c\":\"00000000");
        Checkpoint.save(file, model(), null, texts);
        assertThat(Checkpoint.read(file).metadata()).isEqualTo(texts);
    }

    @Test
    void everyTypeAndShapeComesBack() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (DType type : DType.values()) {
            byte[] bytes = new byte[6 * type.bytes()];
            Arrays.fill(bytes, (byte) 1);
            tensors.put(type.label(), Tensor.ofBytes(bytes, type, 2, 3));
        }
        tensors.put("scalar", Tensor.scalar(2.5));
        tensors.put("empty", Tensor.zeros(3, 0));
        new SafeTensors(tensors, Map.of()).write(file);
        Map<String, Tensor> read = SafeTensors.read(file).tensors();
        assertThat(read.keySet()).containsExactlyElementsOf(tensors.keySet());
        tensors.forEach((name, tensor) -> {
            assertThat(read.get(name).shape()).isEqualTo(tensor.shape());
            assertThat(read.get(name).dtype()).isEqualTo(tensor.dtype());
            assertThat(read.get(name).toByteArray()).isEqualTo(tensor.toByteArray());
        });
        assertThat(read.get("scalar").shape()).isEqualTo(Shape.of());
    }

    @Test
    void readsFilesOfOtherPrograms() throws IOException {
        write("{\"__metadata__\":{\"format\":\"pt\"},\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]},"
                + "\"a\": {\"dtype\":\"I32\",\"shape\":[],\"data_offsets\":[0,4]} }   ", 8);
        SafeTensors read = SafeTensors.read(file);
        assertThat(read.metadata()).containsOnly(Map.entry("format", "pt"));
        assertThat(read.tensors().keySet()).containsExactly("a", "b");
        assertThatThrownBy(() -> Checkpoint.read(file)).isInstanceOf(CheckpointException.class).hasMessageContaining("another program");
    }

    private void write(String header, int dataBytes) throws IOException {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer all = ByteBuffer.allocate(8 + json.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
        Files.write(file, all.putLong(json.length).put(json).array());
    }

    // ---- what is refused --------------------------------------------------------------------------------------------------------

    @Test
    void missingFileIsNamed() {
        assertThatThrownBy(() -> Checkpoint.load(file, model()))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("does not exist");
        assertThatThrownBy(() -> Checkpoint.save(folder.resolve("no/folder/x"), model()))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("create it first");
        assertThatThrownBy(() -> Checkpoint.load(folder, model()))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("got the folder " + folder);
        assertThatThrownBy(() -> Checkpoint.save(folder, model()))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("got the folder " + folder);
    }

    @Test
    void truncatedFileIsRefusedAtEveryLength() throws IOException {
        Checkpoint.save(file, new Linear(2, 1));
        byte[] whole = Files.readAllBytes(file);
        Linear model = new Linear(2, 1);
        float[] before = model.weight().toFloatArray();
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> Checkpoint.load(file, model)).isInstanceOf(CheckpointException.class);
        }
        assertThat(model.weight().toFloatArray()).isEqualTo(before);
    }

    @Test
    void anyChangedByteIsRefused() throws IOException {
        Checkpoint.save(file, new Linear(2, 1));
        byte[] whole = Files.readAllBytes(file);
        for (int at = 0; at < whole.length; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 1;
            Files.write(file, damaged);
            assertThatThrownBy(() -> Checkpoint.load(file, new Linear(2, 1))).as("byte %d", at).isInstanceOf(CheckpointException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "[]",
        "{",
        "{\"a\":1}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,16]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"C64\",\"shape\":[1],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[999999999,999999999,999999999],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}} x",
        "{\"__metadata__\":{\"n\":5},\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}"
    })
    void brokenHeadersAreRefused(String header) throws IOException {
        write(header, 8);
        assertThatThrownBy(() -> SafeTensors.read(file)).isInstanceOf(CheckpointException.class).hasMessageContaining(file.toString());
    }

    @Test
    void textFileIsRefused() throws IOException {
        Files.writeString(file, "species,island,bill_length_mm\n");
        assertThatThrownBy(() -> Checkpoint.load(file, model()))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("no safetensors file");
    }

    @Test
    void stateOfAnotherModelChangesNeitherModelNorOptimizer() {
        Sequential other = new Sequential(new Linear(2, 7));
        Checkpoint.save(file, other, optimizer(other));
        Sequential model = new Sequential(new Linear(2, 6));
        Optimizer optimizer = optimizer(model);
        Map<String, Double> numbers = optimizer.state().numbers();
        float[] before = model.parameters().getFirst().tensor().toFloatArray();
        assertThatThrownBy(() -> Checkpoint.load(file, model, optimizer))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("0.weight (expected [6, 2], got [7, 2])");
        assertThat(optimizer.state().numbers()).isEqualTo(numbers);
        assertThat(model.parameters().getFirst().tensor().toFloatArray()).isEqualTo(before);
    }

    @Test
    void modelsThatDoNotFitAreNamedByTheirLayersBeforeTheOptimizerIsLookedAt() {
        Sequential other = new Sequential(new Linear(2, 6));
        Optimizer steps = optimizer(other);
        step(new Sequential(other, new Linear(6, 1)), steps, Device.of("java"));
        Checkpoint.save(file, other, steps);
        Sequential deeper = new Sequential(new Linear(2, 6), new Linear(6, 6));
        assertThatThrownBy(() -> Checkpoint.load(file, deeper, optimizer(deeper)))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("missing: 1.weight, 1.bias; load it into");
    }

    @Test
    void stateOfAnotherOptimizerIsRefused() {
        Sequential model = model();
        Checkpoint.save(file, model, optimizer(model));
        float[] saved = model.parameters().getFirst().tensor().toFloatArray();
        step(model, optimizer(model), Device.of("java"));
        float[] before = model.parameters().getFirst().tensor().toFloatArray();
        assertThat(before).isNotEqualTo(saved);
        assertThatThrownBy(() -> Checkpoint.load(file, model, new SGD(model.parameters())))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("SGD")
                .hasMessageContaining("AdamW");
        assertThat(model.parameters().getFirst().tensor().toFloatArray()).isEqualTo(before);
        Checkpoint.save(file, model);
        assertThatThrownBy(() -> Checkpoint.load(file, model, optimizer(model)))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("load the model alone");
    }

    @Test
    void failingSaveLeavesTheOlderFile() throws IOException {
        Linear model = new Linear(2, 1);
        Checkpoint.save(file, model);
        byte[] before = Files.readAllBytes(file);
        Map<String, Tensor> closed = new LinkedHashMap<>();
        Tensor gone = Tensor.ones(4);
        gone.realize();
        closed.put("first", Tensor.ones(100));
        closed.put("gone", gone);
        gone.close();
        assertThatThrownBy(() -> new SafeTensors(closed, Map.of()).write(file)).hasMessageContaining("closed");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        assertThat(filesInFolder()).containsExactly(file);
    }
}
