// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.trainer;

import dev.ashlar.Ashlar;
import dev.ashlar.State;
import dev.ashlar.Tensor;
import dev.ashlar.data.Batch;
import dev.ashlar.nn.NanGuard;
import dev.ashlar.type.AshlarException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks whether losses are finite. When one is not, the batch is computed again with the weights and the random numbers of before, and
 * every module is asked for what it returns.
 */
final class Watch {
    private final Trainer trainer;
    private long seen;
    private Map<String, Tensor> weights = Map.of();
    private State generator = State.of("");

    Watch(Trainer trainer) {
        this.trainer = trainer;
    }

    /** Returns whether the batch that comes now is one to look at. */
    boolean before() {
        boolean look = trainer.checkEvery > 0 && ++seen % trainer.checkEvery == 0;
        if (look) {
            weights = trainer.model.stateDict();
            generator = Ashlar.generator().state();
        }
        return look;
    }

    /** Throws if the loss of the batch is not finite; the model has its weights of before then. */
    void after(Batch batch, double loss, long epoch, long step, String checkpoint) {
        if (Double.isFinite(loss)) {
            return;
        }
        String what = "[trainer] expected a finite loss, got " + loss + " in epoch " + (epoch + 1) + " at step " + step + ": ";
        trainer.model.loadStateDict(weights);
        trainer.optimizer.zeroGrad();
        throw new NonFiniteException(what + reason(batch) + "; " + checkpoint, null);
    }

    private String reason(Batch batch) {
        for (int i = 0; i < batch.size(); i++) {
            if (batch.get(i).dtype().isFloatingPoint() && !batch.get(i).isFinite().all().itemBoolean()) {
                return "tensor " + i + " of the batch has numbers that are not finite; look at the data";
            }
        }
        List<String> broken = NanGuard.broken(trainer.model);
        if (!broken.isEmpty()) {
            return weightsReason(broken);
        }
        Ashlar.generator().loadState(generator);
        Optional<NanGuard.Finding> finding;
        try (NanGuard guard = NanGuard.watch(trainer.model)) {
            trainer.apply(batch).loss().realize();
            finding = guard.find();
        } catch (AshlarException e) {
            return "and computing it again failed: " + e.getMessage();
        }
        return finding.map(found -> "the first " + found).orElse("every module returned finite numbers, so it came from the loss function")
                + "; lower the learning rate, clip gradients, or look at what goes in there";
    }

    /** Gradients flow from the end to the beginning: the last weight that is not finite belongs to where they went wrong. */
    private String weightsReason(List<String> broken) {
        return "the weights " + broken + " are not finite since an earlier step, whose loss was finite: the gradient went wrong at '"
                + broken.getLast() + "' first; clip gradients, or run a step in Autograd.detectAnomaly()";
    }

    /** Throws if a weight is not finite, so that no checkpoint has it. */
    void weights(long epoch, long step) {
        List<String> broken = NanGuard.broken(trainer.model);
        if (!broken.isEmpty()) {
            throw new NonFiniteException("[trainer] expected finite weights to save in epoch " + (epoch + 1) + " after step " + step + ": "
                    + weightsReason(broken), null);
        }
    }
}
