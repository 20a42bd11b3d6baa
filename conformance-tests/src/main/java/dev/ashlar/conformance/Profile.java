// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance;

/** What a run of the suite covers. */
public enum Profile {
    /** The contract with float32, int32, int64 and bool. Mandatory for every backend. */
    CORE,
    /** Storage and casts of all ten element types, and arithmetic in float64 where it is claimed. */
    DTYPES
}
