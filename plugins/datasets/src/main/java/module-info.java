// SPDX-License-Identifier: Apache-2.0
/** Data to learn from: tables and other files as data sets, made-up data, and what prepares them. */
module dev.ashlar.datasets {
    requires de.siegmar.fastcsv;
    requires transitive dev.ashlar;
    requires java.desktop;
    requires static transitive org.jspecify;

    exports dev.ashlar.datasets;
}
