// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;
import dev.ashlar.autograd.Context;
import dev.ashlar.autograd.Function;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.Shape;
import dev.ashlar.type.ShapeMismatchException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Attention in several subspaces: queries, keys and values are projected, split into heads, attended to each by itself, joined and
 * projected again.
 *
 * <p>Queries are [targets, samples, size], keys and values [sources, samples, size]; with {@link AttentionOptions#batchFirst} the samples
 * come first; without samples [targets, size] and [sources, size]. State: {@code in_proj_weight} [3 * size, size], or {@code
 * q_proj_weight}, {@code k_proj_weight} and {@code v_proj_weight} if keys or values have another size than queries, {@code in_proj_bias},
 * {@code bias_k}, {@code bias_v} and {@code out_proj}.
 *
 * @see <a href="https://arxiv.org/abs/1706.03762">Vaswani et al.: Attention is all you need</a>
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.MultiheadAttention.html">torch.nn.MultiheadAttention</a>
 */
public final class MultiheadAttention extends ConcreteModule<MultiheadAttention> {
    private static final String NAME = "multiheadAttention";

    private final long size;
    private final long heads;
    private final AttentionOptions options;
    /** One for queries, keys and values together, or three. */
    private final List<Parameter> projections;
    private final @Nullable Parameter bias;
    private final @Nullable Parameter keyBias;
    private final @Nullable Parameter valueBias;
    private final NonDynamicallyQuantizableLinear output;

    /**
     * What attention results in.
     *
     * @param output like the queries
     * @param weights [samples, targets, sources], or [samples, heads, targets, sources] if not averaged, for a single sample without
     *     samples; null if not wanted
     */
    public record Result(Tensor output, @Nullable Tensor weights) {}

    /** Creates attention with {@link AttentionOptions#defaults()}. */
    public MultiheadAttention(long embedDim, long numHeads) {
        this(embedDim, numHeads, AttentionOptions.defaults());
    }

    /**
     * @param embedDim size of queries and results
     * @param numHeads divides the size
     */
    public MultiheadAttention(long embedDim, long numHeads, AttentionOptions options) {
        if (embedDim < 1 || numHeads < 1 || embedDim % numHeads != 0) {
            throw new InvalidArgumentException("[" + NAME + "] expected a size that is a multiple of the number of heads, got " + embedDim
                    + " and " + numHeads + "; each head gets the same share");
        }
        size = embedDim;
        heads = numHeads;
        this.options = options;
        long keys = options.kdim() == null ? size : options.kdim();
        long values = options.vdim() == null ? size : options.vdim();
        // Drawn in PyTorch's order, registered in that of its state.
        NonDynamicallyQuantizableLinear last = new NonDynamicallyQuantizableLinear(size, options.bias());
        projections = keys == size && values == size
                ? List.of(matrix("in_proj_weight", 3 * size, size))
                : List.of(matrix("q_proj_weight", size, size), matrix("k_proj_weight", size, keys), matrix("v_proj_weight", size, values));
        bias = options.bias() ? registerParameter("in_proj_bias", Tensor.zeros(3 * size)) : null;
        keyBias = options.addBiasKv() ? extra("bias_k") : null;
        valueBias = options.addBiasKv() ? extra("bias_v") : null;
        output = register("out_proj", last);
    }

    private Parameter matrix(String name, long rows, long columns) {
        return registerParameter(name, Init.xavierUniform(Tensor.zeros(rows, columns).clone(), 1));
    }

    private Parameter extra(String name) {
        return registerParameter(name, Init.xavierNormal(Tensor.zeros(1, 1, size).clone(), 1));
    }

    /** The projection of the joined heads, under PyTorch's name, so that it prints alike; its bias starts at 0. */
    private static final class NonDynamicallyQuantizableLinear extends AbstractModule implements Layer {
        private final Parameter weight;
        private final @Nullable Parameter bias;

        NonDynamicallyQuantizableLinear(long size, boolean withBias) {
            weight = registerParameter("weight", Init.drawWeight(size, size));
            if (withBias) {
                Tensor drawn = Init.drawUniform(1 / Math.sqrt(size), size);
                bias = registerParameter("bias", drawn.zerosLike());
            } else {
                bias = null;
            }
        }

        @Override
        public Tensor forward(Tensor input) {
            return hooked(input, given -> given.linear(weight.tensor(), bias == null ? null : bias.tensor()));
        }

        @Override
        public String extraRepr() {
            long size = weight.shape().size(0);
            return "in_features=" + size + ", out_features=" + size + ", bias=" + Repr.of(bias != null);
        }
    }

    // ---- forward ----------------------------------------------------------------------------------------------------------------

    /** Attends without masks and returns averaged weights too. */
    public Result forward(Tensor query, Tensor key, Tensor value) {
        return forward(query, key, value, AttentionMask.none(), true, true);
    }

    /**
     * Attends, with arguments in PyTorch's order; see {@link #forward(Tensor, Tensor, Tensor, AttentionMask, boolean, boolean)}.
     *
     * @param isCausal see {@link AttentionMask}
     */
    public Result forward(
            Tensor query,
            Tensor key,
            Tensor value,
            @Nullable Tensor keyPaddingMask,
            boolean needWeights,
            @Nullable Tensor attnMask,
            boolean averageAttnWeights,
            boolean isCausal) {
        return forward(query, key, value, new AttentionMask(attnMask, keyPaddingMask, isCausal), needWeights, averageAttnWeights);
    }

    /** Attends from each step of a sequence to all of it that the mask allows, without returning weights: the fastest way. */
    public Tensor forward(Tensor input, AttentionMask mask) {
        return forward(input, input, input, mask, false, true).output();
    }

    /**
     * Attends. Where nothing may be looked at, weights are NaN if they are wanted, else the attention is 0.
     *
     * @param needWeights whether weights are wanted; it is slower
     * @param averageAttnWeights whether weights are averaged over heads
     */
    public Result forward(
            Tensor query, Tensor key, Tensor value, AttentionMask mask, boolean needWeights, boolean averageAttnWeights) {
        List<Tensor> results = hookedAll(List.of(query, key, value), given ->
                attend(given.get(0), given.get(1), given.get(2), mask, needWeights, averageAttnWeights));
        return new Result(results.getFirst(), results.size() == 1 ? null : results.get(1));
    }

    private List<Tensor> attend(Tensor query, Tensor key, Tensor value, AttentionMask mask, boolean needWeights, boolean average) {
        check(query, key, value);
        boolean single = query.dim() == 2;
        int samples = options.batchFirst() ? 0 : 1;
        List<Tensor> projected = project(query, key, value);
        Tensor q = split(projected.get(0), single, samples);
        Tensor k = split(projected.get(1), single, samples);
        Tensor v = split(projected.get(2), single, samples);
        long batch = q.size(0);
        long sources = k.size(-2);
        long added = 0;
        if (keyBias != null && valueBias != null) {
            k = Tensor.cat(2, k, split(keyBias.tensor(), false, 1).expand(batch, heads, 1, size / heads));
            v = Tensor.cat(2, v, split(valueBias.tensor(), false, 1).expand(batch, heads, 1, size / heads));
            added++;
        }
        if (options.addZeroAttn()) {
            k = k.pad(0, 0, 0, 0, 1);
            v = v.pad(0, 0, 0, 0, 1);
            added++;
        }
        double dropout = isTraining() ? options.dropout() : 0;
        AttentionMasks masks = new AttentionMasks(mask, batch, heads, q.size(-2), sources, added);
        if (!needWeights) {
            boolean causal = masks.onlyCausal();
            Tensor y = q.scaledDotProductAttention(k, v, causal ? null : masks.allowed(q), dropout, causal, null, false, null);
            return List.of(output.forward(join(y, single, samples)));
        }
        Tensor scores = masks.apply(q.mul(Math.sqrt(1.0 / (size / heads))).matmul(k.transpose(-1, -2)));
        Tensor weights = scores.softmax(-1).dropout(dropout, true);
        Tensor y = output.forward(join(weights.matmul(v), single, samples));
        weights = average ? weights.mean(1) : weights;
        return List.of(y, single ? weights.squeeze(0) : weights);
    }

    private void check(Tensor query, Tensor key, Tensor value) {
        int rank = query.dim();
        Shape q = query.shape();
        Shape k = key.shape();
        Shape v = value.shape();
        boolean fits = (rank == 2 || rank == 3) && key.dim() == rank && value.dim() == rank;
        int steps = rank == 3 && options.batchFirst() ? 1 : 0;
        fits = fits && q.size(-1) == size && k.size(-1) == (options.kdim() == null ? size : options.kdim())
                && v.size(-1) == (options.vdim() == null ? size : options.vdim()) && k.size(steps) == v.size(steps);
        fits = fits && (rank == 2 || q.size(1 - steps) == k.size(1 - steps) && q.size(1 - steps) == v.size(1 - steps));
        if (!fits) {
            String layout = options.batchFirst() ? "[samples, steps, size]" : "[steps, samples, size]";
            throw new ShapeMismatchException("[" + NAME + "] expected queries, keys and values " + layout + " or [steps, size] of sizes "
                    + size + ", " + (options.kdim() == null ? size : options.kdim()) + " and "
                    + (options.vdim() == null ? size : options.vdim()) + ", got " + q + ", " + k + " and " + v
                    + "; samples are equal, and so are the steps of keys and values");
        }
    }

    // ---- projections ------------------------------------------------------------------------------------------------------------

    private List<Tensor> project(Tensor query, Tensor key, Tensor value) {
        if (projections.size() == 1) {
            Tensor weight = projections.getFirst().tensor();
            if (query == key && key == value) {
                return parts(query.linear(weight, bias == null ? null : bias.tensor()), 3);
            }
            if (key == value) {
                List<Tensor> both = parts(key.linear(part(weight, 1, 2), biasPart(1, 2)), 2);
                return List.of(query.linear(part(weight, 0, 1), biasPart(0, 1)), both.get(0), both.get(1));
            }
            return List.of(
                    query.linear(part(weight, 0, 1), biasPart(0, 1)),
                    key.linear(part(weight, 1, 1), biasPart(1, 1)),
                    value.linear(part(weight, 2, 1), biasPart(2, 1)));
        }
        return List.of(
                query.linear(projections.get(0).tensor(), biasPart(0, 1)),
                key.linear(projections.get(1).tensor(), biasPart(1, 1)),
                value.linear(projections.get(2).tensor(), biasPart(2, 1)));
    }

    /** Cuts the last dimension; backward lays the gradients side by side, instead of adding each to zeros. */
    private record Parts(int count) implements Function {
        @Override
        public Tensor[] forward(Context context, Tensor... inputs) {
            return inputs[0].chunk(count, -1).toArray(Tensor[]::new);
        }

        @Override
        public @Nullable Tensor[] backward(Context context, @Nullable Tensor... gradients) {
            return new @Nullable Tensor[] {Tensor.cat(-1, Stream.of(gradients).map(Objects::requireNonNull).toArray(Tensor[]::new))};
        }
    }

    private static List<Tensor> parts(Tensor joined, int count) {
        return List.of(new Parts(count).applyAll(joined));
    }

    private @Nullable Tensor biasPart(int first, int count) {
        return bias == null ? null : part(bias.tensor(), first, count);
    }

    private Tensor part(Tensor all, int first, int count) {
        return all.narrow(0, first * size, count * size);
    }

    /** Returns [samples, heads, steps, size of a head]. */
    private Tensor split(Tensor x, boolean single, int samples) {
        Tensor batched = single ? x.unsqueeze(samples) : x;
        Tensor parts = batched.unflatten(-1, heads, size / heads);
        return samples == 0 ? parts.permute(0, 2, 1, 3) : parts.permute(1, 2, 0, 3);
    }

    private Tensor join(Tensor x, boolean single, int samples) {
        Tensor parts = samples == 0 ? x.permute(0, 2, 1, 3) : x.permute(2, 0, 1, 3);
        Tensor joined = parts.flatten(2, 3);
        return single ? joined.squeeze(samples) : joined;
    }
}
