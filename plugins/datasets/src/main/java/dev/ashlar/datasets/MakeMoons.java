// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.datasets;

/**
 * The upper half of a circle, class 0, and the lower half of another one that reaches into it, class 1.
 *
 * @see <a href="https://scikit-learn.org/stable/modules/generated/sklearn.datasets.make_moons.html">make_moons</a>
 */
public final class MakeMoons extends TwoCurves<MakeMoons> {
    MakeMoons() {
        super("makeMoons");
    }

    @Override
    void point(boolean outer, int i, int count, double[] target, int at) {
        // numpy's linspace ends exactly where it was told to.
        double angle = i > 0 && i == count - 1 ? Math.PI : i * (Math.PI / (count - 1));
        if (count == 1) {
            angle = 0;
        }
        target[at] = outer ? Math.cos(angle) : 1 - Math.cos(angle);
        target[at + 1] = outer ? Math.sin(angle) : 1 - Math.sin(angle) - 0.5;
    }
}
