// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.fuzz;

import dev.ashlar.type.DType;
import java.util.List;
import java.util.stream.Stream;

/** What random programs are made of. */
final class Pools {
    private Pools() {}

    static List<FuzzOp> all() {
        return Stream.of(ElementwisePool.all(), StructurePool.all(), FoldPool.all()).flatMap(List::stream).toList();
    }

    /** Returns the types of values, in the order in which attributes number them. */
    static List<DType> types() {
        return List.of(DType.FLOAT32, DType.FLOAT64, DType.INT64, DType.INT32, DType.BOOL, DType.FLOAT16, DType.BFLOAT16, DType.INT16,
                DType.INT8, DType.UINT8);
    }
}
