// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.optim;

import dev.ashlar.Tensor;
import java.util.function.DoubleFunction;

/**
 * A search along a direction for a length at which the loss has fallen enough and its slope is flat enough: first for an interval that
 * has one, then for the length in it, by cubic interpolation.
 *
 * @see <a href="https://doi.org/10.1007/978-0-387-40065-5">Nocedal, Wright: Numerical optimization, algorithms 3.5 and 3.6</a>
 */
final class StrongWolfe {
    private static final double FALL = 1e-4;
    private static final double FLATNESS = 0.9;
    private static final double SMALLEST = 1e-9;

    /** A length that was tried. */
    private record Trial(double at, LBFGS.Point point, double slope) {
        double loss() {
            return point.loss();
        }
    }

    private final DoubleFunction<LBFGS.Point> probe;
    private final Tensor direction;
    private final Trial start;
    private final Trial found;
    private int evaluations;

    /**
     * @param direction the direction
     * @param probe the loss and gradient at a length
     * @param first the length to try first
     * @param largest the largest element of the direction
     * @param most how many lengths are tried after the first
     */
    StrongWolfe(
            Tensor direction, DoubleFunction<LBFGS.Point> probe, double first, double largest, LBFGS.Point here, double slope,
            int most) {
        this.direction = direction;
        this.probe = probe;
        start = new Trial(0, here, slope);
        found = search(first, largest, most);
    }

    LBFGS.Point point() {
        return found.point;
    }

    double length() {
        return found.at;
    }

    int evaluations() {
        return evaluations;
    }

    private Trial look(double at) {
        evaluations++;
        LBFGS.Point point = probe.apply(at);
        return new Trial(at, point, point.gradient().dot(direction).item());
    }

    private boolean isHigh(Trial trial) {
        return trial.loss() > start.loss() + FALL * trial.at * start.slope;
    }

    private boolean isFlat(Trial trial) {
        return Math.abs(trial.slope) <= -FLATNESS * start.slope;
    }

    private Trial search(double first, double largest, int most) {
        Trial last = start;
        Trial now = look(first);
        int tries = 0;
        while (tries < most) {
            if (isHigh(now) || (tries > 1 && now.loss() >= last.loss())) {
                return narrow(last, now, largest, most, tries);
            }
            if (isFlat(now)) {
                return now;
            }
            if (now.slope >= 0) {
                return narrow(last, now, largest, most, tries);
            }
            double next = cubic(last, now, now.at + 0.01 * (now.at - last.at), now.at * 10);
            last = now;
            now = look(next);
            tries++;
        }
        return start.loss() <= now.loss() ? start : now;
    }

    private Trial narrow(Trial one, Trial other, double largest, int most, int already) {
        boolean sorted = one.loss() <= other.loss();
        Trial low = sorted ? one : other;
        Trial high = sorted ? other : one;
        boolean stuck = false;
        // Which end was first matters to the interpolation's rounding and to ties alone.
        boolean lowFirst = sorted;
        int tries = already;
        while (tries < most && Math.abs(high.at - low.at) * largest >= SMALLEST) {
            double left = Math.min(low.at, high.at);
            double right = Math.max(low.at, high.at);
            Trial begin = lowFirst ? low : high;
            Trial end = lowFirst ? high : low;
            double at = cubic(begin, end, left, right);
            double margin = 0.1 * (right - left);
            if (Math.min(right - at, at - left) < margin) {
                if (stuck || at >= right || at <= left) {
                    at = Math.abs(at - right) < Math.abs(at - left) ? right - margin : left + margin;
                    stuck = false;
                } else {
                    stuck = true;
                }
            } else {
                stuck = false;
            }
            Trial now = look(at);
            tries++;
            if (isHigh(now) || now.loss() >= low.loss()) {
                begin = lowFirst ? low : now;
                end = lowFirst ? now : low;
                lowFirst = begin.loss() <= end.loss();
                low = lowFirst ? begin : end;
                high = lowFirst ? end : begin;
            } else {
                if (isFlat(now)) {
                    return now;
                }
                if (now.slope * (high.at - low.at) >= 0) {
                    high = low;
                }
                low = now;
            }
        }
        return low;
    }

    /** Returns the lowest point of the cubic through both with their slopes, within limits. */
    private static double cubic(Trial one, Trial other, double min, double max) {
        double middle = one.slope + other.slope - 3 * (one.loss() - other.loss()) / (one.at - other.at);
        double square = middle * middle - one.slope * other.slope;
        if (!(square >= 0)) {
            return (min + max) / 2;
        }
        double root = Math.sqrt(square);
        double at = one.at <= other.at
                ? other.at - (other.at - one.at) * ((other.slope + root - middle) / (other.slope - one.slope + 2 * root))
                : one.at - (one.at - other.at) * ((one.slope + root - middle) / (one.slope - other.slope + 2 * root));
        return Math.min(Math.max(at, min), max);
    }
}
