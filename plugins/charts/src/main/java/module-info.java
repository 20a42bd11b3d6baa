// SPDX-License-Identifier: Apache-2.0
/** Pictures of a training: loss curve, fit and confusion matrix. */
module dev.ashlar.charts {
    requires dev.ashlar;
    requires java.desktop;
    requires xchart;

    exports dev.ashlar.charts;
}
