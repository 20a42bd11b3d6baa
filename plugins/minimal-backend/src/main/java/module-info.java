// SPDX-License-Identifier: Apache-2.0
/** The smallest complete backend: provider {@code minimal}. */
module dev.ashlar.minimal {
    requires dev.ashlar;
    requires static org.jspecify;

    provides dev.ashlar.spi.BackendProvider with
            dev.ashlar.minimal.MinimalProvider;
}
