// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.training;

import dev.ashlar.Ashlar;
import dev.ashlar.Generator;
import dev.ashlar.Tensor;
import dev.ashlar.io.CheckpointFolder;
import dev.ashlar.io.TrainingState;
import dev.ashlar.nn.Dropout;
import dev.ashlar.nn.Linear;
import dev.ashlar.nn.MSELoss;
import dev.ashlar.nn.Sequential;
import dev.ashlar.nn.Tanh;
import dev.ashlar.optim.Adam;
import java.nio.file.Path;

/**
 * A training that is made to be killed: it saves after each step, with dropout and a random choice of samples, and as a program of its own
 * never ends by itself.
 */
final class KilledTraining {
    private final Generator choice = new Generator(5);
    private final Tensor inputs;
    private final Tensor targets;
    private final Sequential model;
    private final Adam optimizer;
    private final TrainingState state;

    KilledTraining() {
        Ashlar.seed(3);
        inputs = Tensor.randn(200, 8);
        targets = inputs.pow(2).sum(1).unsqueeze(1);
        model = new Sequential(new Linear(8, 64), new Tanh(), new Dropout(0.3), new Linear(64, 32), new Tanh(), new Linear(32, 1));
        optimizer = new Adam(model.parameters(), 0.003);
        state = new TrainingState(model, optimizer).with("choice", choice);
    }

    TrainingState state() {
        return state;
    }

    long step() {
        return state.whole("step", 0);
    }

    /** Trains one step more. */
    void advance() {
        Tensor rows = Tensor.of(choice.choice(200, 16, false));
        optimizer.zeroGrad();
        new MSELoss().forward(model.forward(inputs.indexSelect(0, rows)), targets.indexSelect(0, rows)).backward();
        optimizer.step();
        state.set("step", step() + 1);
    }

    void advanceTo(long step) {
        while (step() < step) {
            advance();
        }
    }

    /** Returns all weights. */
    float[][] weights() {
        return model.stateDict().values().stream().map(Tensor::toFloatArray).toArray(float[][]::new);
    }

    static void main(String[] arguments) {
        var training = new KilledTraining();
        var folder = new CheckpointFolder(Path.of(arguments[0])).keep(2);
        folder.load(training.state());
        while (true) {
            training.advance();
            folder.save(training.step(), training.state(), 1.0 / training.step());
            System.out.println(training.step());
        }
    }
}
