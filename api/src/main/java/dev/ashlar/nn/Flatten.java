// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

/** Makes one dimension of several; the first one, of samples, stays by default. */
public final class Flatten extends StatelessLayer<Flatten> {
    /** Creates a layer that keeps the first dimension only. */
    public Flatten() {
        this(1, -1);
    }

    /** Creates a layer that flattens dimensions {@code from} to {@code to}, both included; negative values count from the end. */
    public Flatten(int from, int to) {
        super(x -> x.flatten(from, to), "start_dim=" + from + ", end_dim=" + to);
    }
}
