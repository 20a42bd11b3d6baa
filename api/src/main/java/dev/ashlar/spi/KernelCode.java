// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.spi;

import java.util.List;

/**
 * What is compiled, and the key under which the result is cached: everything but numbers.
 *
 * @param kernel what to compute; for a {@link Kernel.Group} rank and layouts are those of the members one after the other
 * @param rank number of iteration axes; 0 for a single point; for a group the largest rank of a member
 * @param layouts one promise per input and output, in binding order
 */
public record KernelCode(Kernel kernel, int rank, List<LayoutClass> layouts) {
    public KernelCode {
        layouts = List.copyOf(layouts);
    }
}
