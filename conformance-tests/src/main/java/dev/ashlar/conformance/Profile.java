// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance;

/** What a run of the suite covers. */
public enum Profile {
    /** The contract with float32, int32, int64 and bool, and the operations of tensors in these types. Mandatory for every backend. */
    CORE,
    /** Gradients, and small whole trainings to a known loss, in float32 (and gradients in float64 where it is claimed). */
    TRAINING,
    /** Storage and casts of all ten element types, and arithmetic in float64 where it is claimed. */
    DTYPES
}
