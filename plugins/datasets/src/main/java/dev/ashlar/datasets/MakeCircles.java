// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.datasets;

import dev.ashlar.type.InvalidArgumentException;

/**
 * A circle of radius 1, class 0, around a smaller one, class 1.
 *
 * @see <a href="https://scikit-learn.org/stable/modules/generated/sklearn.datasets.make_circles.html">make_circles</a>
 */
public final class MakeCircles extends TwoCurves<MakeCircles> {
    private double factor = 0.8;

    MakeCircles() {
        super("makeCircles");
    }

    /** Sets the radius of the inner circle, from 0 to below 1; 0.8 from the start. Returns this. */
    public MakeCircles factor(double radius) {
        if (!(radius >= 0 && radius < 1)) {
            throw new InvalidArgumentException("[makeCircles factor] expected a number from 0 to below 1, got " + radius);
        }
        factor = radius;
        return this;
    }

    @Override
    void point(boolean outer, int i, int count, double[] target, int at) {
        double angle = i * (2 * Math.PI / count);
        target[at] = Math.cos(angle) * (outer ? 1 : factor);
        target[at + 1] = Math.sin(angle) * (outer ? 1 : factor);
    }
}
