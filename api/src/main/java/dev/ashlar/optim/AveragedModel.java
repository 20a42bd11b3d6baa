// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.optim;

import dev.ashlar.Tensor;
import dev.ashlar.autograd.Autograd;
import dev.ashlar.nn.Buffer;
import dev.ashlar.nn.ConcreteModule;
import dev.ashlar.nn.Layer;
import dev.ashlar.nn.Module;
import dev.ashlar.nn.Slot;
import dev.ashlar.type.DType;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * A model whose parameters are means of those of another one that is being trained: of all of them (stochastic weight averaging, the
 * default), or with weights that fall exponentially into the past.
 *
 * <pre>{@code
 * var averaged = new AveragedModel<>(model, makeModel(), SwaUtils.getEmaAvgFn(0.999), true);
 * for (Batch batch : batches) {
 *     train(model, batch);
 *     averaged.updateParameters(model);
 * }
 * evaluate(averaged.module());
 * }</pre>
 *
 * <p>Its state has the names of PyTorch's: {@code n_averaged}, and those of the model behind {@code module.}.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/optim.html#weight-averaging-swa-and-ema">torch.optim.swa_utils.AveragedModel</a>
 * @see <a href="https://arxiv.org/abs/1803.05407">Izmailov and others: Averaging weights leads to wider optima</a>
 */
public final class AveragedModel<M extends Module> extends ConcreteModule<AveragedModel<M>> implements Layer {
    private final M module;
    private final Buffer count;
    private final SwaUtils.Average average;
    private final boolean useBuffers;

    /** Creates the mean of all models from now on; the first update copies one. */
    public AveragedModel(M model, M copy) {
        this(model, copy, SwaUtils.getSwaAvgFn(), false);
    }

    /**
     * @param model the model that is trained; its state is copied
     * @param copy another one that was made in the same way; it becomes {@link #module()}
     * @param average how a parameter changes the mean
     * @param useBuffers whether buffers, for example running means, are averaged too, or copied
     */
    public AveragedModel(M model, M copy, SwaUtils.Average average, boolean useBuffers) {
        if (model == copy) {
            throw new InvalidArgumentException("[AveragedModel] expected two models, got the same twice; make another one for the means");
        }
        List<Slot> originals = slots(model);
        if (!originals.isEmpty()) {
            copy.to(originals.getFirst().device());
            if (originals.getFirst().dtype().isFloatingPoint()) {
                copy.to(originals.getFirst().dtype());
            }
        }
        copy.loadStateDict(model.stateDict());
        module = register("module", copy);
        count = registerBuffer("n_averaged", Tensor.full(Shape.of(), 0L, DType.INT64));
        if (!originals.isEmpty()) {
            count.to(originals.getFirst().device());
        }
        this.average = average;
        this.useBuffers = useBuffers;
    }

    private static List<Slot> slots(Module model) {
        List<Slot> slots = new ArrayList<>(model.namedParameters().values());
        slots.addAll(model.namedBuffers().values());
        return slots;
    }

    /** Returns the model with the means. */
    public M module() {
        return module;
    }

    /**
     * Takes the parameters of a model into the means, in one launch where it can, without waiting for a device.
     *
     * @param model the one that is trained, or another one of its kind
     */
    public void updateParameters(Module model) {
        List<Slot> means = slots(module);
        List<Slot> values = slots(model);
        if (means.size() != values.size()) {
            throw new InvalidArgumentException("[AveragedModel] expected a model with " + means.size() + " parameters and buffers, got "
                    + values.size() + "; take one that was made in the same way");
        }
        try (var _ = Autograd.noGrad()) {
            for (int i = 0; i < means.size(); i++) {
                Tensor mean = means.get(i).tensor();
                Tensor value = values.get(i).tensor().detach().to(mean.device());
                if (means.get(i) instanceof Buffer && !useBuffers) {
                    mean.assign(value);
                } else {
                    Tensor seen = count.tensor().to(mean.device());
                    Tensor next = average.next(mean, value, seen).to(mean.dtype());
                    mean.assign(seen.eq(0L).where(value.to(mean.dtype()), next));
                }
            }
            count.tensor().addAssign(1);
            count.tensor().realize();
            means.reversed().stream().limit(1).forEach(slot -> slot.tensor().realize());
        }
    }

    /**
     * Applies the model with the means.
     *
     * @throws InvalidArgumentException if it is no {@link Layer}; call {@link #module()} then
     */
    @Override
    public Tensor forward(Tensor input) {
        if (module instanceof Layer layer) {
            return hooked(input, layer::forward);
        }
        throw new InvalidArgumentException("[AveragedModel] expected a model that turns one tensor into one, got "
                + module.getClass().getSimpleName() + "; call module() and its forward");
    }
}
