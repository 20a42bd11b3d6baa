// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;
import dev.ashlar.autograd.Autograd;
import dev.ashlar.autograd.Context;
import dev.ashlar.autograd.Function;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One recurrent layer in one direction over all steps of a sequence, as one operation: forward is a product and a map per step, and so is
 * backward, after which one product over all steps gives the gradient of each weight.
 *
 * <p>Inputs are the projected sequence [steps, samples, gates * size], the initial state, one or two tensors, the weight of the hidden
 * state [gates * size, width], and perhaps one more, see {@link Extra}. Results are the hidden states [steps, samples, width] and the last
 * state.
 *
 * @param valid bool [steps, samples, 1], true for steps that samples have: others leave the state as it is; null if they have all
 */
record Recurrence(RecurrentCell cell, boolean reverse, Extra extra, @Nullable Tensor valid) implements Function {

    /** What the last input is. */
    enum Extra {
        /** There is none. */
        NONE,
        /** The bias of the product with the hidden state. */
        BIAS,
        /** A weight that the hidden state is multiplied with after each step. */
        PROJECTION
    }

    /**
     * What backward reads.
     *
     * @param outputs the hidden states of all steps, in time
     * @param raw the hidden states without their projection, in time
     * @param kept what the cell keeps of each step, in time
     */
    private record Steps(Tensor outputs, Tensor[] raw, Tensor[][] kept) {}

    private int inputs() {
        return 2 + cell.states() + (extra == Extra.NONE ? 0 : 1);
    }

    private int place(int step, int steps) {
        return reverse ? steps - 1 - step : step;
    }

    @Override
    public Tensor[] forward(Context context, Tensor... inputs) {
        context.setMaterializeGrads(false);
        Tensor[] state = new Tensor[cell.states()];
        Steps steps = run(inputs, state);
        List<Tensor> saved = new ArrayList<>(List.of(inputs));
        saved.add(steps.outputs);
        saved.addAll(List.of(steps.raw));
        Stream.of(steps.kept).forEach(kept -> saved.addAll(List.of(kept)));
        context.saveForBackward(saved.toArray(Tensor[]::new));
        return Stream.concat(Stream.of(steps.outputs), Stream.of(state)).toArray(Tensor[]::new);
    }

    private Steps run(Tensor[] inputs, Tensor[] end) {
        int states = cell.states();
        int count = Math.toIntExact(inputs[0].size(0));
        Tensor[] state = Arrays.copyOfRange(inputs, 1, 1 + states);
        Tensor weight = inputs[1 + states];
        Tensor bias = extra == Extra.BIAS ? inputs[2 + states] : null;
        Tensor[] outputs = new Tensor[count];
        Tensor[] raw = new Tensor[extra == Extra.PROJECTION ? count : 0];
        Tensor[][] kept = new Tensor[count][];
        for (int i = 0; i < count; i++) {
            int at = place(i, count);
            RecurrentCell.Step step = cell.forward(inputs[0].select(0, at), state[0].linear(weight, bias), state);
            kept[at] = step.kept();
            Tensor[] before = state;
            state = step.state();
            if (extra == Extra.PROJECTION) {
                raw[at] = state[0];
                state = new Tensor[] {state[0].linear(inputs[2 + states]), state[1]};
            }
            if (valid != null) {
                Tensor[] after = state;
                state = new Tensor[states];
                for (int k = 0; k < states; k++) {
                    state[k] = valid.select(0, at).where(after[k], before[k]);
                }
            }
            outputs[at] = state[0];
        }
        System.arraycopy(state, 0, end, 0, states);
        return new Steps(Tensor.stack(0, outputs), raw, kept);
    }

    // ---- backward ---------------------------------------------------------------------------------------------------------------

    private Steps restored(Tensor[] saved) {
        if (Autograd.isGradEnabled()) {
            // Who differentiates again needs to know how the saved values came from the inputs.
            return run(Arrays.copyOf(saved, inputs()), new Tensor[cell.states()]);
        }
        int count = Math.toIntExact(saved[0].size(0));
        int from = inputs() + 1;
        Tensor[] raw = Arrays.copyOfRange(saved, from, from + (extra == Extra.PROJECTION ? count : 0));
        from += raw.length;
        int each = (saved.length - from) / count;
        Tensor[][] kept = new Tensor[count][];
        for (int i = 0; i < count; i++) {
            kept[i] = Arrays.copyOfRange(saved, from + i * each, from + (i + 1) * each);
        }
        return new Steps(saved[inputs()], raw, kept);
    }

    @Override
    public @Nullable Tensor[] backward(Context context, @Nullable Tensor... gradients) {
        Tensor[] saved = context.saved();
        Steps steps = restored(saved);
        int states = cell.states();
        int count = Math.toIntExact(saved[0].size(0));
        Tensor weight = saved[1 + states];
        Tensor projection = extra == Extra.PROJECTION ? saved[2 + states] : null;
        Tensor ofOutputs = gradients[0];
        Tensor hidden = gradients[1];
        Tensor memory = states == 2 ? gradients[2] : null;
        Tensor[] sequences = new Tensor[count];
        Tensor[] products = new Tensor[count];
        Tensor[] projected = new Tensor[count];
        for (int i = count - 1; i >= 0; i--) {
            int at = place(i, count);
            Tensor total = sum(hidden, ofOutputs == null ? null : ofOutputs.select(0, at));
            if (total == null) {
                total = saved[1].zerosLike();
            }
            Tensor exists = valid == null ? null : valid.select(0, at);
            Tensor passed = part(exists, false, total);
            Tensor passedMemory = part(exists, false, memory);
            if (exists != null) {
                total = Objects.requireNonNull(part(exists, true, total));
                memory = part(exists, true, memory);
            }
            if (projection != null) {
                projected[at] = total;
                total = total.matmul(projection);
            }
            RecurrentCell.Back back = cell.backward(steps.kept[at], total, memory);
            sequences[at] = back.sequence();
            products[at] = back.product();
            boolean wanted = i > 0 || context.needsInputGrad(1);
            hidden = wanted ? sum(passed, sum(back.hidden(), back.product().matmul(weight))) : null;
            memory = sum(passedMemory, back.cell());
        }
        @Nullable Tensor[] results = new Tensor[inputs()];
        results[0] = Tensor.stack(0, sequences);
        results[1] = hidden;
        if (states == 2) {
            results[2] = memory;
        }
        Tensor all = cell == RecurrentCell.GRU ? Tensor.stack(0, products) : results[0];
        if (context.needsInputGrad(1 + states)) {
            results[1 + states] = ofWeight(all, steps.outputs, saved[1]);
        }
        if (extra == Extra.BIAS) {
            results[2 + states] = all.sum(new int[] {0, 1}, false);
        } else if (projection != null) {
            results[2 + states] = product(Tensor.stack(0, projected), Tensor.stack(0, steps.raw));
        }
        return results;
    }

    /** Returns the gradient of the weight that was multiplied with the hidden states before each step. */
    private Tensor ofWeight(Tensor gradients, Tensor outputs, Tensor initial) {
        long more = outputs.size(0) - 1;
        Tensor first = gradients.narrow(0, reverse ? more : 0, 1);
        Tensor weight = product(first, initial.unsqueeze(0));
        return more == 0 ? weight
                : weight.add(product(gradients.narrow(0, reverse ? 0 : 1, more), outputs.narrow(0, reverse ? 1 : 0, more)));
    }

    private static Tensor product(Tensor gradients, Tensor values) {
        return gradients.flatten(0, 1).t().matmul(values.flatten(0, 1));
    }

    /** Returns a gradient where samples have the step, or where they do not; null where there is none. */
    private static @Nullable Tensor part(@Nullable Tensor exists, boolean there, @Nullable Tensor gradient) {
        if (exists == null || gradient == null) {
            return null;
        }
        Tensor none = Tensor.scalar(0, gradient.dtype()).to(gradient.device());
        return there ? exists.where(gradient, none) : exists.where(none, gradient);
    }

    private static @Nullable Tensor sum(@Nullable Tensor a, @Nullable Tensor b) {
        return a == null ? b : b == null ? a : a.add(b);
    }
}
