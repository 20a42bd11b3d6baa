// SPDX-License-Identifier: Apache-2.0
/** Tables from files, and their way into numbers that a network can learn from. */
module dev.ashlar.datasets {
    requires de.siegmar.fastcsv;
    requires dev.ashlar;
    requires static transitive org.jspecify;

    exports dev.ashlar.datasets;
}
