// SPDX-License-Identifier: Apache-2.0
/** The suite that says whether a backend may be trusted; see {@link dev.ashlar.conformance}. */
module dev.ashlar.conformance {
    requires com.fasterxml.jackson.databind;
    requires java.xml;
    requires static jmh.core;
    requires static org.jspecify;
    requires static transitive org.junit.jupiter.api;
    requires transitive dev.ashlar;

    exports dev.ashlar.conformance;
    exports dev.ashlar.conformance.bench;

    uses dev.ashlar.spi.BackendProvider;
}
