// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import dev.ashlar.Scope;
import dev.ashlar.Tensor;
import dev.ashlar.autograd.Context;
import dev.ashlar.autograd.Function;
import dev.ashlar.internal.schedule.DeviceRuntime;
import dev.ashlar.type.AshlarException;
import dev.ashlar.type.DType;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.Shape;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One call of a user's function: its context and its place on the tape. */
public final class CustomCall implements Context {
    private record Form(Shape shape, DType type, DeviceRuntime runtime) {
        static Form of(Tensor tensor) {
            return new Form(tensor.shape(), tensor.dtype(), Primitives.runtime(tensor));
        }
    }

    private final Function function;
    private final boolean[] needed;
    private final boolean recorded;
    private boolean materializes = true;
    private Tensor[] toSave = {};
    private Tensor[] nonDifferentiable = {};
    private SavedValue @Nullable [] saved = {};

    private CustomCall(Function function, Tensor[] inputs) {
        this.function = function;
        needed = new boolean[inputs.length];
        boolean any = false;
        for (int i = 0; i < inputs.length; i++) {
            needed[i] = GradMode.isEnabled() && inputs[i].requiresGrad();
            any |= needed[i];
        }
        recorded = any;
    }

    /** Calls a function and records how its gradients flow. */
    public static Tensor[] apply(Function function, Tensor... inputs) {
        CustomCall call = new CustomCall(function, inputs);
        Tensor[] raw;
        try (Scope _ = GradMode.set(false); Scope _ = GradMode.saving(null)) {
            raw = function.forward(call, inputs.clone());
        }
        if (raw.length == 0) {
            throw new InvalidArgumentException("[" + function.functionName() + "] expected one result or more from forward, got none;"
                    + " return at least one tensor");
        }
        if (GradMode.checksResults()) {
            for (Tensor result : raw) {
                Anomaly.checkForward(function.functionName(), result, inputs);
            }
        }
        return call.finish(raw, inputs);
    }

    private Tensor[] finish(Tensor[] raw, Tensor[] inputs) {
        Tensor[] results = new Tensor[raw.length];
        TensorImpl[] fresh = new TensorImpl[raw.length];
        for (int i = 0; i < raw.length; i++) {
            // A handle of its own: forward may have returned an input, or a tensor that somebody else holds.
            fresh[i] = (TensorImpl) raw[i].detach();
            results[i] = fresh[i];
        }
        if (!recorded) {
            return results;
        }
        @Nullable History[] next = new History[inputs.length];
        Form[] inputForms = new Form[inputs.length];
        for (int i = 0; i < inputs.length; i++) {
            next[i] = needed[i] ? ((TensorImpl) inputs[i]).edge() : null;
            inputForms[i] = Form.of(inputs[i]);
        }
        Form[] resultForms = new Form[raw.length];
        for (int i = 0; i < raw.length; i++) {
            resultForms[i] = Form.of(raw[i]);
        }
        Recorded joint = new Recorded(this, next, inputForms, resultForms);
        for (int i = 0; i < raw.length; i++) {
            if (raw[i].dtype().isFloatingPoint() && !contains(nonDifferentiable, raw[i])) {
                fresh[i].setHistory(new History.Output(joint, i));
            }
        }
        saved = new SavedValue[toSave.length];
        for (int i = 0; i < toSave.length; i++) {
            saved[i] = save(toSave[i], inputs, raw, fresh);
        }
        Saving policy = GradMode.saving();
        if (policy != null) {
            policy.saved(fresh);
        }
        toSave = new Tensor[0];
        nonDifferentiable = new Tensor[0];
        return results;
    }

    private static SavedValue save(Tensor tensor, Tensor[] inputs, Tensor[] raw, TensorImpl[] fresh) {
        for (Tensor input : inputs) {
            if (input == tensor) {
                return SavedValue.of((TensorImpl) tensor);
            }
        }
        for (int i = 0; i < raw.length; i++) {
            if (raw[i] == tensor) {
                return SavedValue.of(fresh[i]);
            }
        }
        return SavedValue.of((TensorImpl) tensor);
    }

    private static boolean contains(Tensor[] tensors, Tensor wanted) {
        for (Tensor tensor : tensors) {
            if (tensor == wanted) {
                return true;
            }
        }
        return false;
    }

    // ---- context ----------------------------------------------------------------------------------------------------------------

    @Override
    public void saveForBackward(Tensor... tensors) {
        if (recorded) {
            toSave = tensors.clone();
        }
    }

    @Override
    public Tensor[] saved() {
        SavedValue[] kept = saved;
        if (kept == null) {
            throw new AshlarException("[backward] expected the values that were saved for " + function.functionName()
                    + ", got a graph whose values an earlier backward freed; call backward with retainGraph the first time");
        }
        Tensor[] values = new Tensor[kept.length];
        for (int i = 0; i < kept.length; i++) {
            values[i] = kept[i].restore();
        }
        return values;
    }

    @Override
    public boolean needsInputGrad(int input) {
        return needed[input];
    }

    @Override
    public void markNonDifferentiable(Tensor... results) {
        nonDifferentiable = results.clone();
    }

    @Override
    public void setMaterializeGrads(boolean materialize) {
        materializes = materialize;
    }

    // ---- tape -------------------------------------------------------------------------------------------------------------------

    private static final class Recorded extends History.Joint {
        private final CustomCall call;
        private final @Nullable History[] next;
        private final Form[] inputs;
        private final Form[] results;

        Recorded(CustomCall call, @Nullable History[] next, Form[] inputs, Form[] results) {
            super(call.function.functionName());
            this.call = call;
            this.next = next;
            this.inputs = inputs;
            this.results = results;
        }

        @Override
        int results() {
            return results.length;
        }

        @Override
        @Nullable History[] next() {
            return next;
        }

        @Override
        @Nullable Tensor[] backward(@Nullable Tensor[] gradients, Predicate<History> needed) {
            if (call.saved == null) {
                call.saved();
            }
            @Nullable Tensor[] given = gradients.clone();
            for (int i = 0; i < given.length; i++) {
                if (given[i] == null && call.materializes) {
                    given[i] = Primitives.full(results[i].shape(), 0.0, results[i].type(), results[i].runtime());
                }
            }
            @Nullable Tensor[] returned = call.function.isOnceDifferentiable() ? once(given) : call.function.backward(call, given);
            return fitted(returned, needed);
        }

        /** Without gradient rules; whoever differentiates what comes out is told. */
        private @Nullable Tensor[] once(@Nullable Tensor[] given) {
            boolean differentiates = GradMode.isEnabled();
            @Nullable Tensor[] returned;
            try (Scope _ = GradMode.set(false)) {
                returned = call.function.backward(call, given).clone();
            }
            if (differentiates) {
                for (int i = 0; i < returned.length; i++) {
                    Tensor gradient = returned[i];
                    if (gradient != null && gradient.dtype().isFloatingPoint()) {
                        TensorImpl result = (TensorImpl) gradient.detach();
                        result.setHistory(new Once(name(), next));
                        returned[i] = result;
                    }
                }
            }
            return returned;
        }

        private @Nullable Tensor[] fitted(@Nullable Tensor[] returned, Predicate<History> needed) {
            if (returned.length != next.length) {
                throw new InvalidArgumentException("[" + name() + "] expected backward to return one gradient for each of " + next.length
                        + " inputs, got " + returned.length + "; return null where there is none");
            }
            @Nullable Tensor[] fitted = new Tensor[next.length];
            for (int i = 0; i < next.length; i++) {
                Tensor gradient = returned[i];
                if (gradient != null && next[i] != null && needed.test(next[i])) {
                    fitted[i] = Gradients.fitted(name(), i, gradient, inputs[i].shape(), inputs[i].type());
                }
            }
            return fitted;
        }

        @Override
        void release() {
            SavedValue[] kept = call.saved;
            if (kept != null && kept.length > 0) {
                for (SavedValue value : kept) {
                    value.release();
                }
                call.saved = null;
            }
        }
    }

    /** The gradient of a gradient that must not be differentiated. */
    private static final class Once extends History {
        private final @Nullable History[] next;

        Once(String name, @Nullable History[] next) {
            super(name);
            this.next = next;
        }

        @Override
        @Nullable History[] next() {
            return next;
        }

        @Override
        @Nullable Tensor[] backward(Tensor gradient, Predicate<History> needed) {
            throw new AshlarException("[backward] expected a function that can be differentiated twice, got " + name()
                    + ", which is once differentiable; write its backward with tensor operations and drop isOnceDifferentiable()");
        }

        @Override
        void release() {}
    }
}
