// SPDX-License-Identifier: Apache-2.0
/** The backend "java": computes on the host's cores, without native code of its own. */
module dev.ashlar.runtime.java {
    requires transitive dev.ashlar;
    requires jdk.management;
    // Present only where the JVM was started with it; everything that names its classes is behind dev.ashlar.runtime.java.vector.Lanes.
    requires static jdk.incubator.vector;
    requires static org.jspecify;

    exports dev.ashlar.runtime.java;

    provides dev.ashlar.spi.BackendProvider with
            dev.ashlar.runtime.java.JavaBackendProvider;
}
