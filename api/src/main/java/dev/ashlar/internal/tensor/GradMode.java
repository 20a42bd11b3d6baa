// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import dev.ashlar.Scope;

/** Whether the calling thread records gradient rules. */
public final class GradMode {
    private static final ThreadLocal<boolean[]> ENABLED = ThreadLocal.withInitial(() -> new boolean[] {true});

    private GradMode() {}

    public static boolean isEnabled() {
        return ENABLED.get()[0];
    }

    /** Sets the mode until the scope is closed. */
    public static Scope set(boolean enabled) {
        boolean[] state = ENABLED.get();
        boolean before = state[0];
        state[0] = enabled;
        return () -> state[0] = before;
    }
}
