// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ashlar.Ashlar;
import dev.ashlar.Tensor;
import dev.ashlar.data.DataLoader;
import dev.ashlar.data.TensorDataset;
import dev.ashlar.io.Checkpoint;
import dev.ashlar.io.CheckpointFolder;
import dev.ashlar.nn.CrossEntropyLoss;
import dev.ashlar.nn.Dropout;
import dev.ashlar.nn.Linear;
import dev.ashlar.nn.MSELoss;
import dev.ashlar.nn.Sequential;
import dev.ashlar.nn.Tanh;
import dev.ashlar.optim.Adam;
import dev.ashlar.optim.ExponentialLR;
import dev.ashlar.optim.ReduceLROnPlateau;
import dev.ashlar.optim.SGD;
import dev.ashlar.optim.StepLR;
import dev.ashlar.trainer.Trainer.When;
import dev.ashlar.type.DType;
import dev.ashlar.type.InvalidArgumentException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A trainer does what a loop by hand does, and goes on where it was. */
class TrainerTest {
    @TempDir
    private Path folder;

    private Tensor x;
    private Tensor y;

    @BeforeEach
    void seed() {
        Ashlar.seed(1);
        x = Tensor.randn(96, 2);
        y = x.select(1, 0).mul(x.select(1, 1)).gt(0.0).to(DType.INT64);
    }

    private static Sequential model() {
        Ashlar.seed(2);
        return new Sequential(new Linear(2, 16), new Tanh(), new Dropout(0.1), new Linear(16, 2));
    }

    private DataLoader loader() {
        return new DataLoader(new TensorDataset(x, y)).batchSize(20).shuffle(true);
    }

    private DataLoader heldOut() {
        return new DataLoader(new TensorDataset(x, y)).batchSize(50);
    }

    private static float[][] weights(Trainer trainer) {
        return trainer.model().stateDict().values().stream().map(Tensor::toFloatArray).toArray(float[][]::new);
    }

    private Trainer trainer() {
        Sequential model = model();
        return new Trainer(model, new CrossEntropyLoss(), new Adam(model.parameters(), 0.05)).quiet(true);
    }

    @Test
    void anEpochWithoutBatchesIsRefused() {
        assertThatThrownBy(() -> trainer().fit(List.of(), 2))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("[trainer] expected at least one batch in epoch 1, got none");
    }

    @Test
    void learnsLikeALoopByHand() {
        Trainer trainer = trainer().validation(heldOut()).metrics(new Accuracy(), new ConfusionMatrix());
        History history = trainer.fit(loader(), 15);
        assertThat(history.rows()).hasSize(15);
        assertThat(history.last("val_accuracy")).isGreaterThan(0.9);
        assertThat(history.rows().get(14L).keySet()).containsExactly(
                "loss", "accuracy", "precision_macro", "recall_macro", "f1_macro",
                "val_loss", "val_accuracy", "val_precision_macro", "val_recall_macro", "val_f1_macro", "lr");
        assertThat(trainer.step()).isEqualTo(75);
        assertThat(trainer.evaluate(heldOut()).get("accuracy")).isEqualTo(history.last("val_accuracy"));
        assertThat(trainer.model().isTraining()).isTrue();

        Sequential model = model();
        var optimizer = new Adam(model.parameters(), 0.05);
        double sum = 0;
        for (int epoch = 0; epoch < 15; epoch++) {
            sum = 0;
            for (var batch : loader()) {
                optimizer.zeroGrad();
                Tensor loss = new CrossEntropyLoss().forward(model.forward(batch.get(0)), batch.get(1));
                loss.backward();
                optimizer.step();
                sum += loss.item() * batch.rows();
            }
        }
        assertThat(weights(trainer)).isDeepEqualTo(model.stateDict().values().stream().map(Tensor::toFloatArray).toArray(float[][]::new));
        assertThat(history.last("loss")).isCloseTo(sum / 96, within(1e-9));
    }

    @Test
    void goesOnExactlyAfterAnEpochAndInTheMiddleOfOne() {
        List<Trainer> runs = new ArrayList<>();
        List<History> histories = new ArrayList<>();
        for (String name : List.of("unbroken", "broken")) {
            // Five steps per epoch: the first part ends with epoch 2, the second one in epoch 3.
            for (long steps : name.equals("broken") ? new long[] {10, 13, 30} : new long[] {30}) {
                Trainer trainer = trainer().metrics(new Accuracy(), new RocAuc()).checkpoints(folder.resolve(name))
                        .saveEvery(3).maxSteps(steps);
                trainer.scheduler(new ExponentialLR(trainer.optimizer(), 0.99), When.STEP);
                trainer.scheduler(new StepLR(trainer.optimizer(), 2), When.EPOCH);
                History history = trainer.fit(loader(), 5);
                if (steps == 30) {
                    runs.add(trainer);
                    histories.add(history);
                } else {
                    assertThat(trainer.step()).isEqualTo(steps);
                }
            }
        }
        assertThat(weights(runs.get(1))).isDeepEqualTo(weights(runs.get(0)));
        assertThat(histories.get(1).toJson()).isEqualTo(histories.get(0).toJson());
        assertThat(new CheckpointFolder(folder.resolve("broken")).files().stream().map(CheckpointFolder::step)).contains(25L, 24L, 21L);
    }

    @Test
    void averagesGradientsOverBatches() {
        Sequential whole = new Sequential(new Linear(2, 2));
        Sequential parts = new Sequential(new Linear(2, 2));
        parts.loadStateDict(whole.stateDict());
        var halves = new DataLoader(new TensorDataset(x, y)).batchSize(24);
        new Trainer(whole, new CrossEntropyLoss(), new SGD(whole.parameters(), 0.5)).quiet(true).fit(
                new DataLoader(new TensorDataset(x, y)).batchSize(48), 3);
        Trainer trainer = new Trainer(parts, new CrossEntropyLoss(), new SGD(parts.parameters(), 0.5)).quiet(true).accumulate(2);
        trainer.fit(halves, 3);
        assertThat(trainer.step()).isEqualTo(6);
        float[] expected = whole.parameters().getFirst().tensor().toFloatArray();
        float[] found = parts.parameters().getFirst().tensor().toFloatArray();
        for (int i = 0; i < expected.length; i++) {
            assertThat(found[i]).isCloseTo(expected[i], within(1e-6f));
        }
        Trainer remainder = trainer().accumulate(3);
        remainder.fit(halves, 1);
        assertThat(remainder.step()).isEqualTo(2);
    }

    @Test
    void limitsGradients() {
        Sequential model = new Sequential(new Linear(2, 2));
        float[] before = model.parameters().getFirst().tensor().toFloatArray();
        new Trainer(model, new CrossEntropyLoss(), new SGD(model.parameters(), 1)).quiet(true).clipGradNorm(1e-3).maxSteps(1)
                .fit(loader(), 1);
        float[] after = model.parameters().getFirst().tensor().toFloatArray();
        double moved = 0;
        for (int i = 0; i < before.length; i++) {
            moved += Math.pow(after[i] - before[i], 2);
        }
        assertThat(Math.sqrt(moved)).isBetween(1e-5, 1.001e-3);
    }

    @ParameterizedTest
    @EnumSource(names = {"BFLOAT16", "FLOAT16"})
    void learnsInMixedPrecision(DType half) {
        History history = trainer().mixedPrecision(half).clipGradNorm(10).metrics(new Accuracy()).fit(loader(), 15);
        assertThat(history.last("accuracy")).isGreaterThan(0.85);
        assertThat(history.get("loss")[0]).isNotEqualTo(trainer().fit(loader(), 1).get("loss")[0]);
        assertThatThrownBy(() -> trainer().mixedPrecision(DType.FLOAT64)).isInstanceOf(InvalidArgumentException.class);
    }

    @Test
    void stopsEarlyAndStaysStopped() {
        for (int attempt = 0; attempt < 2; attempt++) {
            Sequential model = model();
            var stopping = new EarlyStopping("loss").patience(2).minDelta(10).restoreBest(true);
            var optimizer = new SGD(model.parameters(), 0.1);
            History history = new Trainer(model, new CrossEntropyLoss(), optimizer)
                    .quiet(true)
                    .callbacks(stopping)
                    .scheduler(new ReduceLROnPlateau(optimizer).patience(0), "loss")
                    .checkpoints(folder)
                    .fit(loader(), 50);
            assertThat(history.rows()).hasSize(3);
            assertThat(history.stopped()).contains("loss has not been better").contains("for 2 epochs");
            assertThat(stopping.bestEpoch()).isZero();
            Path first = new CheckpointFolder(folder).files().getFirst();
            Tensor saved = Checkpoint.read(first).modelState().get("0.weight");
            assertThat(model.stateDict().get("0.weight").toFloatArray()).isEqualTo(saved.toFloatArray());
        }
        assertThatThrownBy(() -> trainer().callbacks(new EarlyStopping("accuracy")).fit(loader(), 1))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("'accuracy'")
                .hasMessageContaining("loss");
    }

    @Test
    void stoppingAtTheBeginningOfAnEpochKeepsTheScoreOfTheOneBefore() {
        trainer().checkpoints(folder).callbacks(new Callback() {
            @Override
            public void onEpochStart(Trainer run) {
                if (run.epoch() == 2) {
                    run.stop("enough");
                }
            }
        }).fit(loader(), 9);
        var checkpoints = new CheckpointFolder(folder);
        assertThat(checkpoints.files().stream().map(CheckpointFolder::step)).containsExactly(5L, 10L);
        assertThat(CheckpointFolder.score(checkpoints.files().getLast())).isNotNaN();
    }

    @Test
    void callbacksAreCalledInOrder() {
        StringBuilder calls = new StringBuilder();
        Trainer trainer = trainer().callbacks(new Callback() {
            @Override
            public void onFitStart(Trainer run) {
                calls.append("start ");
            }

            @Override
            public void onEpochStart(Trainer run) {
                calls.append("epoch").append(run.epoch()).append(' ');
            }

            @Override
            public void onBatchEnd(Trainer run, Tensor loss) {
                calls.append(run.step());
                if (run.step() == 7) {
                    run.stop("seven");
                }
            }

            @Override
            public void onEpochEnd(Trainer run, Map<String, Double> figures) {
                calls.append(figures.keySet()).append(' ');
            }

            @Override
            public void onFitEnd(Trainer run) {
                calls.append(" end");
            }
        });
        History history = trainer.fit(loader(), 9);
        assertThat(calls).hasToString("start epoch0 12345[loss, lr] epoch1 67 end");
        assertThat(history.stopped()).isEqualTo("seven");
        assertThat(history.rows()).hasSize(1);
    }

    @Test
    void otherForwardsAndDoubtfulCallsAreServed() {
        Linear first = new Linear(2, 1);
        var trainer = new Trainer(
                first,
                batch -> new Forward.Result(new MSELoss().forward(
                        first.forward(batch.get(0)), batch.get(1).unsqueeze(1).to(batch.get(0).dtype()))),
                new SGD(first.parameters(), 0.1)).quiet(true);
        assertThat(trainer.fit(loader(), 2).get("loss")).hasSize(2);
        assertThatThrownBy(() -> trainer.fit(loader(), 1))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("another trainer");
        assertThatThrownBy(() -> trainer.evaluate(List.of())).isInstanceOf(InvalidArgumentException.class).hasMessageContaining("got none");
        assertThatThrownBy(() -> trainer().stop("")).isInstanceOf(InvalidArgumentException.class).hasMessageContaining("call fit first");
        assertThatThrownBy(() -> trainer().accumulate(0)).isInstanceOf(InvalidArgumentException.class);
        assertThatThrownBy(() -> trainer().metrics(new Accuracy(), new Accuracy()).fit(loader(), 1))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("'accuracy' twice");
    }
}
