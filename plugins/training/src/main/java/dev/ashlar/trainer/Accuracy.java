// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.trainer;

import dev.ashlar.Tensor;
import dev.ashlar.type.InvalidArgumentException;
import java.util.Map;

/**
 * The share of samples whose class was decided for, or is among those with the highest scores.
 *
 * <p>Outputs are scores [samples, classes, ...] with targets [samples, ...], or one score per target that is 0 or 1.
 */
public final class Accuracy extends Totals {
    private final int among;
    private final double threshold;

    /** Creates the share of right decisions, named {@code accuracy}; a single score counts as 1 above 0, as logits do. */
    public Accuracy() {
        this(1, 0);
    }

    /** Creates the share of targets among the highest scores, named {@code top5_accuracy} for 5. */
    public Accuracy(int among) {
        this(among, 0);
    }

    /**
     * @param among how many of the highest scores count, &gt;= 1
     * @param threshold above which a single score means 1: 0 for logits, 0.5 for probabilities
     */
    public Accuracy(int among, double threshold) {
        if (among < 1) {
            throw new InvalidArgumentException("[accuracy] expected 1 score or more, got " + among);
        }
        this.among = among;
        this.threshold = threshold;
    }

    private String name() {
        return among == 1 ? "accuracy" : "top" + among + "_accuracy";
    }

    @Override
    void record(Tensor output, Tensor target) {
        Classes classes = Classes.of("accuracy", output, target);
        if (among > 1 && classes.count() < among) {
            throw shapes("accuracy", "at least " + among + " classes", output, target);
        }
        Tensor right = among == 1
                ? classes.decisions(threshold).eq(classes.targets())
                : classes.scores().topk(among, 1, true, false).indices().eq(classes.targets().unsqueeze(1)).any(1, false);
        add("right", right.sum());
        Tensor counted = classes.targets().ne(Tensor.IGNORED);
        add("rows", counted.sum());
    }

    @Override
    public Map<String, Double> values() {
        return Map.of(name(), total("right") / total("rows"));
    }
}
