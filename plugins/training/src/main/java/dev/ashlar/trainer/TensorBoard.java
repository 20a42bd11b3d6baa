// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.trainer;

import dev.ashlar.Tensor;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes the figures of each epoch for TensorBoard, the model's structure as a text, and histograms of weights if asked for. The figures of
 * training and validation data are named {@code train/loss} and {@code val/loss}.
 */
public final class TensorBoard implements Callback {
    private final Path folder;
    private long everyBatches;
    private boolean histograms;
    private @Nullable SummaryWriter writer;
    private long seen;

    /** @param folder one per run, for example {@code runs/first} */
    public TensorBoard(Path folder) {
        this.folder = folder;
    }

    /** Sets after how many batches the loss is written too, which then is waited for; never from the start. Returns this. */
    public TensorBoard lossEvery(long batches) {
        everyBatches = batches;
        return this;
    }

    /** Sets whether each epoch's weights are written as histograms, false from the start; returns this. */
    public TensorBoard histograms(boolean write) {
        histograms = write;
        return this;
    }

    private SummaryWriter writer() {
        SummaryWriter known = writer;
        if (known == null) {
            known = new SummaryWriter(folder);
            writer = known;
        }
        return known;
    }

    @Override
    public void onFitStart(Trainer trainer) {
        writer().addText("model", "    " + trainer.model().toString().replace("\n", "\n    "), trainer.step());
    }

    @Override
    public void onBatchEnd(Trainer trainer, Tensor loss) {
        seen++;
        if (everyBatches > 0 && seen % everyBatches == 0) {
            writer().addScalar("batch/loss", loss.item(), trainer.step());
        }
    }

    @Override
    public void onEpochEnd(Trainer trainer, Map<String, Double> figures) {
        figures.forEach((name, value) -> writer().addScalar(
                name.startsWith("val_") ? "val/" + name.substring(4) : "train/" + name, value, trainer.epoch()));
        if (histograms) {
            trainer.model().namedParameters().forEach((name, parameter) ->
                    writer().addHistogram("weights/" + name, parameter.tensor(), trainer.epoch()));
        }
    }

    @Override
    public void onFitEnd(Trainer trainer) {
        writer().close();
        writer = null;
    }
}
