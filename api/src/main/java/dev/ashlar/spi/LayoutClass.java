// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.spi;

/**
 * What the core promises about the strides of one binding, over all iteration axes. A backend may use the promise or ignore it.
 */
public enum LayoutClass {
    /**
     * Row-major without gaps over the axes that the binding varies along: those of the output for an output, all for an input. Not
     * promised for the operands of a product, the source of a gather and the target of a scatter.
     */
    CONTIGUOUS,
    /** Every stride is 0: one element for all. */
    BROADCAST,
    /** The stride of the last axis is 1. */
    INNER_ONE,
    /** Anything: zero, negative and overlapping strides included. */
    GENERAL
}
