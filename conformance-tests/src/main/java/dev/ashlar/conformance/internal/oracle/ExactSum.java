// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.oracle;

/** A sum in two doubles: what an addition rounds off is kept and added at the end. */
final class ExactSum {
    private double high;
    private double low;

    void add(double x) {
        double sum = high + x;
        double shadow = sum - high;
        low += (high - (sum - shadow)) + (x - shadow);
        high = sum;
    }

    double value() {
        return high + low;
    }
}
