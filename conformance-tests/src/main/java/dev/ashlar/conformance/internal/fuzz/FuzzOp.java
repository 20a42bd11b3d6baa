// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.fuzz;

import dev.ashlar.Tensor;
import dev.ashlar.conformance.internal.ops.Values;
import dev.ashlar.type.DType;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * An operation that random programs are made of.
 *
 * @param chooser picks operands and attributes, or null if nothing fits
 * @param call makes the call
 * @param reference the same in double, on operands that are exact in it
 * @param units by how many half units in the last place a floating-point result may be off, of the larger of result and scale
 */
record FuzzOp(String name, Chooser chooser, Call call, Reference reference, double units) {
    /** What is known of an earlier value. */
    record Known(int number, int[] shape, DType type) {
        int rank() {
            return shape.length;
        }

        int count() {
            return Values.count(shape);
        }
    }

    /** What to apply an operation to. */
    record Choice(int[] inputs, long... attributes) {}

    /** What is right. */
    record Right(Values value, @Nullable Values scale) {
        static Right exactly(Values value) {
            return new Right(value, null);
        }
    }

    /** Picks operands. */
    @FunctionalInterface
    interface Chooser {
        @Nullable Choice choose(List<Known> known, Random random);
    }

    /** Makes a call. */
    @FunctionalInterface
    interface Call {
        Tensor on(Tensor[] inputs, long[] attributes);
    }

    /** Says what is right; null where it cannot be said. */
    @FunctionalInterface
    interface Reference {
        @Nullable Right of(Values[] inputs, DType[] types, DType result, long[] attributes);
    }
}
