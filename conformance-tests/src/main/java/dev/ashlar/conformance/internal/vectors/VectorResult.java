// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.vectors;

import dev.ashlar.type.DType;
import org.jspecify.annotations.Nullable;

/**
 * What became of one recorded call.
 *
 * @param forward what is wrong with the results; null if nothing is
 * @param backward what is wrong with the gradients; null if nothing is
 * @param gradients whether gradients were compared
 * @param reason why the call was not made; null if it was
 */
public record VectorResult(
        String group, String id, String operation, DType type, @Nullable String forward, @Nullable String backward, boolean gradients,
        @Nullable String reason) {
    public boolean passed() {
        return reason == null && forward == null && backward == null;
    }

    public boolean failed() {
        return forward != null || backward != null;
    }
}
