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
    private final List<ForwardPre> forwardPre = new CopyOnWriteArrayList<>();
    private final List<Forward> forward = new CopyOnWriteArrayList<>();
    private final List<BackwardPre> backwardPre = new CopyOnWriteArrayList<>();
    private final List<Backward> backward = new CopyOnWriteArrayList<>();

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
    }

    /** Called in backward, before the module's own part of it. */
    @FunctionalInterface
    public interface BackwardPre {
        /** Returns what takes the place of the output's gradient, or null to leave it. */
        @Nullable Tensor before(Module module, Tensor gradOutput);
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
    }

    private static <H> RemovableHandle added(List<H> hooks, H hook, UnaryOperator<H> own) {
        // An object of its own, so that one hook registered twice is removed once per handle.
        H entry = own.apply(hook);
        hooks.add(entry);
        return () -> hooks.removeIf(known -> known == entry);
    }

    RemovableHandle addForwardPre(ForwardPre hook) {
        return added(forwardPre, hook, given -> (module, inputs) -> given.before(module, inputs));
    }

    RemovableHandle addForward(Forward hook) {
        return added(forward, hook, given -> (module, inputs, output) -> given.after(module, inputs, output));
    }

    RemovableHandle addBackwardPre(BackwardPre hook) {
        return added(backwardPre, hook, given -> (module, gradient) -> given.before(module, gradient));
    }

    RemovableHandle addBackward(Backward hook) {
        return added(backward, hook, given -> (module, inputs, gradient) -> given.after(module, inputs, gradient));
    }

    // ---- running ----------------------------------------------------------------------------------------------------------------

    Tensor run(Module module, java.util.function.Function<List<Tensor>, Tensor> compute, List<Tensor> given) {
        List<Tensor> inputs = given;
        for (ForwardPre hook : forwardPre) {
            List<Tensor> replaced = hook.before(module, inputs);
            if (replaced != null) {
                if (replaced.size() != inputs.size()) {
                    throw new InvalidArgumentException("[registerForwardPreHook] expected the hook to return " + inputs.size()
                            + " inputs, got " + replaced.size() + "; return null to leave them");
                }
                inputs = replaced;
            }
        }
        boolean watched = Autograd.isGradEnabled() && !(backward.isEmpty() && backwardPre.isEmpty());
        Passage passage = watched ? new Passage(module, inputs.stream().anyMatch(Tensor::requiresGrad)) : null;
        if (passage != null && passage.tracksInputs) {
            inputs = List.of(new Gate(passage::leave).applyAll(inputs.toArray(Tensor[]::new)));
        }
        Tensor output = compute.apply(inputs);
        for (Forward hook : forward) {
            Tensor replaced = hook.after(module, inputs, output);
            output = replaced == null ? output : replaced;
        }
        return passage != null && output.requiresGrad() ? new Gate(passage::enter).apply(output) : output;
    }

    /** One call of a module whose backward is watched: gradients come in at its output and leave at its inputs. */
    private final class Passage {
        private final Module module;
        private final boolean tracksInputs;
        private @Nullable Tensor gradOutput;

        Passage(Module module, boolean tracksInputs) {
            this.module = module;
            this.tracksInputs = tracksInputs;
        }

        @Nullable Tensor[] enter(@Nullable Tensor[] gradients) {
            Tensor gradient = Objects.requireNonNull(gradients[0]);
            for (BackwardPre hook : backwardPre) {
                Tensor replaced = hook.before(module, gradient);
                gradient = replaced == null ? gradient : replaced;
            }
            gradOutput = gradient;
            if (!tracksInputs) {
                leave(new Tensor[0]);
            }
            return new Tensor[] {gradient};
        }

        @Nullable Tensor[] leave(@Nullable Tensor[] gradients) {
            List<@Nullable Tensor> current = Collections.unmodifiableList(Arrays.asList(gradients));
            for (Backward hook : backward) {
                List<@Nullable Tensor> replaced = hook.after(module, current, Objects.requireNonNull(gradOutput));
                if (replaced != null) {
                    if (replaced.size() != current.size()) {
                        throw new InvalidArgumentException("[registerFullBackwardHook] expected the hook to return " + current.size()
                                + " gradients, got " + replaced.size() + "; return null to leave them");
                    }
                    current = replaced;
                }
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
