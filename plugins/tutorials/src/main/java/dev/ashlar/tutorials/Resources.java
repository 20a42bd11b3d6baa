// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.tutorials;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/** The data that the jar carries. */
final class Resources {
    private Resources() {}

    /** Returns a compressed text. */
    static String text(String name) throws IOException {
        try (InputStream packed = Objects.requireNonNull(Resources.class.getResourceAsStream(name), name);
                InputStream plain = new GZIPInputStream(packed)) {
            return new String(plain.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
