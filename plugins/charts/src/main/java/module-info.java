// SPDX-License-Identifier: Apache-2.0
/** Pictures of a training: loss curve, fit, confusion matrix, and what else is lines, dots and regions. */
module dev.ashlar.charts {
    requires dev.ashlar;
    requires java.desktop;
    requires static org.jspecify;
    requires xchart;

    exports dev.ashlar.charts;
}
