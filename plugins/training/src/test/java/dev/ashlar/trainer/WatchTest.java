// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.Ashlar;
import dev.ashlar.Tensor;
import dev.ashlar.data.DataLoader;
import dev.ashlar.data.TensorDataset;
import dev.ashlar.io.Checkpoint;
import dev.ashlar.io.CheckpointFolder;
import dev.ashlar.nn.AbstractModule;
import dev.ashlar.nn.Layer;
import dev.ashlar.nn.Linear;
import dev.ashlar.nn.MSELoss;
import dev.ashlar.nn.Sequential;
import dev.ashlar.optim.SGD;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Numbers that are not finite end a training with the place where they began, and no checkpoint has them. */
class WatchTest {
    @TempDir
    private Path folder;

    /** The logarithm of what came in, which was positive at first. */
    private static final class Log extends AbstractModule implements Layer {
        @Override
        public Tensor forward(Tensor input) {
            return hooked(input, given -> given.sub(0.5).log());
        }
    }

    /** A root whose gradient is infinite at 0. */
    private static final class Root extends AbstractModule implements Layer {
        @Override
        public Tensor forward(Tensor input) {
            return hooked(input, given -> given.mul(0.0).sqrt());
        }
    }

    @BeforeEach
    void seed() {
        Ashlar.seed(4);
    }

    private static DataLoader loader(float last) {
        Tensor x = Tensor.of(new float[] {1, 1, 1, 1, 1, last}, 6, 1);
        return new DataLoader(new TensorDataset(x, x)).batchSize(1);
    }

    private static Sequential with(Layer middle) {
        Sequential model = new Sequential(new Linear(1, 1), middle, new Linear(1, 1));
        Map<String, Tensor> state = model.stateDict();
        state.put("0.weight", Tensor.ones(1, 1));
        state.put("0.bias", Tensor.zeros(1));
        model.loadStateDict(state);
        return model;
    }

    private Trainer trainer(Sequential model, double rate) {
        return new Trainer(model, new MSELoss(), new SGD(model.parameters(), rate)).quiet(true).checkpoints(folder);
    }

    @Test
    void theModuleIsNamedAndTheLastGoodCheckpointStays() {
        Sequential model = with(new Log());
        assertThatThrownBy(() -> trainer(model, 0.001).saveEvery(2).fit(loader(0), 3))
                .isInstanceOf(NonFiniteException.class)
                .hasMessageContaining("got NaN in epoch 1 at step 6")
                .hasMessageContaining("the first NaN in the output of '1' (Log)")
                .hasMessageContaining("of step 4 in " + folder);
        assertThat(model.stateDict().get("2.weight").isFinite().all().itemBoolean()).isTrue();
        Path newest = new CheckpointFolder(folder).files().getLast();
        assertThat(CheckpointFolder.step(newest)).isEqualTo(4);
        assertThat(Checkpoint.read(newest).modelState().get("2.weight").isFinite().all().itemBoolean()).isTrue();
    }

    @Test
    void badDataAreNamed() {
        assertThatThrownBy(() -> trainer(with(new Linear(1, 1)), 0.001).fit(loader(Float.NaN), 1))
                .isInstanceOf(NonFiniteException.class)
                .hasMessageContaining("tensor 0 of the batch")
                .hasMessageContaining("there is no checkpoint yet");
    }

    @Test
    void infiniteLossesAreFound() {
        assertThatThrownBy(() -> trainer(with(new Linear(1, 1)), 1e30).fit(loader(1), 9))
                .isInstanceOf(NonFiniteException.class)
                .hasMessageContaining("lower the learning rate");
    }

    @Test
    void gradientsThatAreNotFiniteAreFoundBeforeTheyAreSaved() {
        assertThatThrownBy(() -> trainer(with(new Root()), 0.1).saveEvery(1).fit(loader(1), 1))
                .isInstanceOf(NonFiniteException.class)
                .hasMessageContaining("after step 1")
                .hasMessageContaining("the gradient went wrong at '0.bias' first");
        assertThat(new CheckpointFolder(folder).files()).isEmpty();
        Sequential model = with(new Root());
        assertThatThrownBy(() -> new Trainer(model, new MSELoss(), new SGD(model.parameters(), 0.1)).quiet(true).fit(loader(1), 1))
                .isInstanceOf(NonFiniteException.class)
                .hasMessageContaining("the weights [0.weight, 0.bias] are not finite since an earlier step");
    }
}
