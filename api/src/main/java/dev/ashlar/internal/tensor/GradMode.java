// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import dev.ashlar.Scope;
import org.jspecify.annotations.Nullable;

/** What the calling thread does beside computing: record gradient rules or not, watch for NaN, replace values that are to be saved. */
public final class GradMode {
    private static final ThreadLocal<GradMode> STATE = ThreadLocal.withInitial(GradMode::new);

    private boolean enabled = true;
    private boolean inference;
    private boolean anomaly;
    private boolean walking;
    private @Nullable Saving saving;

    private GradMode() {}

    /** Returns whether operations record gradient rules: switched on, and not in inference mode. */
    public static boolean isEnabled() {
        GradMode state = STATE.get();
        return state.enabled && !state.inference;
    }

    /** Returns whether tensors made now can never take part in recorded operations. */
    public static boolean isInference() {
        return STATE.get().inference;
    }

    static boolean isAnomaly() {
        return STATE.get().anomaly;
    }

    /** Returns whether results of operations are looked at; in backward only what a whole rule returns is. */
    static boolean checksResults() {
        GradMode state = STATE.get();
        return state.anomaly && !state.walking;
    }

    static @Nullable Saving saving() {
        return STATE.get().saving;
    }

    /** Sets the mode until the scope is closed. */
    public static Scope set(boolean enabled) {
        GradMode state = STATE.get();
        boolean before = state.enabled;
        state.enabled = enabled;
        return () -> state.enabled = before;
    }

    /** Sets inference mode until the scope is closed. */
    public static Scope inference(boolean on) {
        GradMode state = STATE.get();
        boolean before = state.inference;
        state.inference = on;
        return () -> state.inference = before;
    }

    /** Watches for NaN until the scope is closed. */
    public static Scope anomaly(boolean on) {
        GradMode state = STATE.get();
        boolean before = state.anomaly;
        state.anomaly = on;
        return () -> state.anomaly = before;
    }

    /** Says that gradient rules run until the scope is closed. */
    static Scope walking() {
        GradMode state = STATE.get();
        boolean before = state.walking;
        state.walking = true;
        return () -> state.walking = before;
    }

    /** Says what becomes of values that rules want saved until the scope is closed; null for keeping them. */
    static Scope saving(@Nullable Saving policy) {
        GradMode state = STATE.get();
        Saving before = state.saving;
        state.saving = policy;
        return () -> state.saving = before;
    }
}
