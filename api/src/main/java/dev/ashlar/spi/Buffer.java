// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.spi;

/** Memory of one device. Only the core frees it; a backend never does on its own. */
public interface Buffer extends AutoCloseable {
    /** Returns the size in bytes, as it was asked for. */
    long size();

    /** Gives the memory back. Calling it twice does nothing; it works after the device is lost. */
    @Override
    void close();
}
