// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;
import dev.ashlar.autograd.Autograd;
import dev.ashlar.autograd.Context;
import dev.ashlar.autograd.Function;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One recurrent layer in one direction over all steps of a sequence, as one operation: forward is a product and a map per step, and so is
 * backward, after which one product over all steps gives the gradient of each weight.
 *
 * <p>Inputs are the projected sequence [steps, samples, gates * size], the initial state, one or two tensors, the weight of the hidden
 * state [gates * size, width], and perhaps one more, see {@link Extra}. Results are the hidden states [steps, samples, width] and the last
 * state.
 */
record Recurrence(RecurrentCell cell, boolean reverse, Extra extra) implements Function {

    /** What the last input is. */
    enum Extra {
        /** There is none. */
        NONE,
        /** The bias of the product with the hidden state. */
        BIAS,
        /** A weight that the hidden state is multiplied with after each step. */
        PROJECTION
    }

    /** All steps in the order in which they happen: the hidden state before, that after without its projection, what the cell keeps. */
    private record Steps(List<Tensor> before, List<Tensor> raw, List<Tensor[]> kept) {
        Steps() {
            this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }
    }

    private int inputs() {
        return 2 + cell.states() + (extra == Extra.NONE ? 0 : 1);
    }

    private int place(int step, int steps) {
        return reverse ? steps - 1 - step : step;
    }

    @Override
    public Tensor[] forward(Context context, Tensor... inputs) {
        context.setMaterializeGrads(false);
        Steps steps = new Steps();
        Tensor[] results = run(inputs, steps);
        List<Tensor> saved = new ArrayList<>(List.of(inputs));
        saved.addAll(steps.before);
        saved.addAll(steps.raw);
        steps.kept.forEach(kept -> saved.addAll(List.of(kept)));
        context.saveForBackward(saved.toArray(Tensor[]::new));
        return results;
    }

    private Tensor[] run(Tensor[] inputs, Steps steps) {
        int states = cell.states();
        int count = Math.toIntExact(inputs[0].size(0));
        Tensor[] state = Arrays.copyOfRange(inputs, 1, 1 + states);
        Tensor weight = inputs[1 + states];
        Tensor bias = extra == Extra.BIAS ? inputs[2 + states] : null;
        Tensor[] outputs = new Tensor[count];
        for (int i = 0; i < count; i++) {
            int at = place(i, count);
            RecurrentCell.Step step = cell.forward(inputs[0].select(0, at), state[0].linear(weight, bias), state);
            steps.before.add(state[0]);
            steps.kept.add(step.kept());
            state = step.state();
            if (extra == Extra.PROJECTION) {
                steps.raw.add(state[0]);
                state = new Tensor[] {state[0].linear(inputs[2 + states]), state[1]};
            }
            outputs[at] = state[0];
        }
        Tensor[] results = new Tensor[1 + states];
        results[0] = Tensor.stack(0, outputs);
        System.arraycopy(state, 0, results, 1, states);
        return results;
    }

    // ---- backward ---------------------------------------------------------------------------------------------------------------

    private Steps restored(Tensor[] saved) {
        Steps steps = new Steps();
        if (Autograd.isGradEnabled()) {
            // Who differentiates again needs to know how the saved values came from the inputs.
            run(Arrays.copyOf(saved, inputs()), steps);
            return steps;
        }
        int count = Math.toIntExact(saved[0].size(0));
        List<Tensor> rest = List.of(saved).subList(inputs(), saved.length);
        steps.before.addAll(rest.subList(0, count));
        rest = rest.subList(count, rest.size());
        if (extra == Extra.PROJECTION) {
            steps.raw.addAll(rest.subList(0, count));
            rest = rest.subList(count, rest.size());
        }
        int each = rest.size() / count;
        for (int i = 0; i < count; i++) {
            steps.kept.add(rest.subList(i * each, (i + 1) * each).toArray(Tensor[]::new));
        }
        return steps;
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
            if (projection != null) {
                projected[i] = total;
                total = total.matmul(projection);
            }
            RecurrentCell.Back back = cell.backward(steps.kept.get(i), total, memory);
            sequences[at] = back.sequence();
            products[i] = back.product();
            hidden = i == 0 && !context.needsInputGrad(1) ? null : sum(back.hidden(), back.product().matmul(weight));
            memory = back.cell();
        }
        @Nullable Tensor[] results = new Tensor[inputs()];
        results[0] = Tensor.stack(0, sequences);
        results[1] = hidden;
        if (states == 2) {
            results[2] = memory;
        }
        // In the order of time the gradients of the sequence are those of the products, if there is one of both.
        boolean same = cell != RecurrentCell.GRU;
        List<Tensor> before = same ? inTime(steps.before) : steps.before;
        Tensor all = (same ? results[0] : Tensor.stack(0, products)).flatten(0, 1);
        if (context.needsInputGrad(1 + states)) {
            results[1 + states] = all.t().matmul(Tensor.stack(0, before.toArray(Tensor[]::new)).flatten(0, 1));
        }
        if (extra == Extra.BIAS) {
            results[2 + states] = all.sum(0);
        } else if (extra == Extra.PROJECTION) {
            Tensor raw = Tensor.stack(0, steps.raw.toArray(Tensor[]::new)).flatten(0, 1);
            results[2 + states] = Tensor.stack(0, projected).flatten(0, 1).t().matmul(raw);
        }
        return results;
    }

    private List<Tensor> inTime(List<Tensor> steps) {
        return reverse ? steps.reversed() : steps;
    }

    private static @Nullable Tensor sum(@Nullable Tensor a, @Nullable Tensor b) {
        return a == null ? b : b == null ? a : a.add(b);
    }
}
