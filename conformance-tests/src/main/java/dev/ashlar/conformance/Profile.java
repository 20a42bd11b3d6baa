// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance;

import java.util.EnumSet;
import java.util.Set;

/** What a run of the suite covers. */
public enum Profile {
    /** The contract with float32, int32, int64 and bool, and the operations of tensors in these types. Mandatory for every backend. */
    CORE,
    /** Gradients, and small whole trainings to a known loss, in float32 (and gradients in float64 where it is claimed). */
    TRAINING,
    /** Storage and casts of all ten element types, and arithmetic in float64 where it is claimed. */
    DTYPES,
    /** Every recorded call, where {@link #CORE} takes a sample: minutes on a device whose driver builds kernels slowly. */
    VECTORS,
    /** Every recorded call in every layout. Takes long, and is run on demand only. */
    GRID;

    /** Returns what is run unless something else is asked for: all but {@link #VECTORS} and {@link #GRID}. */
    public static Set<Profile> standard() {
        return EnumSet.complementOf(EnumSet.of(VECTORS, GRID));
    }
}
