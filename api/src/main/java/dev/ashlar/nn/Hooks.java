// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.RemovableHandle;
import dev.ashlar.Tensor;
import dev.ashlar.autograd.Autograd;
import dev.ashlar.autograd.Context;
import dev.ashlar.autograd.Function;
import dev.ashlar.type.InvalidArgumentException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Functions that a module calls around its {@code forward} and in backward. They run in the order of registration. */
public final class Hooks {
    private final List<Entry<ForwardPre>> forwardPre = new CopyOnWriteArrayList<>();
    private final List<Entry<Forward>> forward = new CopyOnWriteArrayList<>();
    private final List<Entry<BackwardPre>> backwardPre = new CopyOnWriteArrayList<>();
    private final List<Entry<Backward>> backward = new CopyOnWriteArrayList<>();

    Hooks() {}

    /** Called before {@code forward}. */
    @FunctionalInterface
    public interface ForwardPre {
        /** Returns what takes the inputs' place, or null to leave them. */
        @Nullable List<Tensor> before(Module module, List<Tensor> inputs);
    }

    /** Called after {@code forward}. */
    @FunctionalInterface
    public interface Forward {
        /** Returns what takes the output's place, or null to leave it. */
        @Nullable Tensor after(Module module, List<Tensor> inputs, Tensor output);

        /**
         * Called instead where {@code forward} has several outputs; returns what takes their place, or null to leave them. Unless it is
         * overridden, {@link #after} is called with one after the other.
         */
        default @Nullable List<Tensor> afterAll(Module module, List<Tensor> inputs, List<Tensor> outputs) {
            List<Tensor> replaced = new ArrayList<>();
            for (Tensor output : outputs) {
                Tensor other = after(module, inputs, output);
                replaced.add(other == null ? output : other);
            }
            return replaced;
        }
    }

    /** Called in backward, before the module's own part of it. */
    @FunctionalInterface
    public interface BackwardPre {
        /** Returns what takes the place of the output's gradient, or null to leave it. */
        @Nullable Tensor before(Module module, Tensor gradOutput);

        /**
         * Called instead where {@code forward} has several outputs; returns what takes the place of their gradients, or null to leave
         * them. Unless it is overridden, {@link #before} is called with one after the other.
         *
         * @param gradOutputs one per output, null where none flows in
         */
        default @Nullable List<@Nullable Tensor> beforeAll(Module module, List<@Nullable Tensor> gradOutputs) {
            List<@Nullable Tensor> replaced = new ArrayList<>();
            for (Tensor gradient : gradOutputs) {
                Tensor other = gradient == null ? null : before(module, gradient);
                replaced.add(other == null ? gradient : other);
            }
            return replaced;
        }
    }

    /** Called in backward, when the gradients of the inputs are there. */
    @FunctionalInterface
    public interface Backward {
        /**
         * Returns what takes the place of the inputs' gradients, or null to leave them.
         *
         * @param gradInputs one per input, null where it needs none
         */
        @Nullable List<@Nullable Tensor> after(Module module, List<@Nullable Tensor> gradInputs, Tensor gradOutput);

        /**
         * Called instead where {@code forward} has several outputs. Unless it is overridden, {@link #after} is called with the gradient
         * of the first output that has one.
         *
         * @param gradInputs one per input, null where it needs none
         * @param gradOutputs one per output, null where none flows in
         */
        default @Nullable List<@Nullable Tensor> afterAll(
                Module module, List<@Nullable Tensor> gradInputs, List<@Nullable Tensor> gradOutputs) {
            return after(module, gradInputs, gradOutputs.stream().filter(Objects::nonNull).findFirst().orElseThrow());
        }
    }

    /** A registered hook: an object of its own, so that one that is registered twice is removed once per handle. */
    private static final class Entry<H> {
        final H hook;

        Entry(H hook) {
            this.hook = hook;
        }
    }

    private static <H> RemovableHandle added(List<Entry<H>> hooks, H hook) {
        Entry<H> entry = new Entry<>(hook);
        hooks.add(entry);
        return () -> hooks.remove(entry);
    }

    RemovableHandle addForwardPre(ForwardPre hook) {
        return added(forwardPre, hook);
    }

    RemovableHandle addForward(Forward hook) {
        return added(forward, hook);
    }

    RemovableHandle addBackwardPre(BackwardPre hook) {
        return added(backwardPre, hook);
    }

    RemovableHandle addBackward(Backward hook) {
        return added(backward, hook);
    }

    // ---- running ----------------------------------------------------------------------------------------------------------------

    /** Replaces values by what a hook returned, if it did, of which there must be as many. */
    private static <T extends @Nullable Tensor> List<T> replaced(List<T> values, @Nullable List<T> by, String operation, String what) {
        if (by != null && by.size() != values.size()) {
            throw new InvalidArgumentException("[" + operation + "] expected the hook to return " + values.size() + " " + what + ", got "
                    + by.size() + "; return null to leave them");
        }
        return by == null ? values : by;
    }

    List<Tensor> run(Module module, java.util.function.Function<List<Tensor>, List<Tensor>> compute, List<Tensor> given) {
        List<Tensor> inputs = given;
        for (Entry<ForwardPre> entry : forwardPre) {
            inputs = replaced(inputs, entry.hook.before(module, inputs), "registerForwardPreHook", "inputs");
        }
        boolean watched = Autograd.isGradEnabled() && !(backward.isEmpty() && backwardPre.isEmpty());
        Passage passage = watched ? new Passage(module, inputs.stream().anyMatch(Tensor::requiresGrad)) : null;
        if (passage != null && passage.tracksInputs) {
            inputs = List.of(new Gate(passage::leave).applyAll(inputs.toArray(Tensor[]::new)));
        }
        List<Tensor> outputs = compute.apply(inputs);
        for (Entry<Forward> entry : forward) {
            List<Tensor> by = outputs.size() > 1 ? entry.hook.afterAll(module, inputs, outputs)
                    : single(entry.hook.after(module, inputs, outputs.getFirst()));
            outputs = replaced(outputs, by, "registerForwardHook", "outputs");
        }
        return passage != null && outputs.stream().anyMatch(Tensor::requiresGrad)
                ? List.of(new Gate(passage::enter).applyAll(outputs.toArray(Tensor[]::new)))
                : outputs;
    }

    private static @Nullable List<Tensor> single(@Nullable Tensor value) {
        return value == null ? null : List.of(value);
    }

    /** One call of a module whose backward is watched: gradients come in at its outputs and leave at its inputs. */
    private final class Passage {
        private final Module module;
        private final boolean tracksInputs;
        private List<@Nullable Tensor> gradOutputs = List.of();

        Passage(Module module, boolean tracksInputs) {
            this.module = module;
            this.tracksInputs = tracksInputs;
        }

        @Nullable Tensor[] enter(@Nullable Tensor[] gradients) {
            List<@Nullable Tensor> current = Collections.unmodifiableList(Arrays.asList(gradients));
            for (Entry<BackwardPre> entry : backwardPre) {
                List<@Nullable Tensor> by = current.size() > 1 ? entry.hook.beforeAll(module, current)
                        : single(entry.hook.before(module, Objects.requireNonNull(current.getFirst())));
                current = replaced(current, by, "registerFullBackwardPreHook", "gradients");
            }
            gradOutputs = current;
            if (!tracksInputs) {
                leave(new Tensor[0]);
            }
            return current.toArray(Tensor[]::new);
        }

        @Nullable Tensor[] leave(@Nullable Tensor[] gradients) {
            List<@Nullable Tensor> current = Collections.unmodifiableList(Arrays.asList(gradients));
            for (Entry<Backward> entry : backward) {
                List<@Nullable Tensor> by = gradOutputs.size() > 1 ? entry.hook.afterAll(module, current, gradOutputs)
                        : entry.hook.after(module, current, Objects.requireNonNull(gradOutputs.getFirst()));
                current = replaced(current, by, "registerFullBackwardHook", "gradients");
            }
            return current.toArray(Tensor[]::new);
        }
    }

    /** Passes tensors on, and gradients through a function. */
    private record Gate(UnaryOperator<@Nullable Tensor[]> gradientRule) implements Function {
        @Override
        public Tensor[] forward(Context context, Tensor... inputs) {
            context.setMaterializeGrads(false);
            List<Tensor> constants = new ArrayList<>();
            for (int i = 0; i < inputs.length; i++) {
                if (!context.needsInputGrad(i)) {
                    constants.add(inputs[i]);
                }
            }
            context.markNonDifferentiable(constants.toArray(Tensor[]::new));
            return inputs;
        }

        @Override
        public @Nullable Tensor[] backward(Context context, @Nullable Tensor... gradients) {
            return gradientRule.apply(gradients);
        }
    }
}
