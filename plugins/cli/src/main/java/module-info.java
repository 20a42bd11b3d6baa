// SPDX-License-Identifier: Apache-2.0
/** The command line: train, predict, tutorial, devices, conformance, bench. */
module dev.ashlar.cli {
    requires com.fasterxml.jackson.databind;
    requires dev.ashlar;
    requires dev.ashlar.charts;
    requires dev.ashlar.conformance;
    requires dev.ashlar.datasets;
    requires dev.ashlar.tutorials;
    requires info.picocli;
    requires java.logging;
    requires me.tongfei.progressbar;
    requires static org.jspecify;

    exports dev.ashlar.cli;

    opens dev.ashlar.cli to
            info.picocli;
}
