// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.java.vector;

import dev.ashlar.type.DType;

/** The sorts of scratch registers. */
enum Kind {
    FLOAT,
    DOUBLE,
    LONG,
    /** int32, narrower integers as their value, float16 and bfloat16 as their sign-extended bits, bool as 0 or 1. */
    INT;

    static Kind of(DType type) {
        return switch (type) {
            case FLOAT32 -> FLOAT;
            case FLOAT64 -> DOUBLE;
            case INT64 -> LONG;
            case INT32, INT16, INT8, UINT8, BOOL, FLOAT16, BFLOAT16 -> INT;
        };
    }
}
