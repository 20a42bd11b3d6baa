// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

/** Statistics of many elements: medians, quantiles, norms, covariances. */
public sealed interface StatisticsOps permits Tensor {
    private Tensor self() {
        return (Tensor) this;
    }
}
