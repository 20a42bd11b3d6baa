// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.spi;

import dev.ashlar.type.DType;
import java.util.List;

/**
 * The numbers of one launch. The backend reads them during {@link Backend#submit} only and keeps no reference: the caller re-uses
 * and changes the arrays afterwards. Strides and offsets count elements of the binding's type, not bytes.
 *
 * @param sizes of the iteration axes; no output axis is 0 (nothing is submitted then), a reduced axis may be
 * @param strides for each input and output one stride per iteration axis
 * @param offsets for each input and output the element at coordinate 0, counted from the binding's own offset
 * @param params run-time scalars, see {@link #encode(DType, double)}
 * @param extent gather and scatter: size of the indexed dimension; else 0
 * @param site gather and scatter: what to write to the error word, not 0; else 0
 * @param members the launches of a group's members; else empty
 */
public record KernelArgs(
        long[] sizes, long[][] strides, long[] offsets, long[] params, long extent, long site, List<KernelArgs> members) {

    /** Returns the arguments of a kernel that is neither gather, scatter nor group. */
    public static KernelArgs of(long[] sizes, long[][] strides, long[] offsets, long[] params) {
        return new KernelArgs(sizes, strides, offsets, params, 0, 0, List.of());
    }

    /** Returns the bits that stand for a value of a type: the raw bits of the double for floating types, else the value truncated. */
    public static long encode(DType type, double value) {
        return type.isFloatingPoint() ? Double.doubleToRawLongBits(value) : type == DType.BOOL ? value != 0 ? 1 : 0 : (long) value;
    }

    /** Returns the bits that stand for a whole number in a type. */
    public static long encode(DType type, long value) {
        return type.isFloatingPoint() ? Double.doubleToRawLongBits(value) : type == DType.BOOL ? value != 0 ? 1 : 0 : value;
    }
}
