// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.spi;

import dev.ashlar.type.DType;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a backend can do, as pure data. What is not claimed here is never sent: the core rewrites it or, for an arithmetic type,
 * refuses it with a message.
 *
 * @param storage types that can be loaded, stored and cast; all ten for a complete backend
 * @param arithmetic types that expressions and folds may compute in, out of float64, float32, int64, int32, bool; the core casts the
 *     other stored types to {@link DType#arithmetic()} for each operation and back, so float16 asks for float32 only
 * @param contract types that the operands of products may have; of float16 and bfloat16 the accumulator is float32, and where they are
 *     not claimed the core casts the operands to it first; integers below int32 are always cast
 * @param scalarOps at least all that are not optional
 * @param composites claimed composites as {@code name@version}
 * @param maxBindings inputs and outputs that one kernel, or one member of a group, may have, at least 8
 * @param maxInstructions instructions that one expression may have, at least 64
 * @param maxBufferBytes largest single allocation
 * @param memoryBytes what all allocations together may use
 * @param unifiedMemory whether host and device share memory, so that transfers cost nothing
 */
public record Capabilities(
        Set<DType> storage,
        Set<DType> arithmetic,
        Set<DType> contract,
        Set<ScalarOp> scalarOps,
        Set<String> composites,
        int maxBindings,
        int maxInstructions,
        long maxBufferBytes,
        long memoryBytes,
        boolean unifiedMemory) {
    public Capabilities {
        storage = Set.copyOf(storage);
        arithmetic = Set.copyOf(arithmetic);
        contract = Set.copyOf(contract);
        scalarOps = Set.copyOf(scalarOps);
        composites = Set.copyOf(composites);
    }

    /** Returns the types that the contract's arithmetic is defined for. */
    public static Set<DType> allArithmetic() {
        return EnumSet.of(DType.FLOAT64, DType.FLOAT32, DType.INT64, DType.INT32, DType.BOOL);
    }

    /** Returns every scalar operation but the optional ones. */
    public static Set<ScalarOp> mandatoryScalarOps() {
        Set<ScalarOp> ops = EnumSet.allOf(ScalarOp.class);
        ops.removeIf(ScalarOp::isOptional);
        return ops;
    }
}
