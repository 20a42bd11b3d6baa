// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import dev.ashlar.Ashlar;
import dev.ashlar.Generator;
import dev.ashlar.Scope;
import dev.ashlar.Tensor;
import dev.ashlar.internal.graph.Node;
import dev.ashlar.type.AshlarException;
import dev.ashlar.type.DType;
import dev.ashlar.type.Shape;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a computation that keeps its inputs instead of what its gradient rules want saved. When backward first asks for such a
 * value, the piece runs again, up to the last of them; the tape of the first run stays the one that is walked, so that gradients of
 * gradients and of tensors that the function captured are found as usual.
 */
public final class CheckpointFrame implements Saving {
    private record Form(Shape shape, DType type) {}

    private final Function<Tensor[], Tensor[]> function;
    private final Generator generator;
    private final byte[] randomState;
    private final @Nullable DType half = Casting.half();
    private final SavedValue[] inputs;
    private final boolean[] requireGrad;
    private final List<Form> forms = new ArrayList<>();
    private final BitSet released = new BitSet();
    private @Nullable List<SavedValue.Kept> values;
    private int live;

    private CheckpointFrame(Function<Tensor[], Tensor[]> function, Tensor[] tensors) {
        this.function = function;
        generator = Ashlar.generator();
        randomState = generator.getState();
        inputs = new SavedValue[tensors.length];
        requireGrad = new boolean[tensors.length];
        for (int i = 0; i < tensors.length; i++) {
            // Kept, or left to the piece around this one.
            inputs[i] = SavedValue.of((TensorImpl) tensors[i], null);
            requireGrad[i] = tensors[i].requiresGrad();
        }
    }

    /** Runs a function whose intermediate values are computed again in backward. */
    public static Tensor[] run(Function<Tensor[], Tensor[]> function, Tensor... inputs) {
        if (!GradMode.isEnabled()) {
            return function.apply(inputs.clone());
        }
        CheckpointFrame frame = new CheckpointFrame(function, inputs);
        Saving outer = GradMode.saving();
        if (outer != null) {
            outer.saved();
        }
        Tensor[] results;
        try (Scope _ = GradMode.saving(frame)) {
            results = function.apply(inputs.clone());
        }
        if (frame.forms.isEmpty()) {
            frame.releaseInputs();
        }
        return results;
    }

    private void releaseInputs() {
        for (SavedValue input : inputs) {
            input.release();
        }
    }

    // ---- first run --------------------------------------------------------------------------------------------------------------

    @Override
    public SavedValue save(TensorImpl tensor) {
        forms.add(new Form(tensor.shape(), tensor.dtype()));
        live++;
        return new Promised(this, forms.size() - 1, tensor.requiresGrad() ? tensor.edge() : null);
    }

    /** Stands for a value until the function has run again. */
    private static final class Promised implements SavedValue {
        private final CheckpointFrame frame;
        private final int place;
        private final @Nullable History history;
        private boolean released;

        Promised(CheckpointFrame frame, int place, @Nullable History history) {
            this.frame = frame;
            this.place = place;
            this.history = history;
        }

        @Override
        public Tensor restore() {
            return new TensorImpl(frame.node(place), history);
        }

        @Override
        public void release() {
            if (!released) {
                released = true;
                frame.release(place);
            }
        }
    }

    private void release(int place) {
        List<SavedValue.Kept> known = values;
        if (known != null) {
            known.get(place).release();
        }
        released.set(place);
        live--;
        if (live == 0) {
            values = null;
            releaseInputs();
        }
    }

    // ---- second run -------------------------------------------------------------------------------------------------------------

    private Node node(int place) {
        List<SavedValue.Kept> known = values;
        if (known == null) {
            known = runAgain();
            // What nobody will ask for any more need not be kept.
            released.stream().mapToObj(known::get).forEach(SavedValue.Kept::release);
            values = known;
        }
        return known.get(place).node();
    }

    private List<SavedValue.Kept> runAgain() {
        Tensor[] tensors = new Tensor[inputs.length];
        for (int i = 0; i < tensors.length; i++) {
            Node node = ((TensorImpl) inputs[i].restore()).value();
            tensors[i] = new TensorImpl(node, requireGrad[i] ? new History.Unwalked() : null);
        }
        Collector collector = new Collector();
        byte[] now = generator.getState();
        generator.setState(randomState);
        try (Scope _ = GradMode.set(true); Scope _ = GradMode.inference(false); Scope _ = GradMode.saving(collector);
                Scope _ = Casting.enter(half)) {
            for (Tensor result : function.apply(tensors)) {
                ((TensorImpl) result).value().abandon();
            }
        } catch (Complete e) {
            if (e.collector != collector) {
                throw e;
            }
        } finally {
            generator.setState(now);
        }
        if (collector.values.size() != forms.size()) {
            throw new AshlarException("[checkpoint] expected the function to save " + forms.size() + " values when it runs again, got "
                    + collector.values.size() + "; it must do the same each time, with the same modes and random numbers");
        }
        return collector.values;
    }

    /** Ends the second run when all is there. */
    private static final class Complete extends Error {
        private static final long serialVersionUID = 1;
        private final transient Collector collector;

        Complete(Collector collector) {
            super("[checkpoint] expected this to be caught by the checkpoint, got it elsewhere; do not catch errors in a checkpoint", null,
                    false, false);
            this.collector = collector;
        }
    }

    /** Takes what the second run saves. */
    private final class Collector implements Saving {
        private final List<SavedValue.Kept> values = new ArrayList<>();

        @Override
        public SavedValue save(TensorImpl tensor) {
            int place = values.size();
            Form form = new Form(tensor.shape(), tensor.dtype());
            if (place >= forms.size() || !forms.get(place).equals(form)) {
                throw new AshlarException("[checkpoint] expected the function to save " + (place < forms.size() ? forms.get(place)
                        : "nothing")
                        + " as value " + place + " when it runs again, got " + form + "; it must do the same each time");
            }
            SavedValue.Kept kept = SavedValue.Kept.of(tensor.value(), null);
            values.add(kept);
            return kept;
        }

        @Override
        public void saved(TensorImpl... results) {
            if (values.size() == forms.size()) {
                for (TensorImpl result : results) {
                    result.value().abandon();
                }
                throw new Complete(this);
            }
        }
    }
}
