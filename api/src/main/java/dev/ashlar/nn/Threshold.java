// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

/** Keeps elements above a threshold and replaces the others; see {@link dev.ashlar.Tensor#threshold(double, double)}. */
public final class Threshold extends StatelessLayer<Threshold> {
    /** @param value what takes the place of elements up to the threshold */
    public Threshold(double threshold, double value) {
        super(x -> x.threshold(threshold, value), "threshold=" + Repr.number(threshold) + ", value=" + Repr.number(value));
    }
}
