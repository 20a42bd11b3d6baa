// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.training;

import dev.ashlar.Ashlar;
import dev.ashlar.Generator;
import dev.ashlar.Tensor;
import dev.ashlar.data.Batch;
import dev.ashlar.data.DataLoader;
import dev.ashlar.data.TensorDataset;
import dev.ashlar.io.CheckpointFolder;
import dev.ashlar.io.TrainingState;
import dev.ashlar.nn.Dropout;
import dev.ashlar.nn.Linear;
import dev.ashlar.nn.MSELoss;
import dev.ashlar.nn.Sequential;
import dev.ashlar.nn.Tanh;
import dev.ashlar.optim.Adam;
import dev.ashlar.optim.ExponentialLR;
import dev.ashlar.optim.LRScheduler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * A training that is made to be killed: it saves after each step, with dropout, a shuffled loader and a scheduler, and as a program of its
 * own never ends by itself.
 */
final class KilledTraining {
    private final DataLoader loader;
    private final Sequential model;
    private final Adam optimizer;
    private final LRScheduler scheduler;
    private final TrainingState state;
    private @Nullable Iterator<Batch> epoch;

    KilledTraining() {
        Ashlar.seed(3);
        Tensor inputs = Tensor.randn(200, 8);
        Tensor targets = inputs.pow(2).sum(1).unsqueeze(1);
        loader = new DataLoader(new TensorDataset(inputs, targets)).batchSize(16).shuffle(true).generator(new Generator(5));
        model = new Sequential(new Linear(8, 64), new Tanh(), new Dropout(0.3), new Linear(64, 32), new Tanh(), new Linear(32, 1));
        optimizer = new Adam(model.parameters(), 0.003);
        scheduler = new ExponentialLR(optimizer, 0.9999);
        state = new TrainingState(model, optimizer).with("scheduler", scheduler).with("loader", loader);
    }

    /** Goes on from what a file holds, or the newest one of a folder. */
    void load(Path path) {
        epoch = null;
        if (Files.isDirectory(path)) {
            new CheckpointFolder(path).load(state);
        } else {
            state.load(path);
        }
    }

    TrainingState state() {
        return state;
    }

    long step() {
        return state.whole("step", 0);
    }

    /** Trains one step more. */
    void advance() {
        while (epoch == null || !epoch.hasNext()) {
            epoch = loader.iterator();
        }
        Batch batch = epoch.next();
        optimizer.zeroGrad();
        new MSELoss().forward(model.forward(batch.get(0)), batch.get(1)).backward();
        optimizer.step();
        scheduler.step();
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
        training.load(Path.of(arguments[0]));
        while (true) {
            training.advance();
            folder.save(training.step(), training.state(), 1.0 / training.step());
            System.out.println(training.step());
        }
    }
}
