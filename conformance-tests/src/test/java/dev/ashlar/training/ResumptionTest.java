// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.Ashlar;
import dev.ashlar.Generator;
import dev.ashlar.Tensor;
import dev.ashlar.autograd.Autograd;
import dev.ashlar.io.Checkpoint;
import dev.ashlar.io.CheckpointException;
import dev.ashlar.io.CheckpointFolder;
import dev.ashlar.io.TrainingState;
import dev.ashlar.nn.Linear;
import dev.ashlar.nn.Module;
import dev.ashlar.nn.Sequential;
import dev.ashlar.optim.Adam;
import dev.ashlar.optim.SGD;
import dev.ashlar.type.InvalidArgumentException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run goes on where it was, or nothing changes; a folder keeps what it should. */
class ResumptionTest {
    @TempDir
    private Path folder;

    @AfterEach
    void usualGenerator() {
        Ashlar.seed(0);
    }

    private static TrainingState stateOf(long inputs) {
        var model = new Sequential(new Linear(inputs, 1));
        return new TrainingState(model, new SGD(model.parameters(), 0.1).momentum(0.9));
    }

    private Path file() {
        return folder.resolve("run.safetensors");
    }

    // ---- exactly ----------------------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 4, 13, 15})
    void aRunGoesOnToTheBit(long broken) {
        var unbroken = new KilledTraining();
        unbroken.advanceTo(broken);
        unbroken.state().save(file());
        unbroken.advanceTo(broken + 5);
        var resumed = new KilledTraining();
        resumed.advanceTo(2);
        resumed.load(file());
        assertThat(resumed.step()).isEqualTo(broken);
        resumed.advanceTo(broken + 5);
        assertThat(resumed.weights()).isDeepEqualTo(unbroken.weights());
    }

    @Test
    void generatorsOfAllKindsGoOn() {
        var model = new Linear(1, 1);
        for (var generator : List.of(new Generator(5), Generator.numpy(5), Generator.pytorch(5))) {
            Ashlar.seed(generator);
            generator.nextGaussian();
            new TrainingState(model).save(file());
            double[] next = {generator.nextGaussian(), generator.nextGaussian()};
            new TrainingState(model).load(file());
            assertThat(new double[] {generator.nextGaussian(), generator.nextGaussian()}).isEqualTo(next);
        }
        Ashlar.seed(7);
        assertThatThrownBy(() -> new TrainingState(model).load(file()))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("Generator(seed=7");
    }

    @Test
    void progressAndFurtherModelsComeBack() {
        var model = new Linear(2, 1);
        var critic = new Linear(3, 1);
        float[] weights = critic.weight().toFloatArray();
        var state = new TrainingState(model).with("critic", critic);
        state.set("epoch", 3).set("best", 0.1 + 0.2).set("worst", Double.NEGATIVE_INFINITY).set("note", "\u00e4 \"b\"").save(file());
        state.set("epoch", 4);
        try (var _ = Autograd.noGrad()) {
            critic.weight().zero();
        }
        state.load(file());
        assertThat(state.whole("epoch", 0)).isEqualTo(3);
        assertThat(state.number("best", 0)).isEqualTo(0.1 + 0.2);
        assertThat(state.number("worst", 0)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(state.text("note", "")).isEqualTo("\u00e4 \"b\"");
        assertThat(state.whole("never", -1)).isEqualTo(-1);
        assertThat(critic.weight().toFloatArray()).isEqualTo(weights);
        assertThat(Checkpoint.read(file()).modelState().keySet()).containsExactly("weight", "bias");
        assertThat(Checkpoint.read(file()).parts().keySet()).containsExactlyInAnyOrder("generator", "progress", "critic");
    }

    // ---- or not at all ----------------------------------------------------------------------------------------------------------

    @Test
    void otherPartsAreNamed() {
        stateOf(2).with("teacher", new Generator(1)).save(file());
        assertThatThrownBy(() -> stateOf(2).with("loader", new Generator(1)).load(file()))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining(file().toString())
                .hasMessageContaining("missing: loader;")
                .hasMessageContaining("unexpected: teacher;");
        assertThatThrownBy(() -> stateOf(2).with("optimizer", new Generator(1)))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("'optimizer'");
    }

    @Test
    void aStateThatDoesNotFitChangesNothing() {
        stateOf(3).set("epoch", 9).save(file());
        var model = new Sequential(new Linear(2, 1));
        var optimizer = new SGD(model.parameters(), 0.5).momentum(0.1);
        var state = new TrainingState(model, optimizer).set("epoch", 1);
        String generator = Ashlar.generator().toString();
        float[] weights = model.parameters().getFirst().tensor().toFloatArray();
        assertThatThrownBy(() -> state.load(file()))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining(file().toString())
                .hasMessageContaining("0.weight (expected [1, 2], got [1, 3])");
        assertThat(state.whole("epoch", 0)).isEqualTo(1);
        assertThat(optimizer.groups().getFirst().lr()).isEqualTo(0.5);
        assertThat(Ashlar.generator()).hasToString(generator);
        assertThat(model.parameters().getFirst().tensor().toFloatArray()).isEqualTo(weights);
        var fitting = new Sequential(new Linear(3, 1));
        assertThatThrownBy(() -> new TrainingState(fitting, new Adam(fitting.parameters())).load(file()))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("Adam")
                .hasMessageContaining("SGD");
    }

    @Test
    void lenientLoadingSaysWhatItLeftOut() {
        var saved = new Sequential(new Linear(2, 3), new Linear(3, 1));
        Checkpoint.save(file(), saved);
        var model = new Sequential(new Linear(2, 3), input -> input, new Linear(3, 1));
        Module.Unmatched unmatched = Checkpoint.load(file(), model, false);
        assertThat(unmatched.missing()).containsExactly("2.weight", "2.bias");
        assertThat(unmatched.unexpected()).containsExactly("1.weight", "1.bias");
        assertThat(model.stateDict().get("0.weight").toFloatArray()).isEqualTo(saved.stateDict().get("0.weight").toFloatArray());
        assertThatThrownBy(() -> Checkpoint.load(file(), model))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("missing: 2.weight, 2.bias;")
                .hasMessageContaining("unexpected: 1.weight, 1.bias;");
    }

    @Test
    void aDamagedTensorIsNamed() throws IOException {
        Checkpoint.save(file(), new Sequential(new Linear(2, 3), new Linear(3, 1)));
        byte[] whole = Files.readAllBytes(file());
        byte[] damaged = whole.clone();
        damaged[whole.length - 1] ^= 64;
        Files.write(file(), damaged);
        assertThatThrownBy(() -> Checkpoint.read(file()))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("those of '1.bias' differ");
        String text = new String(whole, StandardCharsets.ISO_8859_1);
        damaged = whole.clone();
        damaged[text.indexOf("1.bias")] = '2';
        Files.write(file(), damaged);
        assertThatThrownBy(() -> Checkpoint.read(file()))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("those of the header differ");
    }

    // ---- folders ----------------------------------------------------------------------------------------------------------------

    private static List<Long> steps(CheckpointFolder checkpoints) {
        return checkpoints.files().stream().map(CheckpointFolder::step).toList();
    }

    @Test
    void keepsTheNewestAndTheBest() {
        var state = stateOf(1);
        var losses = new CheckpointFolder(folder.resolve("a/b")).keep(2);
        assertThat(losses.load(state)).isEmpty();
        double[] scores = {0.5, 0.2, 0.3, 0.2, 0.4, Double.NaN, 0.9};
        for (int i = 0; i < scores.length; i++) {
            losses.save(10 * i, state.set("epoch", i), scores[i]);
        }
        assertThat(steps(losses)).containsExactly(30L, 50L, 60L);
        assertThat(losses.best().map(CheckpointFolder::score)).contains(0.2);
        assertThat(losses.load(state.set("epoch", 99))).hasValue(60);
        assertThat(state.whole("epoch", 0)).isEqualTo(6);
        var accuracies = new CheckpointFolder(folder).keep(1).higherIsBetter(true);
        for (int i = 0; i < scores.length; i++) {
            accuracies.save(i, state, -scores[i]);
        }
        assertThat(steps(accuracies)).containsExactly(3L, 6L);
    }

    @Test
    void keepsWhatWasJustSavedBelowTheNewest() {
        var state = stateOf(1);
        var checkpoints = new CheckpointFolder(folder).keep(2);
        checkpoints.save(100, state);
        checkpoints.save(200, state);
        assertThat(checkpoints.save(10, state)).exists();
        assertThat(steps(checkpoints)).containsExactly(10L, 100L, 200L);
        checkpoints.save(300, state);
        assertThat(steps(checkpoints)).containsExactly(200L, 300L);
    }

    @Test
    void skipsDamagedFilesUnlessAllAre() throws IOException {
        var state = stateOf(1);
        var checkpoints = new CheckpointFolder(folder);
        Path first = checkpoints.save(1, state.set("epoch", 1), 0.5);
        Path second = checkpoints.save(2, state.set("epoch", 2), 0.4);
        byte[] whole = Files.readAllBytes(second);
        Files.write(second, Arrays.copyOf(whole, whole.length - 1));
        assertThat(checkpoints.load(state)).hasValue(1);
        assertThat(state.whole("epoch", 0)).isEqualTo(1);
        Files.write(first, new byte[0]);
        assertThatThrownBy(() -> checkpoints.load(state))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining(first.toString())
                .hasMessageContaining(second.toString());
        assertThat(CheckpointFolder.score(first)).isNaN();
    }

    @Test
    void removesWhatKilledRunsLeft() throws IOException {
        long living = ProcessHandle.current().parent().orElseThrow().pid();
        Path left = Files.createFile(folder.resolve(".step-000000000001.safetensors." + ProcessHandle.current().pid() + ".ab1.tmp"));
        Path inUse = Files.createFile(folder.resolve(".step-000000000001.safetensors." + living + ".ab1.tmp"));
        Path foreign = Files.createFile(folder.resolve("notes.tmp"));
        new CheckpointFolder(folder);
        assertThat(left).doesNotExist();
        assertThat(inUse).exists();
        assertThat(foreign).exists();
        assertThatThrownBy(() -> new CheckpointFolder(foreign)).isInstanceOf(CheckpointException.class).hasMessageContaining("notes.tmp");
    }

    @Test
    void weightsAreReadByName() {
        var model = new Linear(2, 1);
        stateOf(2).save(file());
        assertThatThrownBy(() -> Checkpoint.load(file(), model)).hasMessageContaining("missing: weight, bias;");
        Tensor weight = Checkpoint.read(file()).modelState().get("0.weight");
        assertThat(weight.shape().toArray()).containsExactly(1, 2);
    }
}
