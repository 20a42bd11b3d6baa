// SPDX-License-Identifier: Apache-2.0
/** A training loop for those who want one, metrics, and event files for TensorBoard. */
module dev.ashlar.trainer {
    requires com.fasterxml.jackson.databind;
    requires com.google.protobuf;
    requires de.siegmar.fastcsv;
    requires me.tongfei.progressbar;
    requires static transitive org.jspecify;
    requires transitive dev.ashlar;

    exports dev.ashlar.trainer;
}
