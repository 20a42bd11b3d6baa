// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.RemovableHandle;
import dev.ashlar.Tensor;
import dev.ashlar.autograd.Autograd;
import dev.ashlar.type.AshlarException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says in which module the first number appeared that is NaN or infinite. While it is open it looks at what every module of a model
 * returns, and at the gradients that leave it in backward; {@link #check()} then waits for the device once.
 *
 * <pre>{@code
 * try (NanGuard guard = NanGuard.watch(model)) {
 *     loss.forward(model.forward(x), y).backward();
 *     guard.check(); // [NanGuard] expected finite numbers from '2.norm' (LayerNorm), got NaN in its output; ...
 * }
 * }</pre>
 *
 * <p>It is dear while it is open, and a model that nobody watches pays nothing: run a step again under it when a loss was NaN. Modules
 * that keep no hooks, such as lambdas, are not seen; what they did shows in the module around them.
 */
public final class NanGuard implements AutoCloseable {
    private final List<RemovableHandle> handles = new ArrayList<>();
    private final List<Sight> sights = new ArrayList<>();

    /**
     * What was seen.
     *
     * @param path of the module in the model
     * @param type its class
     * @param what its output, or a gradient
     * @param finite whether all is finite; on the device until it is asked for
     * @param nan whether anything is NaN; likewise
     */
    private record Sight(String path, String type, String what, Tensor finite, Tensor nan) {}

    /**
     * The first place where numbers were not finite.
     *
     * @param path of the module in the model, {@code ""} for the model itself
     * @param type the module's class
     * @param what {@code output}, or {@code gradient of input 0}
     * @param nan whether it was NaN, and not infinite only
     */
    public record Finding(String path, String type, String what, boolean nan) {
        @Override
        public String toString() {
            return (nan ? "NaN" : "an infinity") + " in the " + what + " of " + (path.isEmpty() ? "the model" : "'" + path + "'") + " ("
                    + type
                    + ")";
        }
    }

    private NanGuard() {}

    /** Watches a model until the guard is closed. */
    public static NanGuard watch(Module model) {
        NanGuard guard = new NanGuard();
        model.namedModules().forEach((path, module) -> {
            if (module instanceof AbstractModule) {
                String type = module.getClass().getSimpleName();
                guard.handles.add(module.registerForwardHook((_, inputs, output) -> {
                    guard.see(path, type, "output", output);
                    return null;
                }));
                guard.handles.add(module.registerFullBackwardHook((_, gradients, gradOutput) -> {
                    for (int i = 0; i < gradients.size(); i++) {
                        guard.see(path, type, "gradient of input " + i, gradients.get(i));
                    }
                    return null;
                }));
            }
        });
        return guard;
    }

    private void see(String path, String type, String what, @Nullable Tensor tensor) {
        if (tensor != null && tensor.dtype().isFloatingPoint()) {
            try (var _ = Autograd.noGrad()) {
                Tensor value = tensor.detach();
                sights.add(new Sight(path, type, what, value.isFinite().all(), value.isNan().any()));
            }
        }
    }

    /** Returns where numbers first were not finite since the guard was made or last asked. Waits for the device. */
    public Optional<Finding> find() {
        List<Sight> seen = List.copyOf(sights);
        sights.clear();
        return seen.stream().filter(sight -> !sight.finite.itemBoolean()).findFirst()
                .map(sight -> new Finding(sight.path, sight.type, sight.what, sight.nan.itemBoolean()));
    }

    /**
     * Waits for the device and sees that all numbers were finite since the guard was made or last asked.
     *
     * @throws AshlarException if they were not; the message names the module
     */
    public void check() {
        find().ifPresent(finding -> {
            throw new AshlarException("[NanGuard] expected finite numbers from every module, got the first " + finding
                    + "; look at what goes in there, and at the learning rate");
        });
    }

    /** Returns the parameters of a model that hold numbers which are not finite, by path. Waits for the device. */
    public static List<String> broken(Module model) {
        return model.namedParameters().entrySet().stream()
                .filter(entry -> !entry.getValue().tensor().detach().isFinite().all().itemBoolean()).map(Map.Entry::getKey).toList();
    }

    /** Stops watching. */
    @Override
    public void close() {
        handles.forEach(RemovableHandle::remove);
        handles.clear();
    }
}
