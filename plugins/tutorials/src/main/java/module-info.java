// SPDX-License-Identifier: Apache-2.0
/** Well-known introductions to training networks, as Java programs. */
module dev.ashlar.tutorials {
    requires transitive dev.ashlar;
    requires transitive dev.ashlar.charts;
    requires dev.ashlar.datasets;
    requires java.desktop;
    requires static transitive org.jspecify;

    exports dev.ashlar.tutorials;
}
