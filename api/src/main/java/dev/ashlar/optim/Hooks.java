// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.optim;

import dev.ashlar.RemovableHandle;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Consumer;

/** Functions that are called around a step; one may take itself back while it runs. */
final class Hooks {
    private Hooks() {}

    static Set<Consumer<? super Optimizer>> none() {
        return new CopyOnWriteArraySet<>();
    }

    static RemovableHandle add(Set<Consumer<? super Optimizer>> hooks, Consumer<? super Optimizer> hook) {
        // The same function may be registered twice, so each registration is an object of its own.
        Consumer<Optimizer> registered = new Consumer<>() {
            @Override
            public void accept(Optimizer optimizer) {
                hook.accept(optimizer);
            }
        };
        hooks.add(registered);
        return () -> hooks.remove(registered);
    }
}
