// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;
import dev.ashlar.type.InvalidArgumentException;
import org.jspecify.annotations.Nullable;

/**
 * Normalises groups of neighbouring channels of each sample of [batch, channels, ...], then multiplies by {@code weight} and adds
 * {@code bias}, [channels] each; they start at 1 and 0.
 *
 * @see <a href="https://arxiv.org/abs/1803.08494">Wu, He: Group normalization</a>
 */
public final class GroupNorm extends ConcreteModule<GroupNorm> implements Layer {
    private final long groups;
    private final long channels;
    private final double epsilon;
    private final @Nullable Parameter weight;
    private final @Nullable Parameter bias;

    /** Creates the layer with epsilon 1e-5, weight and bias. */
    public GroupNorm(long groups, long channels) {
        this(groups, channels, 1e-5, true, true);
    }

    /**
     * @param groups how many
     * @param channels a multiple of the groups
     * @param epsilon added to the variance
     * @param affine whether there is a weight
     * @param withBias whether there is a bias beside the weight
     */
    public GroupNorm(long groups, long channels, double epsilon, boolean affine, boolean withBias) {
        if (groups < 1 || channels % groups != 0) {
            throw new InvalidArgumentException("[groupNorm] expected a number of groups that divides the " + channels + " channels, got "
                    + groups + "; 1 always does");
        }
        this.groups = groups;
        this.channels = channels;
        this.epsilon = epsilon;
        weight = affine ? registerParameter("weight", Tensor.ones(channels)) : null;
        bias = affine && withBias ? registerParameter("bias", Tensor.zeros(channels)) : null;
    }

    @Override
    public Tensor forward(Tensor input) {
        return hooked(input, given -> given.groupNorm(groups, weight(), bias(), epsilon));
    }

    /** Returns the weight as it is now, [channels], or null if there is none. */
    public @Nullable Tensor weight() {
        return weight == null ? null : weight.tensor();
    }

    /** Returns the bias as it is now, [channels], or null if there is none. */
    public @Nullable Tensor bias() {
        return bias == null ? null : bias.tensor();
    }

    @Override
    public String extraRepr() {
        return groups + ", " + channels + ", eps=" + Repr.of(epsilon) + ", affine=" + Repr.of(weight != null) + ", bias="
                + Repr.of(bias != null);
    }
}
