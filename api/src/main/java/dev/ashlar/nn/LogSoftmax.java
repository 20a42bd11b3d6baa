// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

/** Applies {@link dev.ashlar.Tensor#logSoftmax(int)}. */
public final class LogSoftmax extends StatelessLayer<LogSoftmax> {
    /** @param dim the dimension whose exponentials sum up to 1; negative values count from the end */
    public LogSoftmax(int dim) {
        super(x -> x.logSoftmax(dim), "dim=" + dim);
    }
}
