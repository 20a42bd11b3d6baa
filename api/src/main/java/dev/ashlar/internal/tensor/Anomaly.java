// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import dev.ashlar.Scope;
import dev.ashlar.Tensor;
import dev.ashlar.type.AshlarException;
import org.jspecify.annotations.Nullable;

/** Looks for the first NaN. Each look computes what is pending and waits for it. */
final class Anomaly {
    private Anomaly() {}

    private static boolean hasNan(Tensor tensor) {
        if (!tensor.dtype().isFloatingPoint() || tensor.numel() == 0) {
            return false;
        }
        try (Scope _ = GradMode.anomaly(false); Scope _ = GradMode.set(false)) {
            // Kept, so that the next look does not compute all that came before once more.
            Tensor value = Primitives.detached(tensor).realize();
            return value.ne(value).any().itemBoolean();
        }
    }

    /** Throws if an operation made NaN of operands without NaN. */
    static void checkForward(String name, Tensor result, Tensor[] inputs) {
        if (!hasNan(result)) {
            return;
        }
        for (Tensor input : inputs) {
            if (hasNan(input)) {
                return;
            }
        }
        CallSite site = CallSite.here();
        throw new AshlarException("[detectAnomaly] expected numbers from " + name + inMethod(name, site) + ", got the first NaN there,"
                + " called at " + site + "; look at its operands: 0 / 0, the root or logarithm of a negative number, or inf - inf");
    }

    /** Throws if a rule made NaN. */
    static void checkBackward(History history, @Nullable Tensor[] gradients) {
        for (int i = 0; i < gradients.length; i++) {
            Tensor gradient = gradients[i];
            if (gradient != null && hasNan(gradient)) {
                CallSite site = history.site;
                throw new AshlarException("[detectAnomaly] expected numbers from the backward of " + history.name()
                        + (site == null ? "" : inMethod(history.name(), site)) + ", got the first NaN there, in the gradient of input " + i
                        + ", recorded " + (site == null ? "outside of detectAnomaly, so that its place is not known" : "at " + site)
                        + "; look for 0 * inf or 0 / 0 in its derivative there");
            }
        }
    }

    private static String inMethod(String name, CallSite site) {
        return site.method().equals(name) ? "" : " in " + site.method();
    }
}
